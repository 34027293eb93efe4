import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { type Adapter, type AdapterExample, expressions, freshChannel, steps } from '@sluice/iflow'
import { compileSource, flowText, propProblems } from '@sluice/iflow/testing'
import { adapters } from './index.ts'

const registry = { steps, adapters, expressions }

test('every folder is a registered adapter', () => {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter(entry =>
    entry.isDirectory(),
  )
  assert.equal(adapters.length, folders.length)
  assert.equal(new Set(adapters.map(adapter => adapter.type)).size, adapters.length)
})

for (const adapter of adapters) {
  test(`${adapter.label} is documented and has an example of each side`, () => {
    const sides = [adapter.sender, adapter.receiver].filter(side => side !== undefined)
    for (const { doc } of [adapter, ...sides]) assert.match(doc, /\.$/)
    for (const { props } of sides) assert.deepEqual(propProblems(props), [])
    const directions = new Set(adapter.examples.map(example => example.direction))
    assert.deepEqual([directions.has('Sender'), directions.has('Receiver')], [!!adapter.sender, !!adapter.receiver])
  })
  for (const direction of ['Sender', 'Receiver'] as const) {
    const fresh = freshChannel(adapter, direction)
    if (fresh === undefined) continue
    test(`${adapter.label}: a fresh ${direction} channel compiles without a word`, async () => {
      const example = adapter.examples.find(shown => shown.direction === direction)
      assert.ok(example)
      const properties = { ...fresh, ...example.properties }
      const { diagnostics } = await compileSource(flowOf(adapter, { ...example, properties }), { registry })
      assert.deepEqual(
        diagnostics.filter(({ code }) => code !== 'no-sender'),
        [],
      )
    })
  }
  for (const example of adapter.examples) {
    test(`${adapter.label}, example: ${example.title}`, async () => {
      const { plan, diagnostics } = await compileSource(flowOf(adapter, example), { registry })
      assert.ok(plan, JSON.stringify(diagnostics))
      assert.equal(plan.entryPoints.length, example.direction === 'Sender' ? 1 : 0)
    })
  }
}

function flowOf({ type }: Adapter, { direction, properties }: AdapterExample): string {
  const step = direction === 'Sender' ? 'Start' : 'End'
  return flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [{ from: 'Start', to: 'End' }],
      },
    ],
    channels: [{ step, direction, properties: { ComponentType: type, ...properties } }],
  })
}
