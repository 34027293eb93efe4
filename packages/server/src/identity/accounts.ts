import type { ExternalUser, Store, TransactionStore, User } from '../store/store.ts'
import type { Administrators } from './administrators.ts'
import type { PasswordHasher } from './secret-hasher.ts'

export interface AccountsOptions {
  readonly store: Pick<Store, 'transaction'>
  readonly hasher: Pick<PasswordHasher, 'hash'>
  readonly administrators: Pick<Administrators, 'keepOne'>
}

/** What went with a user. */
export interface Departure {
  readonly roles: number
  readonly groups: number
  readonly sessions: number
  readonly tokens: number
}

/** Changes of users that concern more than the user's own row; each takes effect whole or not at all. */
export class Accounts {
  readonly #options: AccountsOptions

  constructor(options: AccountsOptions) {
    this.#options = options
  }

  /**
   * Sets a password, ends all sessions of the user and revokes what the user allowed clients (RFC 9700 §4.14.2): whoever knew
   * the old one may have allowed it. `replaced`: the hash of the password that was shown for it; another set meanwhile stays.
   * False when it does, or there is no such user.
   */
  async setPassword(user: User, password: string, mustChange: boolean, replaced?: string): Promise<boolean> {
    const { store, hasher } = this.#options
    const hash = await hasher.hash(password)
    return store.transaction(async tx => {
      if (replaced !== undefined && (await tx.users.findPasswordHash(user.name)) !== replaced) return false
      // The user first: nobody is let in by the old password who is not seen by what comes after it.
      if (!(await tx.users.setPassword(user.name, hash, mustChange))) return false
      await endSignIns(tx, user.name)
      return true
    })
  }

  /**
   * Replaces what can be edited. Disabling ends sessions and revokes tokens. False when there is no such user. Throws
   * `LastAdministratorError`.
   */
  update(user: User, edited: Pick<User, 'email' | 'displayName' | 'enabled'>): Promise<boolean> {
    return this.#options.administrators.keepOne(async tx => {
      if (!(await tx.users.update(user.name, edited))) return false
      if (!edited.enabled) await endSignIns(tx, user.name)
      return true
    })
  }

  /**
   * Deletes a user with its role assignments, memberships, sessions and tokens: whoever gets the name next must not inherit
   * them. Undefined when there is no such user. Throws `LastAdministratorError`.
   */
  delete(user: User): Promise<Departure | undefined> {
    return this.#options.administrators.keepOne(async tx => {
      return (await tx.users.delete(user.name)) ? endAll(tx, user.name) : undefined
    })
  }

  /**
   * Forgets a user of an identity provider, as deleting a local one does: another account may have the name then. Undefined
   * when there is no such user.
   */
  forget({ name }: Pick<ExternalUser, 'name'>): Promise<Departure | undefined> {
    return this.#options.store.transaction(async tx => {
      return (await tx.externalUsers.delete(name)) ? endAll(tx, name) : undefined
    })
  }
}

async function endAll(tx: TransactionStore, name: string): Promise<Departure> {
  const roles = await tx.roles.ofUser(name)
  for (const reference of roles) await tx.roles.unassignUsers(reference, [name])
  const groups = await tx.groups.ofUser(name)
  for (const group of groups) await tx.groups.removeUsers(group, [name])
  return { roles: roles.length, groups: groups.length, ...(await endSignIns(tx, name)) }
}

async function endSignIns(tx: TransactionStore, name: string): Promise<Pick<Departure, 'sessions' | 'tokens'>> {
  return { sessions: await tx.sessions.deleteByUser(name), tokens: await tx.tokens.deleteByUser(name) }
}
