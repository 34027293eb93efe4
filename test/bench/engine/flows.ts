import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { flowText, mappingSource, mappingText, type NodeSketch, type SequenceSketch } from '@sluice/iflow/testing'

/** A flow behind an HTTPS sender, and the message that it is measured by. */
export interface EngineFlow {
  /** Also the flow's ID and address. */
  readonly name: string
  readonly title: string
  readonly steps: readonly NodeSketch[]
  /** Default: one step after the other. */
  readonly flows?: readonly SequenceSketch[]
  /** Files below `src/main/resources`. */
  readonly resources?: Readonly<Record<string, string>>
  readonly body: string
  /** What the answer has to contain. */
  readonly answer: string
  /** Messages under way at a time. Default: those of every target. */
  readonly connections?: number
  /** How long it takes until its speed is what it stays at. Default: that of every target. */
  readonly warmUpSeconds?: number
}

/** Until the JVM has compiled what runs often. */
const jvmWarmUpSeconds = 20

const order = (id: number, note: string) =>
  `<order id="${id}"><customer>C${id % 97}</customer><item>I-${id}</item><quantity>${(id % 9) + 1}</quantity>${note}</order>`

/** Some `count` × 90 bytes of XML, and the note in each order. */
export function orders(count: number, note = ''): string {
  return `<orders xmlns="urn:orders">${Array.from({ length: count }, (_, id) => order(id, note)).join('')}</orders>`
}

const small = orders(10)
const json = JSON.stringify({
  orders: { order: Array.from({ length: 12 }, (_, id) => ({ id, customer: `C${id}`, item: `I-${id}`, quantity: 3 })) },
})

const structure = { kind: 'xsd', file: 'orders.xsd', root: 'orders', namespace: 'urn:orders' } as const
const fields = ['@id', 'customer', 'item', 'quantity'].map(
  name => `/ns0:orders/ns0:order/${name.replace(/^\w/, 'ns0:$&')}`,
)
const paths = ['/ns0:orders', '/ns0:orders/ns0:order', ...fields]
const mapping = mappingText({
  sources: [structure],
  targets: [structure],
  prefixes: { ns0: 'urn:orders' },
  fields: Object.fromEntries(paths.map(path => [path, mappingSource(path)])),
})
const schema = `<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:orders" elementFormDefault="qualified">
  <element name="orders"><complexType><sequence><element name="order" maxOccurs="unbounded"><complexType><sequence>
    <element name="customer" type="string"/><element name="item" type="string"/><element name="quantity" type="string"/>
  </sequence><attribute name="id" type="string"/></complexType></element></sequence></complexType></element></schema>`

const stylesheet = `<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:o="urn:orders" exclude-result-prefixes="o">
  <xsl:template match="/"><totals><xsl:for-each-group select="o:orders/o:order" group-by="o:customer">
    <total customer="{current-grouping-key()}"><xsl:value-of select="sum(current-group()/o:quantity)"/></total>
  </xsl:for-each-group></totals></xsl:template></xsl:stylesheet>`

const groovy = `import com.sap.gateway.ip.core.customdev.util.Message
def Message processData(Message message) {
  def orders = new XmlSlurper().parseText(message.getBody(String))
  message.setHeader('Count', orders.order.size())
  message.setBody('count ' + orders.order.size())
  return message
}`
const javaScript = `importClass(com.sap.gateway.ip.core.customdev.util.Message);
function processData(message) {
  var body = JSON.parse(String(message.getBody(new java.lang.String().getClass())));
  message.setProperty('count', body.orders.order.length);
  message.setBody('count ' + body.orders.order.length);
  return message;
}`

const setBody = (id: string, wrapContent: string): NodeSketch => ({
  id,
  type: 'Enricher',
  properties: { bodyType: 'expression', wrapContent },
})
const xslt: NodeSketch = {
  id: 'Xslt',
  type: 'XSLTMapping',
  properties: { mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/totals.xsl', mappingoutputformat: 'Bytes' },
}
const split = (properties: Readonly<Record<string, string>>): readonly NodeSketch[] => [
  { id: 'Split', type: 'Camel', properties: { exprType: 'XPath', splitExprValue: '/orders/order', ...properties } },
  setBody('Part', '${in.body}'),
]

/** The steps that most messages pass, each in a flow of its own. */
export const engineFlows: readonly EngineFlow[] = [
  {
    name: 'content-modifier',
    title: 'Content Modifier',
    steps: [setBody('Body', 'Hello, ${header.CamelHttpMethod}!')],
    body: small,
    answer: 'Hello, POST!',
  },
  {
    name: 'router',
    title: 'Router, XPath on 1 KB',
    steps: [
      { id: 'Router', type: 'ExclusiveGateway', defaultFlow: 'Router-Other' },
      setBody('Other', 'other'),
      setBody('Found', 'found'),
    ],
    flows: [
      { from: 'Start', to: 'Router' },
      { from: 'Router', to: 'Found', condition: '/*:orders/*:order/*:quantity > 8', expressionType: 'XML' },
      { from: 'Router', to: 'Other' },
      { from: 'Found', to: 'End' },
      { from: 'Other', to: 'End' },
    ],
    body: small,
    answer: 'found',
  },
  {
    name: 'json-to-xml',
    title: 'JSON to XML, 1 KB',
    steps: [{ id: 'Convert', type: 'JsonToXmlConverter' }],
    body: json,
    answer: '<item>I-11</item>',
  },
  {
    name: 'message-mapping',
    title: 'Message mapping, 1 KB',
    steps: [
      {
        id: 'Map',
        type: 'MessageMapping',
        properties: { mappinguri: 'dir://mmap/src/main/resources/mapping/orders.mmap' },
      },
    ],
    resources: { 'mapping/orders.mmap': mapping, 'schema/orders.xsd': schema },
    body: small,
    answer: 'I-9',
  },
  {
    name: 'groovy',
    title: 'Groovy, XmlSlurper on 1 KB',
    steps: [{ id: 'Script', type: 'GroovyScript', properties: { script: 'count.groovy' } }],
    resources: { 'script/count.groovy': groovy },
    body: small,
    answer: 'count 10',
    warmUpSeconds: jvmWarmUpSeconds,
  },
  {
    name: 'groovy-one',
    title: 'Groovy, one message at a time',
    steps: [{ id: 'Script', type: 'GroovyScript', properties: { script: 'count.groovy' } }],
    resources: { 'script/count.groovy': groovy },
    body: small,
    answer: 'count 10',
    connections: 1,
    warmUpSeconds: jvmWarmUpSeconds,
  },
  {
    name: 'javascript',
    title: 'JavaScript, JSON of 1 KB',
    steps: [{ id: 'Script', type: 'JavaScript', properties: { script: 'count.js' } }],
    resources: { 'script/count.js': javaScript },
    body: json,
    answer: 'count 12',
  },
  {
    name: 'xslt',
    title: 'XSLT, 1 KB',
    steps: [xslt],
    resources: { 'mapping/totals.xsl': stylesheet },
    body: small,
    answer: '<total customer="C9">1</total>',
    warmUpSeconds: jvmWarmUpSeconds,
  },
  {
    name: 'xslt-large',
    title: 'XSLT, 1 MB',
    steps: [xslt],
    resources: { 'mapping/totals.xsl': stylesheet },
    body: orders(11_000),
    answer: '<total customer="C96">',
    connections: 2,
    warmUpSeconds: jvmWarmUpSeconds,
  },
  {
    name: 'split-gather',
    title: 'Splitter and Gather, 10,000 items',
    steps: [
      ...split({ Streaming: 'true' }),
      { id: 'Gather', type: 'Gather', properties: { aggregationAlgorithm: 'concatenate-strategy' } },
    ],
    body: orders(10_000),
    answer: '<item>I-9999</item>',
    connections: 2,
  },
]

/** A large message part by part; each part is let go of. */
export const largeXml: EngineFlow = {
  name: 'large-xml',
  title: '100 MB XML through an iterating splitter',
  steps: split({ Streaming: 'true' }),
  body: '',
  answer: '',
}

/** Writes the flow as an unpacked artifact below `directory` and resolves with its folder. */
export async function writeFlow(
  { name, steps, flows, resources = {} }: EngineFlow,
  directory: string,
): Promise<string> {
  const path = ['Start', ...steps.map(({ id }) => id), 'End']
  const iflw = flowText({
    processes: [
      {
        id: 'Main',
        nodes: [{ id: 'Start', type: 'MessageStartEvent' }, ...steps, { id: 'End', type: 'MessageEndEvent' }],
        flows: flows ?? path.slice(1).map((to, index) => ({ from: path[index] ?? '', to })),
      },
    ],
    channels: [
      {
        step: 'Start',
        direction: 'Sender',
        properties: { ComponentType: 'HTTPS', urlPath: `/${name}`, xsrfProtection: '0', maximumBodySize: '200' },
      },
    ],
  })
  const manifest = `Manifest-Version: 1.0\nBundle-SymbolicName: ${name}\nBundle-Name: ${name}\nBundle-Version: 1.0.0\nSAP-BundleType: IntegrationFlow\n`
  const files = {
    'META-INF/MANIFEST.MF': manifest,
    [`src/main/resources/scenarioflows/integrationflow/${name}.iflw`]: iflw,
    ...Object.fromEntries(Object.entries(resources).map(([file, text]) => [`src/main/resources/${file}`, text])),
  }
  const folder = join(directory, `${name}-flow`)
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  return folder
}
