import assert from 'node:assert/strict'
import { test } from 'node:test'
import { envelopeOf, structureOf } from './index.ts'
import type { StructureNode } from './structure.ts'

type Files = Readonly<Record<string, string>>

const xsd = (content: string, attributes = 'targetNamespace="urn:a" xmlns="urn:a"') =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${attributes}>${content}</xs:schema>`
const complex = (content: string) => `<xs:complexType><xs:sequence>${content}</xs:sequence></xs:complexType>`
const wsdl = (content: string) =>
  `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t">${content}</w:definitions>`

/** `{uri}name` with `@` for attributes, occurrence unless it is 1..1, `#` for what JSON writes bare, children in brackets. */
function show(node: StructureNode, depth = 0): string {
  const uri = node.uri === '' ? '' : `{${node.uri}}`
  const max = node.maxOccurs === Number.POSITIVE_INFINITY ? 'n' : node.maxOccurs
  const occurs = node.minOccurs === 1 && max === 1 ? '' : ` ${node.minOccurs}..${max}`
  const children = depth > 2 ? [] : node.children().map(child => show(child, depth + 1))
  const below = children.length === 0 ? '' : `(${children.join(', ')})`
  return `${node.isAttribute ? '@' : ''}${uri}${node.local}${node.json === 'bare' ? '#' : ''}${occurs}${below}`
}

function structure(kind: string, files: Files, root: string, namespace = '') {
  const encoder = new TextEncoder()
  const read = (path: string) => (files[path] === undefined ? undefined : encoder.encode(files[path]))
  const file = Object.keys(files)[0] ?? 'none'
  return structureOf({ kind, file, root, namespace, minOccurs: 1, maxOccurs: 1 }, read)
}

const edmx = (types: string, sets: string) =>
  `<edmx:Edmx xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"><edmx:DataServices><Schema Namespace="shop" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">${types}<EntityContainer Name="c">${sets}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`

const cases: readonly [title: string, kind: string, files: Files, root: string, namespace: string, shown: string][] = [
  [
    'local elements and attributes have no namespace unless the schema says so',
    'xsd',
    {
      'a.xsd': xsd(
        `<xs:element name="A"><xs:complexType><xs:sequence><xs:element name="B"/><xs:element name="C" form="qualified"/></xs:sequence><xs:attribute name="d"/></xs:complexType></xs:element>`,
      ),
    },
    'A',
    'urn:a',
    '{urn:a}A(@d 0..1, B, {urn:a}C)',
  ],
  [
    'form defaults qualify local names',
    'xsd',
    {
      'a.xsd': xsd(
        `<xs:element name="A"><xs:complexType><xs:sequence><xs:element name="B"/><xs:element name="C" form="unqualified"/></xs:sequence><xs:attribute name="d" use="required"/></xs:complexType></xs:element>`,
        'targetNamespace="urn:a" elementFormDefault="qualified" attributeFormDefault="qualified"',
      ),
    },
    'A',
    'urn:a',
    '{urn:a}A(@{urn:a}d, {urn:a}B, C)',
  ],
  [
    'groups multiply what is in them, a choice makes it optional',
    'xsd',
    {
      'a.xsd': xsd(
        `<xs:group name="G"><xs:sequence maxOccurs="2"><xs:element name="B" maxOccurs="3"/></xs:sequence></xs:group><xs:attributeGroup name="H"><xs:attribute name="h"/></xs:attributeGroup><xs:element name="A"><xs:complexType><xs:sequence><xs:group ref="G" minOccurs="0"/><xs:choice maxOccurs="unbounded"><xs:element name="C"/><xs:element name="D"/></xs:choice></xs:sequence><xs:attributeGroup ref="H"/></xs:complexType></xs:element>`,
      ),
    },
    'A',
    '',
    '{urn:a}A(@h 0..1, B 0..6, C 0..n, D 0..n)',
  ],
  [
    'an extension adds to its base, a restriction repeats what it keeps',
    'xsd',
    {
      'a.xsd': xsd(
        `<xs:complexType name="Base"><xs:sequence><xs:element name="B"/><xs:element name="C"/></xs:sequence><xs:attribute name="b"/></xs:complexType><xs:complexType name="More"><xs:complexContent><xs:extension base="Base"><xs:sequence><xs:element name="D"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="Less"><xs:complexContent><xs:restriction base="Base"><xs:sequence><xs:element name="B"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType><xs:element name="A">${complex('<xs:element name="M" type="More"/><xs:element name="L" type="Less"/>')}</xs:element>`,
      ),
    },
    'A',
    '',
    '{urn:a}A(M(@b 0..1, B, C, D), L(@b 0..1, B))',
  ],
  [
    'texts may have attributes',
    'xsd',
    {
      'a.xsd': xsd(
        `<xs:element name="A"><xs:complexType><xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="unit"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>`,
      ),
    },
    'A',
    '',
    '{urn:a}A(@unit 0..1)',
  ],
  [
    'a type may contain itself',
    'xsd',
    {
      'a.xsd': xsd(
        `<xs:complexType name="T"><xs:sequence><xs:element name="T" type="T" minOccurs="0"/></xs:sequence></xs:complexType><xs:element name="A" type="T"/>`,
      ),
    },
    'A',
    '',
    '{urn:a}A(T 0..1(T 0..1(T 0..1)))',
  ],
  [
    'groups and types that contain themselves end where they begin again',
    'xsd',
    {
      'a.xsd': xsd(
        `<xs:group name="G"><xs:sequence><xs:element name="B"/><xs:group ref="G"/><xs:group ref="G"/></xs:sequence></xs:group><xs:complexType name="T"><xs:complexContent><xs:extension base="T"><xs:group ref="G"/></xs:extension></xs:complexContent></xs:complexType><xs:element name="A" type="T"/>`,
      ),
    },
    'A',
    '',
    '{urn:a}A(B)',
  ],
  [
    'an included schema without a namespace takes that of the one that includes it, an imported one has its own',
    'xsd',
    {
      'in/a.xsd': xsd(
        `<xs:include schemaLocation="../parts/p.xsd"/><xs:import namespace="urn:b" schemaLocation="elsewhere/b.xsd"/><xs:element name="A">${complex('<xs:element ref="P"/><xs:element ref="b:B" maxOccurs="5"/>')}</xs:element>`,
        'targetNamespace="urn:a" xmlns="urn:a" xmlns:b="urn:b"',
      ),
      'parts/p.xsd': xsd(
        `<xs:element name="P" type="Q"/><xs:complexType name="Q"><xs:all><xs:element name="R"/></xs:all></xs:complexType>`,
        '',
      ),
      'in/b.xsd': xsd(`<xs:element name="B"/>`, 'targetNamespace="urn:b"'),
    },
    'A',
    'urn:a',
    '{urn:a}A({urn:a}P(R), {urn:b}B 1..5)',
  ],
  [
    'a WSDL has schemas that refer to each other',
    'wsdl',
    {
      'a.wsdl': wsdl(
        `<w:types>${xsd(`<xs:element name="A">${complex('<xs:element name="B" type="t:B"/>')}</xs:element>`, 'targetNamespace="urn:a"')}${xsd(`<xs:complexType name="B"><xs:sequence><xs:element name="C"/></xs:sequence></xs:complexType>`, 'targetNamespace="urn:t"')}</w:types>`,
      ),
    },
    'A',
    'urn:a',
    '{urn:a}A(B(C))',
  ],
  [
    'a message of a WSDL is the element of its part',
    'wsdl',
    {
      'a.wsdl': wsdl(
        `<w:types>${xsd('<xs:element name="A"/>', 'targetNamespace="urn:t"')}</w:types><w:message name="Send"><w:part name="body" element="t:A"/></w:message>`,
      ),
    },
    'Send',
    'urn:t',
    '{urn:t}A',
  ],
  [
    'a Swagger request and composed schemas',
    'json',
    {
      'a.json': JSON.stringify({
        swagger: '2.0',
        paths: { '/a': { post: { parameters: [{ in: 'body', schema: { $ref: '#/definitions/A' } }] } } },
        definitions: {
          Base: { properties: { id: { type: 'integer' } }, required: ['id'] },
          A: {
            allOf: [
              { $ref: '#/definitions/Base' },
              { properties: { tags: { type: 'array', items: {} }, ok: { type: 'boolean' } } },
            ],
          },
        },
      }),
    },
    '/a__$delim$__POST__$delim$__Request',
    '',
    '__$$DuMmY_RoOt$$__(id#, tags 0..n, ok# 0..1)',
  ],
  [
    'an entity set of OData V2 holds its entities, navigation holds those that it leads to',
    'edmx',
    {
      'a.edmx': edmx(
        `<EntityType Name="Order"><Property Name="Id" Type="Edm.String"/><Property Name="To" Type="shop.Address"/><NavigationProperty Name="Items" Relationship="shop.OrderItems" FromRole="o" ToRole="i"/></EntityType><EntityType Name="Item"><Property Name="No" Type="Edm.Int32"/><NavigationProperty Name="Order" Relationship="shop.OrderItems" FromRole="i" ToRole="o"/></EntityType><ComplexType Name="Address"><Property Name="City" Type="Edm.String"/></ComplexType><Association Name="OrderItems"><End Role="o" Type="shop.Order" Multiplicity="1"/><End Role="i" Type="shop.Item" Multiplicity="*"/></Association>`,
        '<EntitySet Name="Orders" EntityType="shop.Order"/>',
      ),
    },
    'Orders',
    '',
    'Orders 0..1(Order 0..n(Id 0..1, To 0..1(City 0..1), Items 0..1(Item 0..n)))',
  ],
  [
    'an entity type of OData V4 with a base type, by its own name',
    'edmx',
    {
      'a.edmx': edmx(
        `<EntityType Name="Item"><Property Name="No" Type="Edm.Int32"/></EntityType><EntityType Name="Base"><Property Name="Id" Type="Edm.String"/></EntityType><EntityType Name="Order" BaseType="shop.Base"><NavigationProperty Name="Items" Type="Collection(shop.Item)"/><NavigationProperty Name="First" Type="shop.Item"/></EntityType>`,
        '',
      ),
    },
    'Order',
    '',
    'Order 0..1(Order 0..n(Id 0..1, Items 0..1(Item 0..n), First 0..1(Item 0..1)))',
  ],
]

for (const [title, kind, files, root, namespace, shown] of cases) {
  test(title, () => {
    const found = structure(kind, files, root, namespace)
    assert.equal('problem' in found ? found.problem : show(found), shown)
  })
}

const broken: readonly [string, string, Files, string][] = [
  ['a file that is missing', 'xsd', {}, 'Expected none for the structure of a message, found none'],
  [
    'a kind that is not read',
    'avro',
    { 'a.avsc': '{}' },
    'Expected a structure from XSD, WSDL, OpenAPI or EDMX, found "avro"',
  ],
  [
    'an entity set that is missing',
    'edmx',
    { 'a.edmx': edmx('', '') },
    'Expected entity set "A" in a.edmx, found none',
  ],
  ['an element that is missing', 'xsd', { 'a.xsd': xsd('') }, 'Expected element "A" in a.xsd, found none'],
  ['an operation that is missing', 'json', { 'a.json': '{}' }, 'Expected A in the OpenAPI description, found none'],
  ['text that is not JSON', 'json', { 'a.json': '{' }, 'Expected an OpenAPI description in JSON, found something else'],
]

for (const [title, kind, files, problem] of broken) {
  test(`${title} is a problem`, () => {
    const found = structure(kind, files, 'A')
    assert.equal('problem' in found ? found.problem : '', problem)
  })
}

test('messages stand in an envelope in their order', () => {
  const one = structure('xsd', { 'a.xsd': xsd('<xs:element name="A"/>') }, 'A')
  assert.ok(!('problem' in one))
  const link = {
    kind: 'xsd',
    file: 'a.xsd',
    root: 'A',
    namespace: '',
    minOccurs: 0,
    maxOccurs: Number.POSITIVE_INFINITY,
  }
  const uri = '{http://sap.com/xi/XI/SplitAndMerge}'
  assert.equal(
    show(
      envelopeOf([
        { link, root: one },
        { link: { ...link, minOccurs: 1, maxOccurs: 1 }, root: one },
      ]),
    ),
    `${uri}Messages(${uri}Message1({urn:a}A 0..n), ${uri}Message2({urn:a}A))`,
  )
})
