import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineStep } from '../compile/step.ts'
import type { Clock } from '../ports.ts'
import { fakePorts, flowText, message, runFlow, TestClock, testRegistry } from '../testing/index.ts'
import type { Operation } from './plan.ts'

/** Splits a body of lines and concatenates what a step makes of them. */
function split(text: string, run: Operation, properties: Record<string, string>, clock: Clock, turn = () => {}) {
  const fake = defineStep({
    type: 'Fake',
    label: 'Fake',
    doc: '',
    versions: { from: '1.0', to: '1.0' },
    group: 'Transformation',
    element: { properties: {} },
    leaves: 'one',
    props: {},
    examples: [],
    compile: () => run,
  })
  const steps = ['Start', 'Split', 'Part', 'Gather', 'End']
  const flow = flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Split', type: 'Camel', properties: { exprType: 'Line Break', ...properties } },
          { id: 'Part', type: 'Fake' },
          { id: 'Gather', type: 'Gather', properties: { aggregationAlgorithm: 'concatenate-strategy' } },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: steps.slice(1).map((to, index) => ({ from: steps[index] ?? '', to })),
      },
    ],
  })
  return runFlow(flow, {
    message: message({ body: text }),
    registry: { ...testRegistry, steps: [...testRegistry.steps, fake] },
    ports: { ...fakePorts({ clock }), turns: { next: async () => turn() } },
  })
}

test('after the timeout of a parallel split no part is started, late ones are left out, and the message goes on', async () => {
  const cases = [
    { ParallelProcessing: 'true', text: '123' },
    { ParallelProcessing: 'false', text: '12345' },
  ]
  for (const { ParallelProcessing, text } of cases) {
    const clock = new TestClock()
    const run = () => void clock.advance(3_000)
    const { result } = await split('1\n2\n3\n4\n5', run, { ParallelProcessing, timeOut: '10' }, clock)
    assert.deepEqual([result.status, result.exchange.body.text()], ['COMPLETED', text])
  }
})

test('long work lets others have their turn, short work does not', async () => {
  const text = Array.from({ length: 100 }, (_, index) => index).join('\n')
  for (const [partMs, least, most] of [
    [1, 5, 20],
    [0, 0, 0],
  ] as const) {
    const clock = new TestClock()
    let turns = 0
    const { result } = await split(
      text,
      () => void clock.advance(partMs),
      {},
      clock,
      () => {
        turns += 1
      },
    )
    assert.equal(result.status, 'COMPLETED')
    assert.ok(turns >= least && turns <= most, `${turns} turns`)
  }
})

test('a bug in a part comes out of the run, when the parts that wait have ended', async () => {
  const bug = new TypeError('oops')
  let ended = 0
  const run: Operation = async exchange => {
    if (exchange.body.text() === '2') throw bug
    await Promise.resolve().then(() => {})
    ended += 1
    return undefined
  }
  await assert.rejects(split('1\n2\n3', run, { ParallelProcessing: 'true' }, new TestClock()), bug)
  assert.equal(ended, 2)
})

test('10,000 parts, one after the other, do not pile up', async () => {
  const text = '-\n'.repeat(10_000)
  const { result } = await split(text, async () => undefined, {}, new TestClock())
  assert.equal(result.exchange.body.text().length, 10_000)
})
