import type { FlowSketch } from '@sluice/iflow/testing'
import type { Flows } from './flows.ts'
import { https } from './flows.ts'

const path = (...ids: readonly string[]) => ids.slice(1).map((to, index) => ({ from: ids[index] ?? '', to }))

/** Asks a shop, which no adapter of ours reaches, and forwards its answer or what went wrong. */
const sketch: FlowSketch = {
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        {
          id: 'Order',
          type: 'Enricher',
          name: 'Make the order',
          properties: { bodyType: 'expression', wrapContent: '<order>${in.body}</order>' },
        },
        { id: 'Ask', type: 'ExternalCall', name: 'Ask the shop' },
        { id: 'Mark', type: 'JavaScript', name: 'Mark the answer', properties: { script: 'Mark.js' } },
        { id: 'End', type: 'MessageEndEvent' },
      ],
      flows: path('Start', 'Order', 'Ask', 'Mark', 'End'),
    },
  ],
  channels: [
    { step: 'Start', direction: 'Sender', properties: https('/simulated') },
    {
      step: 'Ask',
      direction: 'Receiver',
      properties: { ComponentType: 'HTTP', httpAddressWithoutQuery: 'https://shop.example/orders', httpMethod: 'POST' },
    },
  ],
}

const script = 'function processData(message) { message.setHeader("marked", "yes"); return message; }'

/** Imports the flow; nothing is deployed. */
export async function importSimulatedFlow(flows: Flows): Promise<void> {
  await flows.import('simulated', sketch, { 'script/Mark.js': script })
}
