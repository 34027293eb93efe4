import { flowText } from '@sluice/iflow/testing'

const path = (...ids: readonly string[]) => ids.slice(1).map((to, index) => ({ from: ids[index] ?? '', to }))

/** A Content Modifier that sets the body. */
const body = (id: string, wrapContent: string) => ({
  id,
  type: 'Enricher',
  properties: { bodyType: 'expression', wrapContent, propertyTable: '', headerTable: '' },
})

const https = {
  step: 'Start',
  direction: 'Sender' as const,
  properties: { ComponentType: 'HTTPS', urlPath: '/simulated', xsrfProtection: '0' },
}

const receiver = (step: string, ComponentType: string, properties: Readonly<Record<string, string>> = {}) => ({
  step,
  direction: 'Receiver' as const,
  properties: { ComponentType, ...properties },
})

/** Splits into lines, calls a local process for each, gathers, multicasts, joins, and runs a script. */
export const wholeFlow = flowText({
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        { id: 'Split', type: 'Camel', properties: { exprType: 'Line Break', stopOnExecution: 'true' } },
        { id: 'Call', type: 'NonLoopingProcess', properties: { processId: 'Local' } },
        {
          id: 'Gather',
          type: 'Gather',
          properties: { messageType: 'PlainText', aggregationAlgorithm: 'concatenate-strategy' },
        },
        { id: 'Fork', type: 'Multicast' },
        body('Left', 'left ${in.body}'),
        body('Right', 'right ${in.body}'),
        { id: 'Join', type: 'Join' },
        { id: 'Script', type: 'JavaScript', properties: { script: 'Mark.js', scriptFunction: '' } },
        { id: 'End', type: 'MessageEndEvent' },
      ],
      flows: [
        ...path('Start', 'Split', 'Call', 'Gather', 'Fork', 'Left', 'Join', 'Script', 'End'),
        ...path('Fork', 'Right', 'Join'),
      ],
    },
    {
      id: 'Local',
      nodes: [{ id: 'Enter', type: 'StartEvent' }, body('Bracket', '[${in.body}]'), { id: 'Leave', type: 'EndEvent' }],
      flows: path('Enter', 'Bracket', 'Leave'),
    },
  ],
  channels: [https],
})

/** A flow of these steps, one behind the other. */
export const stepsFlow = (
  nodes: readonly {
    readonly id: string
    readonly type: string
    readonly properties?: Readonly<Record<string, string>>
  }[],
) =>
  flowText({
    processes: [
      {
        id: 'Main',
        nodes: [{ id: 'Start', type: 'MessageStartEvent' }, ...nodes, { id: 'End', type: 'MessageEndEvent' }],
        flows: path('Start', ...nodes.map(({ id }) => id), 'End'),
      },
    ],
    channels: [https],
  })

/** Goes round for ever, and sets the body each time. */
export const roundFlow = (text: string) =>
  flowText({
    processes: [
      {
        id: 'Main',
        nodes: [{ id: 'Start', type: 'MessageStartEvent' }, body('Round', text), body('Again', text)],
        flows: path('Start', 'Round', 'Again', 'Round'),
      },
    ],
    channels: [https],
  })

/** Asks a receiver; what fails is told by the exception subprocess. */
export const askingFlow = (adapter: string, properties: Readonly<Record<string, string>> = {}) =>
  flowText({
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { id: 'Ask', type: 'ExternalCall' },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: path('Start', 'Ask', 'End'),
        onFailure: {
          id: 'OnFailure',
          nodes: [
            { id: 'Failed', type: 'ErrorStartEvent' },
            body('Tell', 'told: ${exception.message}'),
            { id: 'Told', type: 'MessageEndEvent' },
          ],
          flows: path('Failed', 'Tell', 'Told'),
        },
      },
    ],
    channels: [https, receiver('Ask', adapter, properties)],
  })
