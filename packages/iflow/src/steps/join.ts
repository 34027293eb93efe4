import { defineStep } from '../compile/step.ts'

export const join = defineStep({
  type: 'Join',
  label: 'Join',
  doc: [
    'Where the branches of a multicast end: what follows runs once, when all branches have come here or ended elsewhere.',
    'A Gather right behind it combines their messages; without one the message of the last branch goes on.',
    'Properties that branches set are kept, those of later branches last; headers are those from before the multicast.',
  ].join(' '),
  versions: { from: '1.0', to: '1.0' },
  group: 'Routing',
  element: {
    tag: 'parallelGateway',
    version: '1.0.0',
    properties: { activityType: 'Join', subActivityType: 'parallel' },
  },
  leaves: 'one',
  branching: 'joins',
  props: {},
  examples: [{ title: 'The message goes on', input: { body: 'order' }, output: { body: 'order' } }],
  compile: () => () => undefined,
})
