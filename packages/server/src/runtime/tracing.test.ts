import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Exchange, type TraceEvent } from '@sluice/iflow'
import { openMemoryStore } from '../store/open.ts'
import { TestClock } from '../testing/test-clock.ts'
import { Tracing } from './tracing.ts'

const event = (phase: TraceEvent['phase'], exchange: Exchange): TraceEvent => ({
  phase,
  step: 1,
  elementId: 'Step_1',
  elementName: 'Step',
  processId: 'Main',
  callDepth: 0,
  branch: '',
  at: 1,
  exchange,
  failure: undefined,
})

test('a traced run is kept before and after each step until it expires, and bodies are cut', async () => {
  const store = await openMemoryStore()
  const clock = new TestClock(1000)
  const tracing = new Tracing({ traces: store.traces, clock, retentionMs: 500 })
  tracing.setLevel('flow', 'TRACE')
  const trace = tracing.start('flow')
  trace?.observe(event('start', new Exchange({ body: 'before', headers: [['a', 1]] })))
  trace?.observe(event('end', new Exchange({ body: new Uint8Array(2 * 1024 * 1024) })))
  trace?.finish('guid')
  const [step] = await store.traces.ofRun('guid', clock.now())
  assert.deepEqual(
    [step?.elementId, Buffer.from(step?.before.body ?? []).toString(), step?.before.headers, step?.before.isCut],
    ['Step_1', 'before', { a: '1' }, false],
  )
  assert.deepEqual([step?.after.body.length, step?.after.isCut], [1024 * 1024, true])
  assert.deepEqual(await store.traces.ofRun('guid', 1501), [])
  assert.equal(await store.traces.deleteBeyond(10_000_000, 10), 0)
  assert.equal(await store.traces.deleteBeyond(1000, 10), 1)
  await store.close()
})

test('only flows whose level is TRACE are traced, for 10 minutes', async () => {
  const clock = new TestClock(1000)
  const tracing = new Tracing({ traces: { record: () => {} }, clock, retentionMs: 1 })
  assert.equal(tracing.start('flow'), undefined)
  tracing.setLevel('other', 'TRACE')
  tracing.setLevel('flow', 'DEBUG')
  assert.deepEqual([tracing.start('flow'), tracing.levelOf('flow')], [undefined, 'DEBUG'])
  tracing.setLevel('flow', 'TRACE')
  assert.notEqual(tracing.start('flow'), undefined)
  clock.advance(600_000)
  assert.deepEqual([tracing.start('flow'), tracing.levelOf('flow')], [undefined, 'INFO'])
})
