import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Failure } from '@sluice/iflow'
import { ProcessPool, type ProcessPoolOptions } from './process-pool.ts'

const entry = new URL('./testing/strange-process.ts', import.meta.url)

function pool(options: Partial<ProcessPoolOptions> = {}) {
  return new ProcessPool<unknown, unknown>({ entry, size: 1, timeoutMs: 60_000, memoryMb: 48, ...options })
}

test('a process is kept for the next request and sees nothing of the environment', async t => {
  const processes = pool()
  t.after(() => processes.close())
  const first = await processes.request('process')
  assert.notEqual(first, process.pid)
  assert.equal(await processes.request('process'), first)
  assert.deepEqual(await processes.request('environment'), [])
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

for (const [request, reason, timeoutMs] of [
  ['exit', 'exit', 60_000],
  ['loop', 'time', 1_000],
  ['many objects', 'memory', 60_000],
  ['one object', 'memory', 60_000],
] as const) {
  test(`a process that is lost (${request}) is replaced, and what waited is done`, async t => {
    const processes = pool({ timeoutMs })
    t.after(() => processes.close())
    const lost = processes.request(request)
    const waited = processes.request('process')
    await assert.rejects(lost, { name: 'ProcessLost', reason })
    assert.equal(typeof (await waited), 'number')
  })
}

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
