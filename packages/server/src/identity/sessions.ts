import type { Digests, Random } from '@sluice/oauth'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditMethod, SessionRows } from '../store/store.ts'

/** A user's stay, from sign-in to sign-out. */
export interface Session {
  readonly user: string
  /** What `UserAuthorization.session` is for codes that the user gets by it. */
  readonly key: Uint8Array
  /** The identity provider where the user signed in, in lower case; undefined for local users. */
  readonly provider: string | undefined
  /** When it ends unless it is used before, in milliseconds since 1970. */
  readonly expiresAt: number
}

/** A sign-in that succeeded. */
export interface SignIn {
  readonly user: string
  /** The identity provider that vouches for the user; none for local users. */
  readonly provider?: string
  /** Of a password: its hash as it was when the password was checked. */
  readonly passwordHash?: string | undefined
  /** Where the user's browser is. */
  readonly address: string
  readonly method: AuditMethod
}

export interface SessionsOptions {
  readonly rows: SessionRows
  readonly digests: Pick<Digests, 'sha256'>
  readonly random: Random
  readonly clock: { now(): number }
  readonly audit: Pick<AuditLog, 'write'>
  /** A session that is not used for so long ends. */
  readonly idleMs: number
}

/** However much it is used, a session ends. */
const lifeMsMax = 12 * 3_600_000
/** Writing down each use would cost each request a write. */
const useEveryMs = 60_000
const idBytes = 16

/** Sessions of users who signed in. Their IDs are secrets: only digests are stored. */
export class Sessions {
  readonly #options: SessionsOptions

  constructor(options: SessionsOptions) {
    this.#options = options
  }

  /**
   * Begins a session; resolves with its ID, 32 upper-case hexadecimal digits. There is none by this ID when the user was
   * disabled or got another password meanwhile.
   */
  async begin({ user, provider, passwordHash, address, method }: SignIn): Promise<string> {
    const { rows, random, clock, audit } = this.#options
    const id = Buffer.from(random.bytes(idBytes)).toString('hex').toUpperCase()
    const now = clock.now()
    const row = { user, provider: provider?.toLowerCase(), createdAt: now, usedAt: now }
    const isStored = await rows.create(this.#keyOf(id), row, passwordHash)
    const reason = isStored ? undefined : 'the user was changed meanwhile'
    await audit.write({ object: 'user-session', action: 'sign-in', user, address, method, reason })
    return id
  }

  /** The session that goes on with this request; undefined when there is none, or it is over. */
  async find(id: string): Promise<Session | undefined> {
    const { rows, clock, idleMs } = this.#options
    const key = this.#keyOf(id)
    const found = await rows.find(key)
    if (!found) return undefined
    const now = clock.now()
    const lastEnd = found.createdAt + lifeMsMax
    if (now >= Math.min(found.usedAt + idleMs, lastEnd)) {
      await rows.delete(key)
      return undefined
    }
    if (now - found.usedAt >= useEveryMs) await rows.use(key, now)
    return { user: found.user, key, provider: found.provider, expiresAt: Math.min(now + idleMs, lastEnd) }
  }

  /** The user signs out at `address`. False when there was none. */
  async end(id: string, address: string): Promise<boolean> {
    const { rows, audit } = this.#options
    const key = this.#keyOf(id)
    const found = await rows.find(key)
    const hasEnded = await rows.delete(key)
    if (hasEnded) await audit.write({ object: 'user-session', action: 'sign-out', user: found?.user, address })
    return hasEnded
  }

  #keyOf(id: string): Uint8Array {
    return this.#options.digests.sha256(id)
  }
}
