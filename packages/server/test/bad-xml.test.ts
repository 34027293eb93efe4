import type { NodeSketch } from '@sluice/iflow/testing'
import { mappingSource, mappingText } from '@sluice/iflow/testing'
import { type BadInput, type BadMessages, describeBadMessages } from './bad-messages.ts'

type Step = Omit<BadMessages, 'name' | 'inputs'>

const bad = (type: string, properties: Readonly<Record<string, string>> = {}): NodeSketch => ({
  id: 'Bad',
  type,
  properties,
})
const asProperty = (path: string) =>
  `<row><cell id='Action'>Create</cell><cell id='Type'>xpath</cell><cell id='Value'>${path}</cell><cell id='Default'></cell><cell id='Name'>p</cell><cell id='Datatype'>java.lang.String</cell></row>`

const schema = `<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="a"><complexType><sequence>
  <element name="b" maxOccurs="unbounded"/></sequence></complexType></element></schema>`
const structure = { kind: 'xsd', file: 'a.xsd', root: 'a' } as const
const mapping = mappingText({
  sources: [structure],
  targets: [structure],
  fields: { '/a': mappingSource('/a'), '/a/b': mappingSource('/a/b') },
})

const local = {
  id: 'Local',
  nodes: [
    { id: 'LocalStart', type: 'StartEvent' },
    { id: 'LocalEnd', type: 'EndEvent' },
  ],
  flows: [{ from: 'LocalStart', to: 'LocalEnd' }],
}

/** Every step that reads the body as XML. */
const readers: Readonly<Record<string, Step>> = {
  'Content Modifier': { steps: [bad('Enricher', { propertyTable: asProperty('//b') })] },
  Router: { steps: [bad('ExclusiveGateway', { throwException: 'true' })], condition: '//b = 1' },
  Filter: { steps: [bad('Filter', { wrapContent: '//b' })] },
  'Looping Process Call': {
    steps: [
      {
        ...bad('LoopingProcess', { processId: 'Local', expressionType: 'XML' }),
        loop: { condition: '//b = 1', maximum: 3 },
      },
    ],
    locals: [local],
  },
  'General Splitter': { steps: [bad('GeneralSplitter', { exprType: 'XPath', splitExprValue: '//b' })] },
  'Iterating Splitter': { steps: [bad('Camel', { exprType: 'XPath', splitExprValue: '//b' })] },
  'IDoc Splitter': { steps: [bad('IDoc')] },
  'Gather, combining': { steps: [bad('Gather', { aggregationAlgorithm: 'sap-pi-multi-mapping' })] },
  'Gather, combining at XPath': {
    steps: [bad('Gather', { aggregationAlgorithm: 'xpath-merge-strategy', sourceXPath: '/a/b', targetXPath: '/a' })],
  },
  'XML to JSON': { steps: [bad('XmlToJsonConverter')] },
  'XML to CSV': { steps: [bad('XmlToCsvConverter', { XPath_Field_Location: '/a/b' })] },
  'Message Mapping': {
    steps: [bad('MessageMapping', { mappinguri: 'dir://mmap/src/main/resources/mapping/a.mmap' })],
    resources: { 'mapping/a.mmap': mapping, 'schema/a.xsd': schema },
  },
}

const laughs = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('')
const noDocumentType = /without a document type declaration/

const inputs: readonly BadInput[] = [
  { name: 'malformed', body: '<a><b></a>', cause: /well-formed XML/ },
  { name: 'malformed after 400 KB', body: `<a>${'<b>1</b>'.repeat(50_000)}</c>`, cause: /well-formed XML/ },
  {
    name: 'XML bomb',
    body: `<!DOCTYPE a [<!ENTITY e0 "ha">${laughs}]><a><b>&e12;</b></a>`,
    cause: noDocumentType,
  },
  {
    name: 'external entity',
    body: '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><b>&e;</b></a>',
    cause: noDocumentType,
  },
  {
    name: 'too deep',
    body: `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`,
    cause: /at most 1000 nested elements/,
  },
]

describeBadMessages('XML that is none', () =>
  Object.entries(readers).map(([name, step]): BadMessages => ({ ...step, name, inputs })),
)
