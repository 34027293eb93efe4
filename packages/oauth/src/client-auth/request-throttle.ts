import { OAuthError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { BoundedMap } from '../text/bounded-map.ts'
import { type CallerKey, callerName, callersMax, waitingLimits } from './caller-key.ts'
import { Pace } from './pace.ts'

/**
 * Holds clients to a rate, each for itself and each address for itself: beyond it their requests are delayed, then refused. Only
 * requests of clients that have proved who they are come here, so that nobody can use up what belongs to another; whoever
 * fails to prove it meets the `FailureThrottle`.
 */
export interface RequestThrottle {
  /** Undefined for whoever keeps to the rate, a promise for whoever has to wait. Throws `too_many_requests`. */
  admit(key: CallerKey, cost?: number): Promise<void> | undefined
}

const delayMsMax = 5_000

interface Row {
  readonly pace: Pace
  waiting: number
}

/** Creates a throttle that counts in memory, for at most 10,000 callers; one that is forgotten starts anew. */
export function createRequestThrottle(clock: Clock, perMinute: number): RequestThrottle {
  const rows = new BoundedMap<string, Row>(callersMax)
  const limits = { perMinute, delayMsMax }
  let waitingTotal = 0

  async function wait(row: Row, ms: number): Promise<void> {
    row.waiting += 1
    waitingTotal += 1
    try {
      await clock.sleep(ms)
    } finally {
      row.waiting -= 1
      waitingTotal -= 1
    }
  }

  return {
    admit(key, cost) {
      const name = callerName(key)
      let row = rows.get(name)
      if (!row) {
        row = { pace: new Pace(), waiting: 0 }
        rows.set(name, row)
      }
      const isFull = row.waiting >= waitingLimits.caller || waitingTotal >= waitingLimits.total
      const waitMs = row.pace.take(clock.now(), isFull ? { perMinute, delayMsMax: 0 } : limits, cost)
      if (waitMs === 0) return undefined
      if (isFull || waitMs > delayMsMax) throw tooMany(key, waitMs)
      return wait(row, waitMs)
    },
  }
}

function tooMany({ id, address }: CallerKey, waitMs: number): OAuthError {
  return new OAuthError('too_many_requests', `too many requests of this client from ${address}`, {
    clientId: id,
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1000)) },
  })
}
