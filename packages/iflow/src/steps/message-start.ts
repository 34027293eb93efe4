import { defineStep } from '../compile/step.ts'

export const messageStart = defineStep({
  type: 'MessageStartEvent',
  label: 'Start Message',
  doc: 'Starts an integration process with the message of a sender channel.',
  versions: { from: '1.0', to: '1.0' },
  group: 'Events',
  element: { tag: 'startEvent', event: 'message', version: '1.0', properties: {} },
  leaves: 'one',
  props: {},
  examples: [{ title: 'The message of the sender', input: { body: 'order' }, output: { body: 'order' } }],
  compile: () => () => undefined,
})
