import type { Clock } from '@sluice/oauth'
import { Problem } from '../../http/problem.ts'

/** The longest a caller is made to wait before it is refused instead. */
const delayMaxMs = 5_000

/**
 * Limits calls to `perMinute` a minute, with bursts up to that number: beyond it a call is delayed, and once the delay would
 * exceed five seconds it is refused with 429 and `Retry-After` (the documented behaviour of the original, 100 per minute and
 * subaccount). The generic cell rate algorithm: one number of state.
 */
export function rateLimit(perMinute: number, clock: Clock): () => Promise<void> {
  const intervalMs = 60_000 / perMinute
  let nextFreeAt = 0
  return async () => {
    const now = clock.now()
    const start = Math.max(now, nextFreeAt)
    const waitMs = start + intervalMs - 60_000 - now
    if (waitMs > delayMaxMs) {
      const seconds = Math.ceil(waitMs / 1000)
      throw new Problem(429, 'rate-limit', `Expected at most ${perMinute} calls a minute; try again in ${seconds} s`, {
        headers: { 'retry-after': String(seconds) },
      })
    }
    nextFreeAt = start + intervalMs
    if (waitMs > 0) await clock.sleep(waitMs)
  }
}
