import { choice, tab, text, when } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { makeTar } from '../formats/tar.ts'
import { makeZip } from '../formats/zip.ts'
import { Body } from '../run/body.ts'
import type { Exchange } from '../run/exchange.ts'
import type { RunScope } from '../run/scope.ts'
import { compileArchive } from './gather/archive.ts'
import { compileMerge } from './gather/merge-at-path.ts'
import { differentMessages, identicalMessages } from './multi-mapping/messages.ts'

/** Makes one body of the messages that were brought together; there is at least one. */
type Combine = (parts: readonly Exchange[], scope: RunScope) => string | Uint8Array | Promise<string | Uint8Array>

export const gather = defineStep({
  type: 'Gather',
  label: 'Gather',
  doc: [
    'Combines the parts of a split message, or behind a Join the branches of a multicast, in their order. The body is new,',
    'headers and properties are those from before the split; after a multicast, properties that branches set are kept.',
    'A message that was not split is combined alone.',
  ].join(' '),
  versions: { from: '1.0', to: '1.2' },
  group: 'Routing',
  element: { version: '1.2.0', properties: { activityType: 'Gather' } },
  leaves: 'one',
  branching: 'gathers',
  props: tab('Aggregation Strategy', {
    messageType: choice(
      'Incoming Format',
      'What the messages are. Only the original looks at it.',
      {
        SameXMLFormat: ['XML (Same Format)', 'XML documents of one structure.'],
        DiffXMLFormat: ['XML (Different Format)', 'XML documents of any structure.'],
        PlainText: ['Plain Text', 'Texts.'],
        Any: 'Anything.',
      },
      { default: 'SameXMLFormat', isUnread: true },
    ),
    aggregationAlgorithm: choice(
      'Aggregation Algorithm',
      'How the bodies are combined.',
      {
        'sap-identical-multi-mapping': ['Combine', 'As XML, all in `Message1` of the format of multi-mappings.'],
        'xpath-merge-strategy': [
          'Combine at XPath',
          'As XML: the first one, with the source elements of all others below its target element.',
        ],
        'sap-pi-multi-mapping': [
          'Combine (Different Format)',
          'As XML, in `Message1`, `Message2`, … of the format of multi-mappings.',
        ],
        'concatenate-strategy': ['Concatenate', 'As text, one after the other.'],
        'zip-strategy': ['Zip', 'As the files of a ZIP archive. Empty bodies are left out.'],
        'tar-strategy': ['Tar', 'As the files of a TAR archive. Empty bodies are left out.'],
      },
      { fresh: 'sap-identical-multi-mapping' },
    ),
    ...when('aggregationAlgorithm', ['xpath-merge-strategy'], {
      sourceXPath: text('Combine from Source (XPath)', 'XPath of the elements to combine.', {
        default: '',
        expression: 'xpath',
      }),
      targetXPath: text(
        'Combine at Target (XPath)',
        'XPath of the element in the first message that gets them. Empty: the one that the first source element is in.',
        { default: '', expression: 'xpath' },
      ),
    }),
    ...when('aggregationAlgorithm', ['zip-strategy', 'tar-strategy'], {
      gatherFileNames: text(
        'File Name',
        'Name of a file in an archive: a Simple expression on the part. Empty: header `CamelFileName` of the part, else a name is made. Two files of one name fail the step.',
        { default: '', expression: 'simple' },
      ),
    }),
  }),
  examples: [
    {
      title: 'An archive of one file',
      properties: { aggregationAlgorithm: 'zip-strategy', gatherFileNames: 'orders.txt' },
      input: { body: 'aaaaaaaaaa' },
      output: {
        bytes:
          'UEsDBBQAAAgIAC15blrwzRFMBQAAAAoAAAAKAAAAb3JkZXJzLnR4dEtMhAEAUEsBAhQAFAAACAgALXluWvDNEUwFAAAACgAAAAoAAAAAAAAAAAAAAAAAAAAAAG9yZGVycy50eHRQSwUGAAAAAAEAAQA4AAAALQAAAAAA',
      },
    },
    {
      title: 'A message that was not split',
      properties: { aggregationAlgorithm: 'sap-identical-multi-mapping' },
      input: { body: '<order/>' },
      output: {
        body: "<?xml version='1.0' encoding='UTF-8'?><multimap:Messages xmlns:multimap=\"http://sap.com/xi/XI/SplitAndMerge\"><multimap:Message1><order/></multimap:Message1></multimap:Messages>",
      },
    },
  ],
  compile: async ({ aggregationAlgorithm, gatherFileNames, sourceXPath, targetXPath }, context) => {
    const strategies: Record<typeof aggregationAlgorithm, () => Promise<Combine | undefined> | Combine> = {
      'concatenate-strategy': () => parts => parts.map(part => part.text()).join(''),
      'sap-identical-multi-mapping': () => (parts, scope) => identicalMessages(parts, scope.ports),
      'sap-pi-multi-mapping': () => (parts, scope) => differentMessages(parts, scope.ports),
      'tar-strategy': () => compileArchive(gatherFileNames, context, makeTar),
      'xpath-merge-strategy': () => compileMerge(sourceXPath, targetXPath, context),
      'zip-strategy': () => compileArchive(gatherFileNames, context, makeZip),
    }
    const combine = await strategies[aggregationAlgorithm]()
    return (
      combine &&
      ((exchange, scope) => {
        const parts = exchange.parts ?? [exchange.copy()]
        exchange.parts = undefined
        const setBody = (combined: string | Uint8Array) => {
          exchange.body = Body.of(combined)
          return undefined
        }
        const combined = combine(parts, scope)
        return combined instanceof Promise ? combined.then(setBody) : setBody(combined)
      })
    )
  },
})
