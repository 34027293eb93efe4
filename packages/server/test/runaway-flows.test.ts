import type { FlowSketch, NodeSketch } from '@sluice/iflow/testing'
import { type BadMessages, describeBadMessages } from './bad-messages.ts'

const again: NodeSketch = { id: 'Bad', type: 'NonLoopingProcess', properties: { processId: 'Local' } }

const local = (step: NodeSketch) => ({
  id: 'Local',
  nodes: [{ id: 'LocalStart', type: 'StartEvent' }, step, { id: 'LocalEnd', type: 'EndEvent' }],
  flows: [
    { from: 'LocalStart', to: step.id },
    { from: step.id, to: 'LocalEnd' },
  ],
})

const idle: NodeSketch = { id: 'Idle', type: 'Enricher' }

const direct = { ComponentType: 'ProcessDirect', address: '/again' }
const caller: FlowSketch = {
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        { id: 'Call', type: 'ExternalCall' },
      ],
      flows: [{ from: 'Start', to: 'Call' }],
    },
  ],
  channels: [
    { step: 'Start', direction: 'Sender', properties: direct },
    { step: 'Call', direction: 'Receiver', properties: direct },
  ],
}

const flows: readonly BadMessages[] = [
  {
    name: 'a local process that calls itself',
    steps: [{ ...again, id: 'Call' }],
    locals: [local(again)],
    isUnmarked: true,
    inputs: [{ name: 'a message', cause: /at most 50 calls within each other/ }],
  },
  {
    name: 'a looping call without end',
    steps: [
      {
        id: 'Bad',
        type: 'LoopingProcess',
        properties: { processId: 'Local', expressionType: 'NonXML' },
        loop: { condition: "'a' = 'a'", maximum: 2_000_000_000 },
      },
    ],
    at: '(?:LocalStart|Idle|LocalEnd)',
    locals: [local(idle)],
    isUnmarked: true,
    inputs: [{ name: 'a message', cause: /at most 100000 steps in one run/ }],
  },
  {
    name: 'a flow that calls itself by ProcessDirect',
    steps: [{ id: 'Bad', type: 'ExternalCall' }],
    channel: direct,
    called: caller,
    isUnmarked: true,
    inputs: [{ name: 'a message', cause: /at most 50 calls within each other/ }],
  },
]

describeBadMessages('flows that never end', () => flows)
