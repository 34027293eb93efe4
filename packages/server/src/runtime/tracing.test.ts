import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Exchange, Failure, type TraceEvent } from '@sluice/iflow'
import { openMemoryStore } from '../store/open.ts'
import type { RecordedRun, Store } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import { Tracing } from './tracing.ts'

const event = (phase: TraceEvent['phase'], more: Partial<TraceEvent> = {}): TraceEvent => ({
  phase,
  step: 1,
  elementId: 'Step_1',
  elementName: 'Step',
  processId: 'Main',
  callDepth: 0,
  branch: '',
  at: 1,
  exchange: undefined,
  failure: undefined,
  ...more,
})

async function withStore(body: (store: Store) => Promise<void>): Promise<void> {
  const store = await openMemoryStore()
  try {
    await body(store)
  } finally {
    await store.close()
  }
}

test('at TRACE messages are kept before and after each step until they expire, and bodies are cut', () =>
  withStore(async ({ traces }) => {
    const clock = new TestClock(1000)
    const trace = new Tracing({ traces, clock, retentionMs: 500 }).start('TRACE')
    const long = new Uint8Array(2 * 1024 * 1024)
    const file = { length: long.length, read: (start: number, end: number) => long.subarray(start, end) }
    trace?.observe(event('start', { exchange: new Exchange({ body: 'grün', headers: [['content-type', 'a/b']] }) }))
    trace?.observe(event('end', { exchange: new Exchange({ body: file, properties: [['p', 7]] }), at: 4 }))
    trace?.finish('guid', 'guid')
    const [step, ...others] = await traces.steps('guid').list({})
    assert.deepEqual([step?.elementId, step?.startedAt, step?.stoppedAt, step?.error], ['Step_1', 1, 4, undefined])
    assert.equal(others.length, 0)
    const [before, after] = await traces.messages('guid', 1, 1499).list({})
    assert.ok(before && after && before.id < after.id)
    assert.deepEqual([before.mimeType, before.payloadSize, after.payloadSize], ['a/b', 5, long.length])
    const first = await traces.content(before.id, 1499)
    assert.deepEqual([String(Buffer.from(first?.body ?? [])), first?.headers], ['grün', { 'content-type': 'a/b' }])
    const second = await traces.content(after.id, 1499)
    assert.deepEqual([second?.body.length, second?.properties], [1024 * 1024, { p: '7' }])
    assert.deepEqual(
      [await traces.content(before.id, 1500), await traces.findMessage(after.id, 1500)],
      [undefined, undefined],
    )
    assert.equal((await traces.steps('guid').list({})).length, 1)
    assert.equal(await traces.deleteBeyond(10_000_000, 10), 0)
    assert.equal(await traces.deleteBeyond(1000, 10), 2)
  }))

test('at DEBUG steps are kept without messages, at other levels nothing', () =>
  withStore(async ({ traces }) => {
    const tracing = new Tracing({ traces, clock: new TestClock(1000), retentionMs: 500 })
    for (const level of ['NONE', 'ERROR', 'INFO'] as const) assert.equal(tracing.start(level), undefined)
    const trace = tracing.start('DEBUG')
    assert.equal(trace?.snapshots, false)
    const failure = new Failure('Expected bread, found none.', { code: 'step' })
    trace?.observe(event('start', { step: 1 }))
    trace?.observe(event('start', { step: 2, branch: '0' }))
    trace?.observe(event('end', { step: 2, failure }))
    trace?.observe(event('end', { step: 1, failure }))
    trace?.finish('guid', 'guid')
    const steps = await traces.steps('guid').list({})
    assert.deepEqual(
      steps.map(({ step, branch, error }) => [step, branch, error]),
      [
        [1, '', failure.message],
        [2, '0', failure.message],
      ],
    )
    assert.equal(await traces.messages('guid', 1, 1000).count({}), 0)
  }))

test('a run keeps a bounded number of steps and bytes', () => {
  const recorded: RecordedRun[] = []
  const tracing = new Tracing({
    traces: { record: run => recorded.push(run) },
    clock: new TestClock(1000),
    retentionMs: 1,
  })
  const debug = tracing.start('DEBUG')
  for (let step = 1; step <= 2_010; step++)
    for (const phase of ['start', 'end'] as const) debug?.observe(event(phase, { step }))
  debug?.finish('many', 'guid')
  const exchange = new Exchange({ body: new Uint8Array(1024 * 1024) })
  const trace = tracing.start('TRACE')
  for (let step = 1; step <= 20; step++) {
    for (const phase of ['start', 'end'] as const) trace?.observe(event(phase, { step, exchange }))
  }
  trace?.finish('large', 'guid')
  const [many, large] = recorded
  assert.equal(many?.steps.length, 2_000)
  assert.equal(large?.steps.length, 20)
  const kept = large?.steps.flatMap(({ messages }) => messages).length ?? 0
  assert.ok(kept >= 16 && kept <= 17, String(kept))
})

test('steps go with the age of their logs, and when there are too many', () =>
  withStore(async ({ traces }) => {
    const ended = (runId: string, stoppedAt: number, count: number): RecordedRun => ({
      runId,
      messageGuid: runId,
      expiresAt: 0,
      steps: Array.from({ length: count }, (_, index) => ({
        step: index + 1,
        elementId: 'e',
        elementName: '',
        processId: 'p',
        callDepth: 0,
        branch: '',
        startedAt: stoppedAt,
        stoppedAt,
        error: undefined,
        messages: [],
      })),
    })
    for (const [guid, stoppedAt] of [
      ['old', 10],
      ['new', 100],
      ['newest', 200],
    ] as const) {
      traces.record(ended(guid, stoppedAt, 5))
      await traces.flush()
    }
    assert.equal(await traces.deleteSteps(5, 100, 50), 0)
    assert.equal(await traces.deleteSteps(50, 100, 3), 3)
    assert.equal(await traces.deleteSteps(50, 100, 50), 2)
    assert.equal(await traces.deleteSteps(50, 5, 50), 5)
    const counts = await Promise.all(['old', 'new', 'newest'].map(guid => traces.steps(guid).count({})))
    assert.deepEqual(counts, [0, 0, 5])
  }))
