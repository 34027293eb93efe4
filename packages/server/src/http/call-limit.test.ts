import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TestClock } from '../testing/test-clock.ts'
import { callLimit } from './call-limit.ts'
import { Problem } from './problem.ts'

test('lets a burst of a minute pass, then delays, then refuses with the time to wait', async () => {
  const clock = new TestClock(1_000_000)
  const waits: number[] = []
  // Callers that come at the same moment: their sleeping does not move the clock of the others.
  const limit = callLimit(60, { now: () => clock.now(), sleep: async ms => void waits.push(ms) })
  for (let call = 0; call < 60; call++) await limit()
  assert.deepEqual(waits, [])
  for (let call = 0; call < 5; call++) await limit()
  assert.deepEqual(waits, [1000, 2000, 3000, 4000, 5000])
  await assert.rejects(limit, (error: Problem) => {
    assert.ok(error instanceof Problem)
    assert.deepEqual([error.status, error.code, error.headers['retry-after']], [429, 'rate-limit', '6'])
    return true
  })
  clock.advance(6_000)
  await limit()
  assert.deepEqual(waits.slice(5), [])
})

test('a steady rate below the limit is never delayed', async () => {
  const clock = new TestClock()
  const waits: number[] = []
  const limit = callLimit(100, { now: () => clock.now(), sleep: async ms => void waits.push(ms) })
  for (let call = 0; call < 500; call++) {
    await limit()
    clock.advance(600)
  }
  assert.deepEqual(waits, [])
})
