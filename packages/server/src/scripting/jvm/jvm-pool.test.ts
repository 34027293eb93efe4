import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { JvmPool, type JvmRequest } from './jvm-pool.ts'

const worker = fileURLToPath(new URL('./testing/stand-in-worker.ts', import.meta.url))

async function openPool(t: TestContext, { size = 1, sizeMax = 1 } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-pool-'))
  const barrier = join(directory, 'barrier')
  let commands = 0
  const isAskedAgain = Promise.withResolvers<void>()
  const pool = new JvmPool({
    async command() {
      commands += 1
      if (commands === 2) isAskedAgain.resolve()
      return { java: process.execPath, arguments: [worker, barrier], directory }
    },
    size,
    sizeMax,
    print: () => {},
  })
  t.after(async () => {
    await pool.close()
    await rm(directory, { recursive: true })
  })
  const ask = async (kind: string, more: Partial<JvmRequest> = {}) =>
    (await pool.request({ kind, argument: null, upcalls: {}, timeoutMs: 60_000, ...more })).value
  return {
    ask,
    /** Makes a process busy; resolves with how to let it go on. */
    async hold(more: Partial<JvmRequest> = {}) {
      const released = Promise.withResolvers<void>()
      const isHeld = Promise.withResolvers<void>()
      const release = () => {
        isHeld.resolve()
        return released.promise
      }
      const answer = ask('hold', { upcalls: { release }, ...more })
      await isHeld.promise
      return { answer, release: released.resolve }
    },
    /** From now on processes end before they are ready. */
    block: () => writeFile(barrier, ''),
    /** Resolves when the pool has given up a process that did not start, and tries another. */
    triesAgain: isAskedAgain.promise,
  }
}

test('a process is kept for the next request', async t => {
  const { ask } = await openPool(t)
  assert.equal(await ask('process'), await ask('process'))
})

test('a request that finds all processes stuck gets another one', async t => {
  const { ask, hold } = await openPool(t, { sizeMax: 2 })
  const held = await hold()
  const other = await ask('process')
  held.release()
  assert.notEqual(await held.answer, other)
})

test('there are no more processes than allowed: a request waits', async t => {
  const { ask, hold } = await openPool(t)
  const held = await hold()
  const waited = ask('process')
  held.release()
  assert.equal(await waited, await held.answer)
})

test('a further process that cannot be started fails nothing: requests wait for those that live', async t => {
  const { ask, hold, block, triesAgain } = await openPool(t, { sizeMax: 2 })
  const held = await hold()
  await block()
  const waited = ask('process')
  await Promise.race([waited, triesAgain])
  held.release()
  assert.equal(await waited, await held.answer)
})

test('when no process can be started, requests fail and say why', async t => {
  const { ask, block } = await openPool(t)
  await block()
  const refused = { name: 'JvmLost', message: /ended with code 7/ }
  await Promise.all([assert.rejects(ask('process'), refused), assert.rejects(ask('process'), refused)])
})

test('a process that is lost fails the request that it worked on and no other', async t => {
  const { ask } = await openPool(t)
  const lost = ask('exit')
  const waited = ask('process')
  await assert.rejects(lost, { name: 'JvmLost', reason: 'exit' })
  assert.equal(typeof (await waited), 'number')
})
