import { defineStep } from '../compile/step.ts'

export const noneStart = defineStep({
  type: 'StartEvent',
  label: 'Start Event',
  doc: 'Starts a local integration process with the message of the step that calls it.',
  versions: { from: '1.0', to: '1.0' },
  group: 'Events',
  element: { tag: 'startEvent', version: '1.0', properties: { activityType: 'StartEvent' } },
  leaves: 'one',
  props: {},
  examples: [{ title: 'The message of the caller', input: { body: 'order' }, output: { body: 'order' } }],
  compile: () => () => undefined,
})
