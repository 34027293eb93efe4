import { choice, tab, text, when } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import { Body } from '../run/body.ts'
import type { Exchange } from '../run/exchange.ts'
import type { RunScope } from '../run/scope.ts'
import { compileLookup } from './content-enricher/lookup.ts'
import { differentMessages } from './multi-mapping/messages.ts'

export const contentEnricher = defineStep({
  type: 'contentEnricherWithLookup',
  label: 'Content Enricher',
  doc: [
    'Calls the receiver behind its channel and puts its answer, the lookup message, into the message; both are XML. Headers,',
    'properties and attachments stay as they were. A failing receiver fails the step.',
  ].join(' '),
  versions: { from: '1.0', to: '1.2' },
  group: 'Call',
  element: { tag: 'serviceTask', version: '1.2.0', properties: { activityType: 'contentEnricherWithLookup' } },
  leaves: 'one',
  props: tab('Processing', {
    enrichmentType: choice<'multiMappingAggregation' | 'xmlLookupAggregation'>(
      'Aggregation Algorithm',
      'How the two are put together.',
      {
        multiMappingAggregation: ['Combine', 'The message is `Message1` and the answer `Message2` of a multi-mapping.'],
        xmlLookupAggregation: [
          'Enrich',
          'Every node of the message gets, behind its last child, the nodes of the answer that have its key.',
        ],
      },
      { default: 'multiMappingAggregation' },
    ),
    ...when('enrichmentType', ['xmlLookupAggregation'], {
      originalMessageNodePath: text('Original Message: Path to Node', 'XPath of the nodes in the message.', {
        default: '',
        expression: 'xpath',
      }),
      originalMessageKeyElement: text(
        'Original Message: Key Element',
        'Path from such a node to its key. A node without one, or with an empty one, stays as it is.',
        { default: '' },
      ),
      resourceMessageNodePath: text('Lookup Message: Path to Node', 'XPath of the nodes in the answer.', {
        default: '',
        expression: 'xpath',
      }),
      resourceMessageKeyElement: text('Lookup Message: Key Element', 'Path from such a node to its key.', {
        default: '',
      }),
    }),
  }),
  examples: [
    {
      title: 'Enrich',
      properties: {
        enrichmentType: 'xmlLookupAggregation',
        originalMessageNodePath: 'Staff/Employee',
        originalMessageKeyElement: 'external_id',
        resourceMessageNodePath: '/Contacts/Contact',
        resourceMessageKeyElement: 'code',
      },
      receiverReplies:
        '<Contacts><Contact><code>2</code><phone>9999</phone></Contact><Contact><code>3</code></Contact></Contacts>',
      input: {
        body: '<Staff><Employee><external_id>1</external_id></Employee><Employee><external_id>2</external_id></Employee></Staff>',
      },
      output: {
        body: "<?xml version='1.0' encoding='UTF-8'?><Staff><Employee><external_id>1</external_id></Employee><Employee><external_id>2</external_id><Contact><code>2</code><phone>9999</phone></Contact></Employee></Staff>",
      },
    },
    {
      title: 'Combine',
      properties: { enrichmentType: 'multiMappingAggregation' },
      receiverReplies: '<b/>',
      input: { body: '<a/>' },
      output: {
        body: "<?xml version='1.0' encoding='UTF-8'?><multimap:Messages xmlns:multimap=\"http://sap.com/xi/XI/SplitAndMerge\"><multimap:Message1><a/></multimap:Message1><multimap:Message2><b/></multimap:Message2></multimap:Messages>",
      },
    },
  ],
  compile: async (props, context) => {
    const receiver = context.receiver()
    const combine = await compileCombine(props, context)
    if (receiver === undefined || combine === undefined) return undefined
    return (exchange, scope) => {
      const lookup = exchange.copy()
      const setBody = (combined: string): undefined => {
        exchange.body = Body.of(combined)
      }
      const enrich = () => {
        const combined = combine(exchange, lookup, scope)
        return combined instanceof Promise ? combined.then(setBody) : setBody(combined)
      }
      const called = receiver(lookup, scope)
      return called instanceof Promise ? called.then(enrich) : enrich()
    }
  },
})

type Combine = (original: Exchange, lookup: Exchange, scope: RunScope) => string | Promise<string>

async function compileCombine(
  props: {
    readonly enrichmentType: 'multiMappingAggregation' | 'xmlLookupAggregation'
    readonly originalMessageNodePath: string
    readonly originalMessageKeyElement: string
    readonly resourceMessageNodePath: string
    readonly resourceMessageKeyElement: string
  },
  context: StepContext,
): Promise<Combine | undefined> {
  if (props.enrichmentType === 'multiMappingAggregation') {
    return (original, lookup, { ports }) => differentMessages([original, lookup], ports)
  }
  return compileLookup(
    { nodePath: props.originalMessageNodePath, keyPath: props.originalMessageKeyElement },
    { nodePath: props.resourceMessageNodePath, keyPath: props.resourceMessageKeyElement },
    context,
  )
}
