import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prepareFlow } from '@sluice/iflow'
import { compileSource, exampleFlow, fakePorts, message, runFlow } from '@sluice/iflow/testing'
import { orderSchema } from './example.ts'

const encoder = new TextEncoder()

/** A schema that includes one file and imports another, in folders. */
const parts = {
  'xsd/Order.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:i="urn:item" xmlns="urn:order" targetNamespace="urn:order" elementFormDefault="qualified">
    <xs:include schemaLocation="parts/types%20of%20order.xsd"/><xs:import namespace="urn:item" schemaLocation="./parts/item.xsd"/>
    <xs:element name="order"><xs:complexType><xs:sequence><xs:element name="id" type="Id"/><xs:element ref="i:item"/></xs:sequence></xs:complexType></xs:element></xs:schema>`,
  'xsd/parts/types of order.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:order">
    <xs:simpleType name="Id"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction></xs:simpleType></xs:schema>`,
  'xsd/parts/item.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:item">
    <xs:element name="item" type="xs:boolean"/></xs:schema>`,
}
const order = (id: string) => `<order xmlns="urn:order"><id>${id}</id><i:item xmlns:i="urn:item">true</i:item></order>`

interface Case {
  readonly title: string
  readonly properties: Readonly<Record<string, string>>
  readonly resources?: Readonly<Record<string, string>>
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  /** What the step says; undefined: it fits. */
  readonly found?: RegExp
}

const simple = { 'xsd/Order.xsd': orderSchema }
const cases: readonly Case[] = [
  { title: 'fits parts of a schema', properties: { xsd: '/xsd/Order.xsd' }, resources: parts, body: order('123') },
  {
    title: 'does not fit a part of a schema',
    properties: { xsd: '/xsd/Order.xsd' },
    resources: parts,
    body: `\n${order('1234')}`,
    found: /^Validation failed for: xsd\/Order\.xsd\nerrors: \[\nline 2: .*maxLength/,
  },
  {
    title: 'no XML',
    properties: { xsd: '/xsd/Order.xsd' },
    body: '<order>',
    found: /\nfatal errors: \[\n.*well-formed/,
  },
  {
    title: 'an entity',
    properties: { xsd: '/xsd/Order.xsd' },
    body: '<!DOCTYPE order [<!ENTITY id SYSTEM "file:///etc/hostname">]><order><id>&id;</id></order>',
    found: /fatal errors: \[\n.*document type/,
  },
  {
    title: 'a declared encoding',
    properties: { xsd: '${header.S}' },
    headers: { S: 'Order' },
    body: '<?xml version="1.0" encoding="ISO-8859-1"?><order><id>é</id></order>',
    found: /'é'/,
  },
  {
    title: 'a schema that a header names',
    properties: { xsd: '${header.S}' },
    headers: { S: 'xsd/Order.xsd' },
    body: '<order/>',
    found: /Missing child/,
  },
  {
    title: 'a schema of a partner',
    properties: { xmlSchemaSource: 'headerOption', headerSource: 'S' },
    headers: { S: 'pd:Shop:Order:Binary' },
    body: '<order/>',
    found: /for: pd:Shop:Order:Binary\n.*\n.*Missing child/,
  },
  {
    title: 'a partner without a schema',
    properties: { xsd: '${header.S}' },
    headers: { S: 'pd:Shop:Away:Binary' },
    body: '<order/>',
    found: /binary parameter "Away"/,
  },
  { title: 'a header that names none', properties: { xsd: '${header.S}' }, body: '<order/>', found: /found nothing/ },
]

const partnerDirectory = {
  binaryParameters: { 'Shop/Order': { contentType: 'xsd', value: encoder.encode(orderSchema) } },
}

for (const { title, properties, resources = simple, body, headers = {}, found } of cases) {
  test(`${title} ${found ? 'fails' : 'passes'}`, async () => {
    const { result } = await runFlow(exampleFlow('XmlValidator', { title: '', properties }), {
      resources,
      message: message({ body, headers }),
      ports: fakePorts({ partnerDirectory }),
    })
    if (found === undefined) assert.equal(result.failure, undefined)
    else assert.match(result.failure?.message ?? '', found)
    assert.equal(result.failure?.code, found && 'validation')
  })
}

test('up to version 2.0 the result is a header, later a property, and one of before is taken away', async () => {
  for (const [componentVersion, place] of [
    ['2.0', 'headers'],
    ['2.1', 'properties'],
  ] as const) {
    const properties = { xsd: '/xsd/Order.xsd', preventException: 'true', componentVersion }
    const flow = exampleFlow('XmlValidator', { title: '', properties })
    const run = async (body: string) => {
      const before = { SAP_XmlValidationResult: 'before' }
      const given = message({ body, headers: before, properties: before })
      const { result } = await runFlow(flow, { resources: simple, message: given })
      assert.equal(result.status, 'COMPLETED')
      return result.exchange[place].get('SAP_XmlValidationResult')
    }
    assert.match(String(await run('<order/>')), /Missing child/)
    assert.match(String(await run('order')), /fatal errors:/)
    assert.equal(await run('<order><id>1</id></order>'), undefined)
  }
})

test('what is wrong is attached to the log', async () => {
  const flow = exampleFlow('XmlValidator', { title: '', properties: { xsd: '/xsd/Order.xsd' } })
  const { result } = await runFlow(flow, { resources: simple, message: message({ body: '<order/>' }) })
  assert.match(result.log.attachments[0]?.body.text() ?? '', /Missing child/)
})

const refused: readonly (readonly [title: string, xsd: string, schema: string, code: string, found: RegExp])[] = [
  ['no schema', '', orderSchema, 'missing-property', /"xsd"/],
  ['a schema that is missing', '/xsd/Away.xsd', orderSchema, 'missing-resource', /xsd\/Away\.xsd/],
  ['a schema that is none', '/xsd/Order.xsd', '<a/>', 'not-ready', /schema/],
  [
    'an import that is missing',
    '/xsd/Order.xsd',
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="file:///etc/hostname"/></xs:schema>',
    'not-ready',
    /etc\/hostname/,
  ],
]
for (const [title, xsd, schema, code, found] of refused) {
  test(`refused: ${title}`, async () => {
    const source = exampleFlow('XmlValidator', { title: '', properties: { xsd } })
    const { plan, diagnostics } = await compileSource(source, { resources: { 'xsd/Order.xsd': schema } })
    const problems = plan ? await prepareFlow(plan, fakePorts()) : diagnostics
    const [problem] = problems.filter(({ severity }) => severity === 'error')
    assert.deepEqual([problem?.code, problem?.at.elementId], [code, 'Step'])
    assert.match(problem?.message ?? '', found)
  })
}
