import { OAuthError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { BoundedMap } from '../text/bounded-map.ts'
import { type CallerKey, callerName, callersMax, waitingLimits } from './caller-key.ts'

/** Slows down failed attempts per client ID and address. Right secrets never pass through here, but the `RequestThrottle`. */
export interface FailureThrottle {
  /** Runs a slow secret check. Throws `too_many_failures` when too many of this key are running. */
  check<Verdict>(key: CallerKey, run: () => Promise<Verdict>): Promise<Verdict>
  /** Notes when an attempt begins, before anything is looked up for it. */
  arrive(): Arrival
  /**
   * Waits until its arrival plus a delay that doubles with each failure of the key, then returns what to throw: `refusal`,
   * or `too_many_failures` when many failures of the key are waiting already. Failures that are due at the same time leave in
   * the order of their arrival, so that neither the time nor the order of answers tells what was looked up meanwhile.
   */
  fail(key: CallerKey, arrival: Arrival, refusal: OAuthError): Promise<OAuthError>
}

/** The begin of an attempt. */
export interface Arrival {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Later attempts have larger ones. */
  readonly place: number
}

/** All in milliseconds or in number of waiting failures. See `waitingLimits`, too. */
export const failureLimits = Object.freeze({
  /** Longer than a check of a client secret takes, so that an unknown client and a wrong secret take the same time. */
  delayMin: 200,
  delayMax: 5000,
  forgetAfter: 600_000,
  /**
   * Slow secret checks of one key that run or wait; needed only until a client's right secret was seen once. Far more than
   * real clients have open at a time, because a right secret among them must not be refused.
   */
  checkingMax: 256,
  /** Of them, how many run: the others wait for one another, and no other caller waits for them. */
  checkingAtOnce: 2,
  /** Of one key: beyond it the answer is 429, after the shortest delay. */
  waitingSlowed: 16,
})

interface Row {
  failures: number
  lastFailureAt: number
  waiting: number
  checking: number
  /** Those of `checking` that do not run yet. */
  readonly turns: (() => void)[]
}

interface Departure {
  /** In the order of arrivals. */
  readonly place: number
  readonly depart: () => void
}

/**
 * Creates a throttle that counts in memory, for at most 10,000 keys. `delayMin`: of the first failure, in milliseconds; longer
 * than a slow check takes.
 */
export function createFailureThrottle(clock: Clock, delayMin: number = failureLimits.delayMin): FailureThrottle {
  const rows = new BoundedMap<string, Row>(callersMax)
  /** By the millisecond at which they leave. */
  const departures = new Map<number, Departure[]>()
  let waitingTotal = 0
  let arrivals = 0

  async function wait(row: Row, place: number, until: number): Promise<void> {
    row.waiting += 1
    waitingTotal += 1
    await new Promise<void>(depart => {
      const together = departures.get(until)
      if (together) together.push({ place, depart })
      else departures.set(until, [{ place, depart }])
      void departAt(until)
    })
    row.waiting -= 1
    waitingTotal -= 1
  }

  async function departAt(until: number): Promise<void> {
    await clock.sleep(Math.max(0, until - clock.now()))
    // A timer counts from the begin of the turn that started it: the longer the work before that, the earlier it would end.
    if (clock.now() < until) await clock.sleep(1)
    const together = departures.get(until) ?? []
    departures.delete(until)
    together.sort((one, other) => one.place - other.place)
    for (const { depart } of together) depart()
  }

  return {
    arrive: () => ({ at: clock.now(), place: arrivals++ }),
    async check(key, run) {
      const row = rowOf(rows, key)
      if (row.checking >= failureLimits.checkingMax) throw tooMany(key, failureLimits.delayMax)
      const running = row.checking - row.turns.length
      row.checking += 1
      try {
        if (running >= failureLimits.checkingAtOnce) await new Promise<void>(turn => row.turns.push(turn))
        return await run()
      } finally {
        row.checking -= 1
        row.turns.shift()?.()
      }
    },
    async fail(key, { at, place }, refusal) {
      const row = rowOf(rows, key)
      countFailure(row, clock.now())
      const delay = Math.min(delayMin * 2 ** Math.max(0, row.failures - 1), failureLimits.delayMax)
      if (row.waiting >= waitingLimits.caller || waitingTotal >= waitingLimits.total) return tooMany(key, delay)
      const isFlood = row.waiting >= failureLimits.waitingSlowed
      await wait(row, place, at + (isFlood ? delayMin : delay))
      return isFlood ? tooMany(key, delay) : refusal
    },
  }
}

function rowOf(rows: BoundedMap<string, Row>, key: CallerKey): Row {
  const name = callerName(key)
  const known = rows.get(name)
  if (known) return known
  const row = { failures: 0, lastFailureAt: 0, waiting: 0, checking: 0, turns: [] }
  rows.set(name, row)
  return row
}

function countFailure(row: Row, now: number): void {
  if (now - row.lastFailureAt > failureLimits.forgetAfter) row.failures = 0
  row.failures += 1
  row.lastFailureAt = now
}

function tooMany({ id, address }: CallerKey, delayMs: number): OAuthError {
  return new OAuthError('too_many_failures', `too many failures of this client from ${address}`, {
    clientId: id,
    headers: { 'Retry-After': String(Math.ceil(delayMs / 1000)) },
  })
}
