import type { NodeSketch } from '@sluice/iflow/testing'
import { type EngineFlow, engineFlows, orders } from './flows.ts'

/** A flow with one step that reads all of its message. */
export interface StallFlow extends Omit<EngineFlow, 'body' | 'answer' | 'title'> {
  readonly body: (bytes: number) => string
}

const orderBytes = orders(1_000).length / 1_000
const xml = (bytes: number) => orders(Math.floor(bytes / orderBytes))
const json = (bytes: number) =>
  JSON.stringify({
    orders: {
      order: Array.from({ length: bytes / 60 }, (_, id) => ({ id, customer: `C${id % 97}`, item: `I-${id}` })),
    },
  })
const line = 'A line of text that has some fifty characters.\n'
const lines = (bytes: number) => line.repeat(bytes / line.length)

const property = (expression: string, datatype: string) =>
  `<row><cell id='Action'>Create</cell><cell id='Type'>xpath</cell><cell id='Value'>${expression}</cell><cell id='Default'></cell><cell id='Name'>Found</cell><cell id='Datatype'>${datatype}</cell></row>`
const one = (
  name: string,
  type: string,
  properties: NodeSketch['properties'] = {},
  body: StallFlow['body'] = xml,
): StallFlow => ({ name, steps: [{ id: 'Step', type, properties }], body })
const splitter = (name: string, exprType: string, body: StallFlow['body'], gather: string): StallFlow => ({
  name,
  steps: [
    {
      id: 'Split',
      type: 'GeneralSplitter',
      properties: { exprType, splitExprValue: '/orders/order', grouping: '100', Streaming: 'true' },
    },
    { id: 'Gather', type: 'Gather', properties: { aggregationAlgorithm: gather } },
  ],
  body,
})
const engine = (name: string, body: StallFlow['body']): StallFlow[] =>
  engineFlows.filter(flow => flow.name === name).map(flow => ({ ...flow, body }))

/** Steps that read, convert or keep the whole message. */
export const stallFlows: readonly StallFlow[] = [
  one('body', 'Enricher', { bodyType: 'expression', wrapContent: '' }),
  ...engine('router', xml),
  one('xpath-text', 'Enricher', { propertyTable: property('/*:orders/*:order[1]/*:item', 'java.lang.String') }),
  one('xpath-node', 'Enricher', { propertyTable: property('/*:orders/*:order[1]', 'org.w3c.dom.Node') }),
  one('filter', 'Filter', { wrapContent: '//*:order', xpathType: 'Nodelist' }),
  ...engine('json-to-xml', json),
  one('xml-to-json', 'XmlToJsonConverter', { useNamespaces: 'false' }),
  ...engine('message-mapping', xml),
  ...engine('xslt', xml),
  ...engine('groovy', xml),
  ...engine('javascript', json),
  one('persist', 'Persist'),
  one('data-store-write', 'put', { storageName: 'Stalls', override: 'true' }),
  one('base64-encode', 'Base64 Encode'),
  one('gzip', 'GZIP Compress'),
  one('message-digest', 'MessageDigest', { digestAlgorithm: 'SHA-256' }),
  splitter('split-lines', 'Line Break', lines, 'concatenate-strategy'),
  splitter('split-xpath', 'XPath', xml, 'concatenate-strategy'),
  splitter('split-multi-mapping', 'XPath', xml, 'sap-identical-multi-mapping'),
]
