import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import module from 'node:module'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Failure } from '@sluice/iflow'
import { ProcessPool, type ProcessPoolOptions } from './process-pool.ts'

const entry = new URL('./testing/strange-process.ts', import.meta.url)

function pool(options: Partial<ProcessPoolOptions> = {}) {
  return new ProcessPool<unknown, unknown>({ entry, size: 1, timeoutMs: 60_000, memoryMb: 48, ...options })
}

test('a process is kept for the next request and sees nothing of the environment but where compiled code is', async t => {
  const processes = pool()
  t.after(() => processes.close())
  const first = await processes.request('process')
  assert.notEqual(first, process.pid)
  assert.equal(await processes.request('process'), first)
  const cache = module.getCompileCacheDir() === undefined ? [] : ['NODE_COMPILE_CACHE']
  assert.deepEqual(await processes.request('environment'), cache)
})

test('a failure and bugs come back as what they are, and the process goes on', async t => {
  const processes = pool()
  t.after(() => processes.close())
  const first = await processes.request('process')
  await assert.rejects(processes.request('fail'), {
    name: 'Failure',
    code: 'conversion',
    stepId: 'Step',
  } satisfies Partial<Failure>)
  await assert.rejects(processes.request('bug'), /TypeError: not a function/)
  await assert.rejects(processes.request('closure'), /could not be cloned/)
  await assert.rejects(
    processes.request(() => {}),
    /could not be cloned/,
  )
  assert.equal(await processes.request('process'), first)
})

test('values of every size and kind cross whole', async t => {
  const processes = pool({ memoryMb: 512 })
  t.after(() => processes.close())
  const value = {
    text: 'é€𝄞'.repeat(1_000_000),
    bytes: new Uint8Array(3_000_000).fill(7),
    map: new Map<unknown, unknown>([['a', new Set([1, null])]]),
    nothing: undefined,
  }
  const small = Array.from({ length: 20 }, (_, index) => ({ index }))
  const crossed = await Promise.all([value, ...small].map(async each => await processes.request(each)))
  assert.deepEqual(crossed, [value, ...small])
})

for (const [request, reason] of [
  ['exit', 'exit'],
  ['loop', 'time'],
  ['many objects', 'memory'],
  ['one object', 'memory'],
] as const) {
  test(`a process that is lost (${request}) is replaced, and what waited is done`, async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const processes = pool()
    t.after(() => processes.close())
    // One that is ready gets what is asked at once, so that its time runs.
    const first = await processes.request('process')
    const lost = processes.request(request)
    const waited = processes.request('process')
    if (reason === 'time') t.mock.timers.tick(60_000)
    await assert.rejects(lost, { name: 'ProcessLost', reason })
    const second = await waited
    assert.equal(typeof second, 'number')
    assert.notEqual(second, first)
  })
}

test('a process that replies too late, while the server is busy, gets nothing more to do', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const processes = pool()
  t.after(() => processes.close())
  const first = await processes.request('process')
  const late = processes.request('process')
  const waited = processes.request('process')
  // Nothing else happens here until the reply lies there, and then the time is up first.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  t.mock.timers.tick(60_000)
  await late.catch(() => {})
  assert.notEqual(await waited, first)
})

test('a process that cannot begin loses a request rather than beginning for ever', async t => {
  const processes = pool({ entry: new URL('./testing/broken-process.ts', import.meta.url) })
  t.after(() => processes.close())
  await assert.rejects(processes.request('process'), { reason: 'exit' })
})

test('requests under way and waiting are rejected when the pool is closed', async () => {
  const processes = pool()
  await processes.request('process')
  const rejected = ['loop', 'process'].map(request => assert.rejects(processes.request(request), { reason: 'exit' }))
  await processes.close()
  await Promise.all(rejected)
  await assert.rejects(processes.request('process'), { reason: 'exit' })
})

test('a process that has nothing to do for a while is ended, and the next request gets another', async t => {
  const processes = pool({ idleMs: 10 })
  t.after(() => processes.close())
  const first = Number(await processes.request('process'))
  await untilEnded(first)
  assert.notEqual(await processes.request('process'), first)
})

test('a process ends with the server even while it is busy', async () => {
  const owner = fork(fileURLToPath(new URL('./testing/pool-owner.ts', import.meta.url)))
  const [member] = await once(owner, 'message')
  owner.kill('SIGKILL')
  await untilEnded(member)
})

async function untilEnded(pid: number): Promise<void> {
  while (isRunning(pid)) await turn()
}

function isRunning(pid: number): boolean {
  try {
    // A process that nobody waits for stays in the table.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}
