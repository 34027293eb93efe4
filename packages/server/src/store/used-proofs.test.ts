import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inDirectory, stoppedTimers, storeTest } from './each-database.test.ts'
import { openStore } from './open.ts'

const key = (seed: number) => new Uint8Array(32).fill(seed)

storeTest('of many that use a proof at the same time, one is the first', async ({ usedProofs }) => {
  const uses = await Promise.all(Array.from({ length: 50 }, () => usedProofs.use(key(1), 1000)))
  assert.equal(uses.filter(isFirst => isFirst).length, 1)
  assert.equal(await usedProofs.use(key(2), 1000), true)
})

storeTest('used proofs are forgotten when they have expired, at most so many at a time', async ({ usedProofs }) => {
  for (const [seed, expiresAt] of [
    [1, 1000],
    [2, 1000],
    [3, 1000],
    [4, 1001],
  ] as const) {
    await usedProofs.use(key(seed), expiresAt)
  }
  assert.equal(await usedProofs.deleteExpired(999, 10), 0)
  assert.equal(await usedProofs.deleteExpired(1000, 2), 2)
  assert.equal(await usedProofs.deleteExpired(1000, 2), 1)
  assert.equal(await usedProofs.use(key(1), 1000), true)
  assert.equal(await usedProofs.use(key(4), 1000), false)
})

test('a proof that was used before a restart is known after it', () =>
  inDirectory(async dataDirectory => {
    for (const isFirst of [true, false]) {
      const store = await openStore({ dataDirectory, timers: stoppedTimers })
      assert.equal(await store.usedProofs.use(key(1), 1000), isFirst)
      await store.close()
    }
  }))
