import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Body, type HeavyTask, type StepExample } from '@sluice/iflow'
import { heavyTasks } from '@sluice/iflow/heavy-tasks'
import { exampleFlow, fakePorts, mappingSource, mappingText, message, runFlow } from '@sluice/iflow/testing'
import { openHeavyWork } from './heavy-work.ts'

const count = 10_000
const numbers = Array.from({ length: count }, (_, index) => index)
const orders = `<orders>${numbers.map(index => `<order><id>${index}</id></order>`).join('')}</orders>`
const large = 'pen and paper '.repeat(400_000)
const schema = `<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="orders"><complexType><sequence>
  <element name="order" maxOccurs="unbounded"><complexType><sequence><element name="id"/></sequence></complexType></element>
  </sequence></complexType></element></schema>`

const structure = { kind: 'xsd', file: 'orders.xsd', root: 'orders' } as const
const mapping = mappingText({
  sources: [structure],
  targets: [structure],
  fields: { '/orders/order': mappingSource('/orders/order'), '/orders/order/id': mappingSource('/orders/order/id') },
})

const declared = `<?xml version='1.0' encoding='UTF-8'?>${orders}`

interface Case {
  readonly task: string
  readonly step: string
  readonly properties: Readonly<Record<string, string>>
  readonly body: string
  readonly result: string
  /** What the step needs around it. */
  readonly around?: Partial<StepExample>
}

const row = (name: string, path: string) =>
  `<row><cell id='Action'>Create</cell><cell id='Type'>xpath</cell><cell id='Value'>${path}</cell><cell id='Default'></cell><cell id='Name'>${name}</cell><cell id='Datatype'>java.lang.Integer</cell></row>`
const multiMapping = (content: string) =>
  `<?xml version='1.0' encoding='UTF-8'?><multimap:Messages xmlns:multimap="http://sap.com/xi/XI/SplitAndMerge"><multimap:Message1>${content}</multimap:Message1></multimap:Messages>`

const cases: readonly Case[] = [
  {
    task: 'base64-decode',
    step: 'Base64 Decode',
    properties: {},
    body: Buffer.from(large).toString('base64'),
    result: large,
  },
  {
    task: 'base64-encode',
    step: 'Base64 Encode',
    properties: {},
    body: large,
    result: Buffer.from(large).toString('base64'),
  },
  {
    task: 'canonicalize',
    step: 'MessageDigest',
    properties: {},
    body: orders,
    result: orders,
  },
  {
    task: 'csv-to-xml',
    step: 'CsvToXmlConverter',
    properties: {
      XML_Schema_File_Path: 'xsd/orders.xsd',
      XPath_Field_Location: 'orders/order',
      ignoreFirstLineAsHeader: 'true',
    },
    body: `id,note\n${numbers.map(index => `${index},${'-'.repeat(30)}\n`).join('')}`,
    result: declared,
  },
  {
    task: 'data-store-selection',
    step: 'select',
    properties: { storageName: 'S', visibility: 'global', maxresults: '10' },
    body: '',
    result: `<?xml version="1.0" encoding="UTF-8"?>\n<messages><message id="1">${orders}</message></messages>`,
  },
  {
    task: 'enrich',
    step: 'contentEnricherWithLookup',
    properties: {
      enrichmentType: 'xmlLookupAggregation',
      originalMessageNodePath: '/orders/order',
      originalMessageKeyElement: 'id',
      resourceMessageNodePath: '/notes/note[@for = $at]',
      resourceMessageKeyElement: 'of',
    },
    body: orders,
    around: { receiverReplies: '<notes><note for="7"><of>3</of></note><note><of>4</of></note></notes>' },
    result: declared.replace('<id>3</id>', '<id>3</id><note for="7"><of>3</of></note>'),
  },
  {
    task: 'filter',
    step: 'Filter',
    properties: { wrapContent: '//order[id = $at]/id', xpathType: 'String' },
    body: orders,
    result: '7',
  },
  {
    task: 'filter',
    step: 'Filter',
    properties: { wrapContent: '//order[id = $at]', xpathType: 'Boolean' },
    body: orders,
    result: 'true',
  },
  {
    task: 'json-to-xml',
    step: 'JsonToXmlConverter',
    properties: {},
    body: JSON.stringify({ orders: { order: numbers.map(id => ({ id })) } }, undefined, 2),
    result: declared,
  },
  {
    task: 'merge-at-path',
    step: 'Gather',
    properties: {
      aggregationAlgorithm: 'xpath-merge-strategy',
      sourceXPath: '/orders/order',
      targetXPath: '/orders',
    },
    body: orders,
    result: declared,
  },
  {
    task: 'message-mapping',
    step: 'MessageMapping',
    properties: { mappinguri: 'dir://mmap/src/main/resources/mapping/orders.mmap' },
    body: orders,
    result: declared.replaceAll("'", '"'),
  },
  {
    task: 'mime-multipart-decode',
    step: 'MIME Multipart Message Decode',
    properties: { MultipartHeadersInline: 'true' },
    body: `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n${large}\r\n--b--\r\n`,
    result: large,
  },
  {
    task: 'mime-multipart-encode',
    step: 'MIME Multipart Message Encode',
    properties: { MultipartAddHeadersInline: 'true' },
    body: large,
    // What the random numbers of the fake world make of it.
    result: [
      'Message-ID: <ca16810c0b4193639d9a84fe34bc5ca6>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="----=_Part_f3c9ebfd2b30f05c70710a2ebd22e0b2"',
      '',
      '------=_Part_f3c9ebfd2b30f05c70710a2ebd22e0b2',
      'Content-Type: application/octet-stream',
      'Content-Transfer-Encoding: binary',
      '',
      large,
      '------=_Part_f3c9ebfd2b30f05c70710a2ebd22e0b2--',
      '',
    ].join('\r\n'),
  },
  {
    task: 'multi-mapping',
    step: 'Gather',
    properties: { aggregationAlgorithm: 'sap-identical-multi-mapping' },
    body: orders,
    result: multiMapping(orders),
  },
  {
    task: 'xml-to-csv',
    step: 'XmlToCsvConverter',
    properties: { XPath_Field_Location: '/orders/order' },
    body: orders,
    result: numbers.map(index => `${index}\n`).join(''),
  },
  {
    task: 'xml-to-json',
    step: 'XmlToJsonConverter',
    properties: {},
    body: orders,
    result: JSON.stringify({ orders: { order: numbers.map(index => ({ id: `${index}` })) } }),
  },
  {
    task: 'xml-validator',
    step: 'XmlValidator',
    properties: { xsd: '/xsd/orders.xsd' },
    body: orders,
    result: orders,
  },
  {
    task: 'xpath-condition',
    step: 'ExclusiveGateway',
    properties: {},
    body: orders,
    around: {
      routes: [
        { condition: 'count(//order) = 0', expressionType: 'XML', body: 'first' },
        { condition: '//order/id = $at', expressionType: 'XML', body: 'second' },
        { body: 'default' },
      ],
    },
    result: 'second',
  },
  {
    task: 'xpath-condition',
    step: 'LoopingProcess',
    properties: { processId: 'Local', expressionType: 'XML' },
    body: orders,
    around: { loop: { condition: 'count(//order) = 0', maximum: 9 }, localBody: '${in.body}' },
    result: orders,
  },
  {
    task: 'xpath-values',
    step: 'Enricher',
    properties: {
      propertyTable: row('count', 'count(//order)') + row('last', '//order[last()]/id'),
      bodyType: 'expression',
      wrapContent: '${property.count} ${property.last}',
    },
    body: orders,
    result: `${count} ${count - 1}`,
  },
]

const processes = openHeavyWork()
after(() => processes.close())

test('every task is among the cases', () => {
  assert.deepEqual(
    heavyTasks.map(task => task.name),
    [...new Set(cases.map(({ task }) => task))],
  )
})

for (const { task, step, properties, body, around, result: expected } of cases) {
  test(`${step} leaves a large body to a process, with the same result`, async () => {
    const asked: string[] = []
    const heavyWork = {
      run: <Input, Output>(heavy: HeavyTask<Input, Output>, input: Input) => {
        asked.push(heavy.name)
        return processes.run(heavy, input)
      },
    }
    const { result } = await runFlow(exampleFlow(step, { title: '', properties, ...around }), {
      message: message({ body, properties: { at: '7' } }),
      ports: { ...fakePorts({ dataStores: { 'global/S/1': orders } }), heavyWork },
      resources: { 'xsd/orders.xsd': schema, 'schema/orders.xsd': schema, 'mapping/orders.mmap': mapping },
    })
    assert.equal(result.failure, undefined)
    assert.ok(result.exchange.body.text() === expected, `found ${result.exchange.body.text().slice(0, 200)}`)
    assert.deepEqual(asked, [task])
  })
}

test('a failure of the content arrives with its code and step', async t => {
  const heavyWork = openHeavyWork()
  t.after(() => heavyWork.close())
  const { result } = await runFlow(exampleFlow('JsonToXmlConverter', { title: '' }), {
    message: message({ body: `{"a": "${'x'.repeat(300_000)}` }),
    ports: { ...fakePorts(), heavyWork },
  })
  assert.equal(result.failure?.code, 'not-json')
  assert.equal(result.failure?.stepId, 'Step')
})

test('work that takes too long fails the message', async t => {
  const heavyWork = openHeavyWork({ timeoutMs: 1 })
  t.after(() => heavyWork.close())
  const { result } = await runFlow(exampleFlow('XmlToJsonConverter', { title: '' }), {
    message: message({ body: orders }),
    ports: { ...fakePorts(), heavyWork },
  })
  assert.equal(result.failure?.code, 'work-limit')
  assert.equal(Body.of(orders).text(), result.exchange.body.text())
})
