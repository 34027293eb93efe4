import { defineStep } from '../compile/step.ts'
import { multicastOperation } from './multicast/multicast-operation.ts'

export const parallelMulticast = defineStep({
  type: 'Multicast',
  label: 'Parallel Multicast',
  doc: [
    'Sends a copy of the message along every branch at the same time. Branches that lead to the same Join are brought',
    'together there. Without one, each ends for itself, and the message of the last branch is what a sender gets.',
    'When a branch fails, the others go on, and the step fails when all have ended. A branch that handles its failure in',
    'the exception subprocess ends there and counts as having come to the Join.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Routing',
  element: {
    tag: 'parallelGateway',
    version: '1.1.1',
    properties: { activityType: 'Multicast', subActivityType: 'parallel' },
  },
  leaves: 'several',
  branching: 'multicasts',
  props: {},
  examples: [
    {
      title: 'Each branch has its own copy, and the last one answers',
      routes: [{ body: 'to the archive' }, { body: 'to the ledger' }],
      input: { body: 'order' },
      output: { body: 'to the ledger' },
    },
  ],
  compile: (_, { outgoing, closing }) =>
    multicastOperation(outgoing, closing, { width: outgoing.length, stopsOnFailure: false }),
})
