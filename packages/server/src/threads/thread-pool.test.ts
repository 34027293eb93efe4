import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Failure } from '@sluice/iflow'
import { resultOf } from './serve-thread.ts'
import { ThreadPool } from './thread-pool.ts'

const entry = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { serveThread } from ${JSON.stringify(import.meta.resolve('./serve-thread.ts'))}
    import { Failure } from ${JSON.stringify(import.meta.resolve('@sluice/iflow'))}
    import { threadId } from 'node:worker_threads'
    serveThread(request => {
      if (request === 'thread') return threadId
      if (request === 'environment') return Object.keys(process.env)
      if (request === 'fail') throw new Failure('Expected less.', { code: 'conversion', stepId: 'Step' })
      if (request === 'bug') throw new TypeError('not a function')
      if (request === 'exit') process.exit(3)
      if (request === 'loop') for (;;) {}
      const kept = []
      for (;;) kept.push(new Array(10_000).fill(request))
    })`)}`,
)

function pool(options: { readonly size?: number; readonly timeoutMs?: number } = {}) {
  return new ThreadPool<string, unknown>({ entry, size: 1, timeoutMs: 60_000, memoryMb: 48, ...options })
}

test('a thread is kept for the next request and sees nothing of the environment', async t => {
  const threads = pool()
  t.after(() => threads.close())
  const first = resultOf(await threads.request('thread'))
  assert.equal(resultOf(await threads.request('thread')), first)
  assert.deepEqual(resultOf(await threads.request('environment')), [])
})

test('a failure and a bug come back as what they are, and the thread goes on', async t => {
  const threads = pool()
  t.after(() => threads.close())
  const first = resultOf(await threads.request('thread'))
  const failed = await threads.request('fail')
  assert.throws(() => resultOf(failed), {
    name: 'Failure',
    code: 'conversion',
    stepId: 'Step',
  } satisfies Partial<Failure>)
  const broken = await threads.request('bug')
  assert.throws(() => resultOf(broken), /TypeError: not a function/)
  assert.equal(resultOf(await threads.request('thread')), first)
})

for (const [request, reason, timeoutMs] of [
  ['exit', 'exit', 60_000],
  ['loop', 'time', 500],
  ['allocate', 'memory', 60_000],
] as const) {
  test(`a thread that is lost (${reason}) is replaced, and what waited is done`, async t => {
    const threads = pool({ timeoutMs })
    t.after(() => threads.close())
    const lost = threads.request(request)
    const waited = threads.request('thread')
    await assert.rejects(lost, { name: 'ThreadLost', reason })
    assert.equal(typeof resultOf(await waited), 'number')
  })
}

test('requests under way are rejected when the pool is closed', async () => {
  const threads = pool()
  const rejected = assert.rejects(threads.request('loop'), { reason: 'exit' })
  await threads.close()
  await rejected
})
