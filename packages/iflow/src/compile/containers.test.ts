import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileSource, flowText, propProblems } from '../testing/index.ts'
import { containers, freshContainer } from './containers.ts'

for (const [kind, container] of Object.entries(containers)) {
  test(`${kind} is documented`, () => {
    assert.match(container.doc, /\.$/)
    assert.deepEqual(propProblems(container.props), [])
  })
}

test('a flow of fresh containers compiles without a word', async () => {
  const flow = flowText({
    properties: freshContainer(containers.flow),
    processes: [
      {
        id: 'Main',
        properties: freshContainer(containers.process),
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Call', type: 'NonLoopingProcess', properties: { processId: 'Local' } },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Call' },
          { from: 'Call', to: 'End' },
        ],
      },
      {
        id: 'Local',
        properties: freshContainer(containers.localProcess),
        nodes: [
          { id: 'LocalStart', type: 'StartEvent' },
          { id: 'LocalEnd', type: 'EndEvent' },
        ],
        flows: [{ from: 'LocalStart', to: 'LocalEnd' }],
      },
    ],
  })
  const { plan, diagnostics } = await compileSource(flow)
  assert.equal(plan?.processes.get('Main')?.transaction, undefined)
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['no-sender'],
  )
})
