import { list, tab } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { multicastOperation } from './multicast/multicast-operation.ts'

export const sequentialMulticast = defineStep({
  type: 'SequentialMulticast',
  label: 'Sequential Multicast',
  doc: [
    'Sends a copy of the message along every branch, one after the other. Branches that lead to the same Join are brought',
    'together there. Without one, each ends for itself, and the message of the last branch is what a sender gets.',
    'When a branch fails, the step fails and the branches after it do not run. A branch that handles its failure in the',
    'exception subprocess ends there and counts as having come to the Join; the next one runs.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Routing',
  element: {
    tag: 'parallelGateway',
    version: '1.1.0',
    properties: { activityType: 'SequentialMulticast', subActivityType: 'parallel' },
  },
  leaves: 'several',
  branching: 'multicasts',
  props: tab('Routing Sequence', {
    routingSequenceTable: list('Routing Sequence', 'The order of the branches; those that are not listed come last.', {
      order: { label: 'Order', doc: 'The place in the order.' },
      flow: { label: 'Branch', doc: 'Id of the sequence flow that leads to the branch.', names: 'route' },
    }),
  }),
  examples: [
    {
      title: 'The last branch in the order answers',
      properties: {
        routingSequenceTable:
          '<row><cell>1</cell><cell>Step-Route1</cell></row><row><cell>2</cell><cell>Step-Route0</cell></row>',
      },
      routes: [{ body: 'to the archive' }, { body: 'to the ledger' }],
      input: { body: 'order' },
      output: { body: 'to the archive' },
    },
  ],
  compile: ({ routingSequenceTable }, { outgoing, closing }) => {
    const places = new Map(routingSequenceTable.map(([order, flow = '']) => [flow.trim(), Number(order)]))
    const placeOf = ({ flow }: { readonly flow: { readonly id: string } }) => places.get(flow.id) || Number.MAX_VALUE
    const branches = outgoing.toSorted((left, right) => placeOf(left) - placeOf(right))
    return multicastOperation(branches, closing, { width: 1, stopsOnFailure: true })
  },
})
