import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Body, type HeavyTask } from '@sluice/iflow'
import { heavyTasks } from '@sluice/iflow/heavy-tasks'
import { exampleFlow, fakePorts, mappingSource, mappingText, message, runFlow } from '@sluice/iflow/testing'
import { openHeavyWork } from './heavy-work.ts'

const count = 20_000
const numbers = Array.from({ length: count }, (_, index) => index)
const orders = `<orders>${numbers.map(index => `<order><id>${index}</id></order>`).join('')}</orders>`
const schema = `<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="orders"><complexType><sequence>
  <element name="order" maxOccurs="unbounded"><complexType><sequence><element name="id"/></sequence></complexType></element>
  </sequence></complexType></element></schema>`

const structure = { kind: 'xsd', file: 'orders.xsd', root: 'orders' } as const
const mapping = mappingText({
  sources: [structure],
  targets: [structure],
  fields: { '/orders/order': mappingSource('/orders/order'), '/orders/order/id': mappingSource('/orders/order/id') },
})

interface Case {
  readonly task: string
  readonly step: string
  readonly properties: Readonly<Record<string, string>>
  readonly body: string
  readonly result: string
}

const declared = `<?xml version='1.0' encoding='UTF-8'?>${orders}`
const cases: readonly Case[] = [
  {
    task: 'csv-to-xml',
    step: 'CsvToXmlConverter',
    properties: {
      XML_Schema_File_Path: 'xsd/orders.xsd',
      XPath_Field_Location: 'orders/order',
      ignoreFirstLineAsHeader: 'true',
    },
    body: `id,note\n${numbers.map(index => `${index},${'-'.repeat(10)}\n`).join('')}`,
    result: declared,
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
    task: 'message-mapping',
    step: 'MessageMapping',
    properties: { mappinguri: 'dir://mmap/src/main/resources/mapping/orders.mmap' },
    body: orders,
    result: declared.replaceAll("'", '"'),
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
]

test('every task is among the cases', () => {
  assert.deepEqual(
    heavyTasks.map(task => task.name),
    [...new Set(cases.map(({ task }) => task))],
  )
})

for (const { task, step, properties, body, result: expected } of cases) {
  test(`${step} leaves a large body to a process, with the same result`, async t => {
    const processes = openHeavyWork()
    t.after(() => processes.close())
    const asked: string[] = []
    const heavyWork = {
      run: <Input, Output>(heavy: HeavyTask<Input, Output>, input: Input) => {
        asked.push(heavy.name)
        return processes.run(heavy, input)
      },
    }
    const { result } = await runFlow(exampleFlow(step, { title: '', properties }), {
      message: message({ body, properties: { at: '7' } }),
      ports: { ...fakePorts(), heavyWork },
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
