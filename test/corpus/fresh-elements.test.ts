import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { adapters } from '@sluice/adapters'
import { containers, freshChannel, freshContainer, freshElement, identifyStep, steps } from '@sluice/iflow'
import { type FlowModel, parseIflow } from '@sluice/iflow/bpmn'
import { readFlows } from './measure.ts'

const recipes = join(process.env.SLUICE_CORPUS ?? '', 'Recipes/for')
const skip = existsSync(recipes) ? false : 'no SLUICE_CORPUS: see "Real flows" in CONTRIBUTING.md'

/** An element, and the name of what it is. */
interface Real {
  readonly kind: string
  readonly properties: ReadonlyMap<string, string>
}

function realOnes(model: FlowModel): Real[] {
  const parts = model.processes.flatMap(process => [process, ...process.exceptionSubprocesses])
  return [
    { kind: 'flow', properties: model.properties },
    ...model.processes.map(({ kind, properties }) => ({
      kind: kind === 'local' ? 'localProcess' : 'process',
      properties,
    })),
    ...model.channels.map(({ direction, componentType, properties }) => ({
      kind: `${direction} ${componentType}`,
      properties,
    })),
    ...parts.flatMap(({ nodes }) =>
      Array.from(nodes.values(), node => ({ kind: identifyStep(node), properties: node.properties })),
    ),
  ]
}

/** What an editor makes, by the same names. */
const fresh: readonly (readonly [kind: string, properties: Readonly<Record<string, string>>])[] = [
  ...steps.map(step => [step.type, freshElement(step)] as const),
  ...adapters.flatMap(adapter =>
    (['Sender', 'Receiver'] as const).flatMap(direction => {
      const channel = freshChannel(adapter, direction)
      return channel ? [[`${direction} ${adapter.type}`, { ...channel, system: '' }] as const] : []
    }),
  ),
  ...(['flow', 'process', 'localProcess'] as const).map(kind => [kind, freshContainer(containers[kind])] as const),
]

test('fresh elements have the properties that real ones of their version have', { skip }, async () => {
  const { flows } = await readFlows(recipes)
  const models = flows.flatMap(({ text, file }) => parseIflow(text, file).document?.model ?? [])
  const real = Map.groupBy(models.flatMap(realOnes), ({ kind }) => kind)
  let seen = 0
  for (const [kind, properties] of fresh) {
    const { componentVersion } = properties
    const same = (real.get(kind) ?? []).filter(one => one.properties.get('componentVersion') === componentVersion)
    if (same.length === 0) continue
    seen += 1
    const counts = new Map<string, number>()
    for (const key of same.flatMap(one => [...one.properties.keys()])) counts.set(key, (counts.get(key) ?? 0) + 1)
    const usual = [...counts].filter(([, count]) => count > same.length / 2).map(([key]) => key)
    assert.deepEqual(
      usual.filter(key => !(key in properties)),
      [],
      `${kind} lacks`,
    )
    assert.deepEqual(
      Object.keys(properties).filter(key => !counts.has(key)),
      [],
      `${kind} has too much`,
    )
  }
  assert.ok(seen > 40, `Expected most kinds to be in real flows, found ${seen}`)
})
