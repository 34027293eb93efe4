import type { FlowTemplate } from './flow-template.ts'

/** What artifacts begin with that are created without content. */
export const emptyFlow: FlowTemplate = {
  type: 'empty',
  label: 'Empty Flow',
  doc: 'A process from start to end, a sender and a receiver, and nothing between them.',
  outline: () => ({
    systems: [
      { name: 'Sender', direction: 'Sender' },
      { name: 'Receiver', direction: 'Receiver' },
    ],
    steps: [
      { type: 'MessageStartEvent', name: 'Start' },
      { type: 'MessageEndEvent', name: 'End' },
    ],
  }),
}
