import type { SecretHasher } from '@sluice/oauth'
import type { Store, TransactionStore, User } from '../store/store.ts'
import { administratorRole, type RolesCatalogue } from './roles-catalogue.ts'

export interface AccountsOptions {
  readonly store: Pick<Store, 'users' | 'transaction'>
  readonly hasher: SecretHasher
  readonly catalogue: RolesCatalogue
}

/** What went with a user. */
export interface Departure {
  readonly roles: number
  readonly groups: number
  readonly sessions: number
  readonly tokens: number
}

/** Nobody could administer the server any more. */
export class LastAdministratorError extends Error {
  constructor(user: string) {
    super(`Expected another enabled user with role Administrator of application cockpit, found only "${user}".`)
    this.name = 'LastAdministratorError'
  }
}

/** Changes of local users that concern more than the user's own row; each takes effect whole or not at all. */
export class Accounts {
  readonly #options: AccountsOptions

  constructor(options: AccountsOptions) {
    this.#options = options
  }

  /** Sets a password and ends all sessions of the user. False when there is no such user. */
  async setPassword(user: User, password: string, mustChange: boolean): Promise<boolean> {
    const { store, hasher } = this.#options
    const hash = await hasher.hash(password)
    return store.transaction(async tx => {
      await tx.sessions.deleteByUser(user.name)
      return tx.users.setPassword(user.name, hash, mustChange)
    })
  }

  /**
   * Replaces what can be edited. Disabling ends sessions and revokes tokens. False when there is no such user. Throws
   * `LastAdministratorError`.
   */
  update(user: User, edited: Pick<User, 'email' | 'displayName' | 'enabled'>): Promise<boolean> {
    return this.#keepingAnAdministrator(user, async tx => {
      if (!edited.enabled) {
        await tx.sessions.deleteByUser(user.name)
        await tx.tokens.deleteByUser(user.name)
      }
      return tx.users.update(user.name, edited)
    })
  }

  /**
   * Deletes a user with its role assignments, memberships, sessions and tokens: whoever gets the name next must not inherit
   * them. Undefined when there is no such user. Throws `LastAdministratorError`.
   */
  delete(user: User): Promise<Departure | undefined> {
    return this.#keepingAnAdministrator(user, async tx => {
      const roles = await tx.roles.ofUser(user.name)
      for (const reference of roles) await tx.roles.unassignUsers(reference, [user.name])
      const groups = await tx.groups.ofUser(user.name)
      for (const group of groups) await tx.groups.removeUsers(group, [user.name])
      const sessions = await tx.sessions.deleteByUser(user.name)
      const tokens = await tx.tokens.deleteByUser(user.name)
      if (!(await tx.users.delete(user.name))) return undefined
      return { roles: roles.length, groups: groups.length, sessions, tokens }
    })
  }

  #keepingAnAdministrator<T>(user: User, work: (tx: TransactionStore) => Promise<T>): Promise<T> {
    const { store, catalogue } = this.#options
    const administrators = (tx: TransactionStore) =>
      tx.users.countEnabledWith({ application: catalogue.cockpit, role: administratorRole })
    return store.transaction(async tx => {
      const before = await administrators(tx)
      const result = await work(tx)
      if (before > 0 && (await administrators(tx)) === 0) throw new LastAdministratorError(user.name)
      return result
    })
  }
}
