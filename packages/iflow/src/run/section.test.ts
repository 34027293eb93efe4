import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileSource, fakePorts, flowText, message } from '../testing/index.ts'
import { startRun } from './run.ts'

/** Each step leaves its name at the end of the body. */
const modifier = (id: string) => ({
  id,
  type: 'Enricher',
  properties: { bodyType: 'expression', wrapContent: `\${in.body}${id}`, propertyTable: '', headerTable: '' },
})

const path = (...ids: readonly string[]) => ids.slice(1).map((to, index) => ({ from: ids[index] ?? '', to }))

const flow = flowText({
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        modifier('A'),
        { id: 'Call', type: 'NonLoopingProcess', properties: { processId: 'Local' } },
        { id: 'Fork', type: 'Multicast' },
        modifier('L'),
        modifier('R'),
        { id: 'Join', type: 'Join' },
        modifier('Z'),
        { id: 'End', type: 'MessageEndEvent' },
      ],
      flows: [
        ...path('Start', 'A', 'Call', 'Fork', 'L', 'Join', 'Z', 'End'),
        { from: 'Fork', to: 'R' },
        { from: 'R', to: 'Join' },
      ],
      onFailure: {
        id: 'OnFailure',
        nodes: [{ id: 'Failed', type: 'ErrorStartEvent' }, modifier('F'), { id: 'Mended', type: 'MessageEndEvent' }],
        flows: path('Failed', 'F', 'Mended'),
      },
    },
    {
      id: 'Local',
      nodes: [{ id: 'Enter', type: 'StartEvent' }, modifier('P'), modifier('Q'), { id: 'Leave', type: 'EndEvent' }],
      flows: path('Enter', 'P', 'Q', 'Leave'),
    },
  ],
})

const cases: readonly (readonly [what: string, from: string, to: string, trace: string, body: string])[] = [
  ['all of it', '', '', 'Start A Call Enter P Q Leave Fork L R Join Z End', 'APQRZ'],
  ['the beginning', '', 'A', 'Start A', 'A'],
  ['one step', 'A', 'A', 'A', 'A'],
  ['from the middle to the end', 'Z', '', 'Z End', 'Z'],
  ['to a step of a called process', 'A', 'P', 'A Call Enter P', 'AP'],
  ['to the end of a called process', 'A', 'Leave', 'A Call Enter P Q Leave', 'APQ'],
  ['a called process alone', 'Q', '', 'Q Leave', 'Q'],
  ['to a step of a branch, which ends there', 'Fork', 'L', 'Fork L R', 'R'],
  ['to where branches begin', 'Fork', 'Fork', 'Fork', ''],
  ['a branch alone', 'R', 'R', 'R', 'R'],
  ['past branches', 'Fork', 'Z', 'Fork L R Join Z', 'RZ'],
  ['an exception subprocess', 'F', '', 'F Mended', 'F'],
  ['to a step that is not on the way', 'Z', 'A', 'Z End', 'Z'],
]

for (const [what, from, to, trace, body] of cases) {
  test(`a section: ${what}`, async () => {
    assert.deepEqual(await runSection(flow, from, to), { status: 'COMPLETED', trace, body })
  })
}

test('a failure of the last step goes where failures go', async () => {
  const failing = flow.replace('>Enricher<', '>get<').replace('cname::Enricher', 'cname::get')
  const stepThatFails = failing.replace('<key>bodyType</key>', '<key>storageName</key>')
  assert.deepEqual(await runSection(stepThatFails, '', 'A'), {
    status: 'COMPLETED',
    trace: 'Start A Failed F Mended',
    body: 'F',
  })
})

async function runSection(source: string, from: string, to: string) {
  const { plan, diagnostics } = await compileSource(source)
  assert.ok(plan, JSON.stringify(diagnostics))
  const first = plan.nodes.get(from)
  const steps: string[] = []
  const { status, exchange } = await startRun(plan, first?.processId ?? 'Main', message({ body: '' }), {
    ports: fakePorts(),
    messageGuid: 'guid',
    correlationId: 'correlation',
    observer: {
      snapshots: false,
      observe: ({ phase, elementId }) => void (phase === 'start' && steps.push(elementId)),
    },
    section: { from: first, to: plan.nodes.get(to) },
  })
  return { status, trace: steps.join(' '), body: exchange.text() }
}
