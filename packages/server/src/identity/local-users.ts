import {
  BoundedMap,
  type CallerKey,
  type Clock,
  createFailureThrottle,
  type Digests,
  OAuthError,
  type Random,
} from '@sluice/oauth'
import type { AuditLog } from '../audit/audit-log.ts'
import type { PasswordVerdict } from '../http/authentication.ts'
import type { Changes, ExternalUsers, LockRule, Roles, User, Users } from '../store/store.ts'
import { passwordLength } from './password-rules.ts'
import { administratorRole, type RolesCatalogue } from './roles-catalogue.ts'
import type { PasswordHasher } from './secret-hasher.ts'

export interface LocalUsersOptions {
  readonly users: Users
  readonly changes: Changes
  readonly hasher: PasswordHasher
  readonly digests: Digests
  readonly clock: Clock
  readonly lockRule: LockRule
  readonly audit: Pick<AuditLog, 'record'>
}

/** The local identity provider: users who sign in with a name and a password. */
export interface LocalUsers {
  /**
   * Checks a password. The first right one leaves a keyed digest in memory, which makes repeats cheap. Failures are slowed
   * per user and address exactly as those of client secrets are, and take as long for unknown users as for wrong passwords.
   * Wrong passwords in a row lock the user for a while, whatever is tried then. User names are compared without regard to case.
   * A right password whose hash is outdated is hashed anew.
   */
  verify(name: string, password: string, address: string): Promise<PasswordVerdict>
  /** Stops listening for changes. */
  close(): void
}

/** `known`: the user that refused it, where there is one. */
type Outcome =
  | { readonly user: string; readonly passwordHash: string }
  | { readonly mustChange: string; readonly passwordHash: string }
  | { readonly reason: string; readonly known?: string }

interface Remembered {
  readonly user: string
  readonly passwordHash: string
  readonly digest: Uint8Array
  /** Whether a wrong password was counted since the last right one. */
  hasFailed: boolean
}

/** Longer than a password check takes, so that unknown users and wrong passwords take the same time, in milliseconds. */
const failureDelayMs = 500

export function createLocalUsers(options: LocalUsersOptions): LocalUsers {
  const { users, changes, hasher, digests, clock, lockRule, audit } = options
  const throttle = createFailureThrottle(clock, failureDelayMs)
  const known = new BoundedMap<string, Remembered>(10_000)
  let generation = 0
  const close = changes.on('users', name => {
    generation += 1
    if (name === '') known.clear()
    else known.delete(name)
  })

  /** Whether the user may sign in, by the password or whatever is wrong with it. */
  async function check(name: string, password: string, attempt: CallerKey): Promise<Outcome> {
    const key = name.toLowerCase()
    const digest = digests.keyed(password)
    const remembered = known.get(key)
    if (remembered) {
      const isRight = digests.equal(remembered.digest, digest)
      if (isRight && remembered.hasFailed) await users.forgetFailures(name)
      remembered.hasFailed = !isRight
      return isRight
        ? { user: remembered.user, passwordHash: remembered.passwordHash }
        : wrong(remembered.user, attempt)
    }
    const before = generation
    const user = await users.find(name)
    const stored = user && (await users.findPasswordHash(name))
    if (!user || stored === undefined) return { reason: 'no such user' }
    if (!user.enabled) return { reason: 'the user is disabled', known: user.name }
    if (isLocked(user)) return { reason: 'the user is locked', known: user.name }
    if (!(await throttle.check(attempt, () => hasher.verify(password, stored)))) return wrong(user.name, attempt)
    const passwordHash = hasher.isOutdated(stored)
      ? await renew(name, password, stored)
      : await same(name, stored, before)
    // Meanwhile wrong ones may have locked the user, or an administrator disabled it or set another password.
    const current = before === generation ? user : await users.find(name)
    if (passwordHash === undefined || !current?.enabled || isLocked(current)) {
      return { reason: 'the user was changed meanwhile', known: user.name }
    }
    await users.forgetFailures(name)
    if (current.mustChangePassword) return { mustChange: user.name, passwordHash }
    if (before === generation) known.set(key, { user: user.name, passwordHash, digest, hasFailed: false })
    return { user: user.name, passwordHash }
  }

  /** The hash of a right password, unless there is another since `before`. */
  async function same(name: string, stored: string, before: number): Promise<string | undefined> {
    return before === generation || (await users.findPasswordHash(name)) === stored ? stored : undefined
  }

  /** Hashes a right password anew; resolves with its hash, undefined when it is right no more. */
  async function renew(name: string, password: string, stored: string): Promise<string | undefined> {
    const fresh = await hasher.hash(password)
    if (await users.renewPasswordHash(name, stored, fresh)) return fresh
    // Another sign-in may have done it.
    const current = await users.findPasswordHash(name)
    return current !== undefined && (await hasher.verify(password, current)) ? current : undefined
  }

  async function wrong(known: string, { address }: CallerKey): Promise<Outcome> {
    const locks = lockRule.failuresMax > 0 && (await users.countFailure(known, clock.now(), lockRule))
    if (!locks) return { reason: 'wrong password', known }
    audit.record({ object: 'user', action: 'lock', id: known, address })
    return { reason: 'wrong password, which locks the user', known }
  }

  /** A name that is no user's may be a password in the wrong field. */
  const tellFailure = (user: string | undefined, address: string, reason: string) =>
    audit.record({ object: 'user-session', action: 'sign-in', user, address, method: 'password', reason })

  const isLocked = (user: User) => (user.lockedUntil ?? 0) > clock.now()

  return {
    close,
    async verify(name, password, address) {
      const attempt = { id: name.toLowerCase(), address }
      const arrival = throttle.arrive()
      let known: string | undefined
      try {
        const outcome =
          password.length > passwordLength.max ? { reason: 'over-long password' } : await check(name, password, attempt)
        if ('user' in outcome) return { accepted: true, ...outcome }
        if ('mustChange' in outcome) {
          const reason = 'the password must be changed first'
          tellFailure(outcome.mustChange, address, reason)
          return { accepted: false, reason, ...outcome }
        }
        known = outcome.known
        throw await throttle.fail(attempt, arrival, new OAuthError('invalid_client', outcome.reason))
      } catch (error) {
        if (!(error instanceof OAuthError)) throw error
        tellFailure(known, address, error.reason)
        return refusal(error)
      }
    },
  }
}

function refusal(error: OAuthError): PasswordVerdict {
  const retryAfter = error.headers['Retry-After']
  return {
    accepted: false,
    reason: error.reason,
    ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }),
  }
}

export interface FirstAdministratorOptions {
  readonly users: Users
  readonly externalUsers: Pick<ExternalUsers, 'find'>
  readonly roles: Roles
  readonly catalogue: RolesCatalogue
  readonly hasher: Pick<PasswordHasher, 'hash'>
  readonly random: Random
  readonly audit: Pick<AuditLog, 'change'>
  readonly now: number
  readonly name: string
  /** Empty: generate one. */
  readonly password: string
}

/** What a start found or did. */
export type FirstAdministrator =
  | { readonly created: true; readonly name: string; readonly generatedPassword: string | undefined }
  | { readonly created: false; readonly name: string; readonly passwordIgnored: boolean }

/**
 * Makes sure that somebody can administer the server. Where there are no users yet, creates the administrator with the
 * given password or a generated one of 24 characters, to be shown once. Later starts leave existing users and their
 * passwords as they are: a password for an existing user is ignored (`passwordIgnored`), while a name that does not exist
 * together with a password creates another administrator, which is the way back in when a password is lost. Throws when it is the
 * name of an identity provider's user, who must not become one.
 */
export async function ensureAdministrator(options: FirstAdministratorOptions): Promise<FirstAdministrator> {
  const { users, name, password } = options
  const isFirst = (await users.count()) === 0
  const isWanted = isFirst || (password !== '' && (await users.find(name)) === undefined)
  if (!isWanted) return { created: false, name, passwordIgnored: password !== '' }
  if (await options.externalUsers.find(name)) {
    throw new Error(`Expected a name for the administrator that no identity provider vouches for, found "${name}"`)
  }
  // The user last: a start that dies in between is simply repeated by the next one.
  await assignAdministratorRoles(options)
  const chosen = password === '' ? Buffer.from(options.random.bytes(18)).toString('base64url') : password
  const hash = await options.hasher.hash(chosen)
  const created = { object: 'user', action: 'create', id: name, method: 'start' } as const
  await options.audit.change(created, () => users.create({ name, createdAt: options.now }, hash))
  return { created: true, name, generatedPassword: password === '' ? chosen : undefined }
}

async function assignAdministratorRoles({ roles, catalogue, name }: FirstAdministratorOptions): Promise<void> {
  await roles.assignUsers({ application: catalogue.cockpit, role: administratorRole }, [name])
  for (const role of [
    'Administrator',
    'IntegrationDeveloper',
    'BusinessExpert',
    'TenantPartnerDirectoryConfigurator',
  ]) {
    await roles.assignUsers({ application: catalogue.api, role: `AuthGroup.${role}` }, [name])
  }
}
