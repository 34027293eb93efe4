import { type Clock, Pace } from '@sluice/oauth'
import type { FastifyRequest } from 'fastify'
import type { Access, PlatformScope, Principal } from './access.ts'
import { Problem } from './problem.ts'

/** The longest a caller is made to wait before it is refused instead. */
const delayMsMax = 5_000

/**
 * Limits calls to `perMinute` a minute, with bursts up to that number: beyond it a call is delayed, and once the delay would
 * exceed five seconds it is refused with 429 and `Retry-After` (the documented behaviour of the original, 100 per minute and
 * subaccount, which a server is one of).
 */
export function callLimit(perMinute: number, clock: Clock): () => Promise<void> {
  const pace = new Pace()
  return async () => {
    const waitMs = pace.take(clock.now(), { perMinute, delayMsMax })
    if (waitMs > delayMsMax) {
      const seconds = Math.ceil(waitMs / 1000)
      throw new Problem(429, 'rate-limit', `Expected at most ${perMinute} calls a minute; try again in ${seconds} s`, {
        headers: { 'retry-after': String(seconds) },
      })
    }
    if (waitMs > 0) await clock.sleep(waitMs)
  }
}

/** Whom an API lets in, and how often clients may call it. */
export interface LimitedAccessOptions {
  readonly access: Pick<Access, 'requirePlatformScope'>
  /** Calls with a platform token. */
  readonly callsPerMinute: number
  readonly clock: Clock
}

/**
 * Lets callers of one platform API pass as `Access.requirePlatformScope` does, and holds those with a platform token to the
 * documented rate of that API; administrators who sign in are not held to it.
 */
export function limitedAccess({
  access,
  callsPerMinute,
  clock,
}: LimitedAccessOptions): (request: FastifyRequest, scopes: readonly PlatformScope[]) => Promise<Principal> {
  const limit = callLimit(callsPerMinute, clock)
  return async ({ raw }, scopes) => {
    const principal = await access.requirePlatformScope(raw, ...scopes)
    if (principal.method === 'bearer') await limit()
    return principal
  }
}
