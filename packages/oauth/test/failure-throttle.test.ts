import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFailureThrottle } from '../src/client-auth/failure-throttle.ts'
import { OAuthError } from '../src/index.ts'
import { SettableClock, settle } from './world.ts'

/**
 * A clock as a process has one: what it shows are whole milliseconds, and a timer counts from the begin of the turn in which it
 * was started. `now` begins at `phase`, a fraction of a millisecond; work within the turn takes `spend` milliseconds.
 */
class ClockOfTurns {
  #turnAt = 1_000_000
  time: number

  constructor(phase: number) {
    this.time = this.#turnAt + phase
  }

  spend(ms: number): void {
    this.time += ms
  }

  now(): number {
    return Math.floor(this.time)
  }

  async sleep(ms: number): Promise<void> {
    this.#turnAt += ms
    this.time = this.#turnAt
  }
}

const refusal = new OAuthError('invalid_client', 'wrong client secret')

async function answeredAt(phase: number, workMs: number): Promise<number> {
  const clock = new ClockOfTurns(phase)
  const throttle = createFailureThrottle(clock)
  const arrival = throttle.arrive()
  clock.spend(workMs)
  assert.equal(await throttle.fail({ id: 'orders', address: '192.0.2.1' }, arrival, refusal), refusal)
  return clock.time
}

for (const workMs of [0.01, 0.14, 0.5, 0.9])
  test(`work of ${workMs} ms before a refusal does not move the answer, wherever in a millisecond it began`, async () => {
    for (let phase = 0; phase < 1; phase += 0.05)
      assert.equal(await answeredAt(phase, workMs), await answeredAt(phase, 0), `begun at ${phase.toFixed(2)} ms`)
  })

test('refusals of the same millisecond leave as their requests came, whichever was worked out first', async () => {
  const clock = new SettableClock()
  const throttle = createFailureThrottle(clock)
  const arrivals = Array.from({ length: 5 }, () => throttle.arrive())
  const left: number[] = []
  for (const index of [3, 0, 4, 2, 1]) {
    const arrival = arrivals[index] ?? throttle.arrive()
    void throttle.fail({ id: 'orders', address: `192.0.2.${index}` }, arrival, refusal).then(() => left.push(index))
  }
  await settle()
  clock.advance(200)
  await settle()
  assert.deepEqual(left, [0, 1, 2, 3, 4])
})

for (const [one, other, isSame] of [
  ['192.0.2.1', '192.0.2.2', false],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
  ['2001:db8:1:2::1', '2001:db8:1:2:a:b:c:d', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['2001:db8::1', '2001:db8:0:0:1::', true],
  ['2001:db8::1', '2001:db8:0:1::1', false],
  ['2001:db8:1::', '2001:db8:1::5:6:7:8', true],
  ['::1', '::2', true],
  ['fe80::1%eth0', 'fe80::2%eth0', true],
] as const)
  test(`failures from ${one} ${isSame ? 'slow' : 'do not slow'} those from ${other}`, async () => {
    const clock = new SettableClock()
    const throttle = createFailureThrottle(clock)
    for (const address of [one, other]) void throttle.fail({ id: 'orders', address }, throttle.arrive(), refusal)
    await settle()
    assert.deepEqual(clock.delays, isSame ? [200, 400] : [200, 200])
  })
