import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CsvForm, csvToXml } from './convert.ts'
import { findRecordShape } from './schema.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function schema(content: string, attributes = ''): Uint8Array {
  return bytesOf(
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" ${attributes}>${content}</xs:schema>`,
  )
}

const types = `
  <xs:annotation><xs:documentation>x</xs:documentation></xs:annotation>
  <xs:element name="root" type="t:Root"/>
  <xs:complexType name="Root"><xs:sequence><xs:element name="rows"><xs:complexType><xs:sequence>
    <xs:element ref="t:row"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:element name="row" type="t:Row"/>
  <xs:complexType name="Row"><xs:complexContent><xs:extension base="t:Base"><xs:choice><xs:element name="c"/>
    <xs:group ref="t:more"/></xs:choice><xs:attribute name="no"/></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Base"><xs:all><xs:element name="a"/><xs:element ref="t:b"/></xs:all></xs:complexType>
  <xs:group name="more"><xs:sequence><xs:element name="d"/><xs:group ref="t:more"/></xs:sequence></xs:group>
  <xs:element name="b"/>`

test('named types, references, groups and extensions are followed', () => {
  assert.deepEqual(findRecordShape(schema(types, 'targetNamespace="urn:t"'), '/t:root/t:rows/t:row'), {
    path: ['root', 'rows', 'row'],
    fields: ['a', 'b', 'c', 'd'],
    namespace: 'urn:t',
    isQualified: false,
  })
})

for (const [what, bytes, path] of [
  ['an element that the schema lacks', schema(types), 'root/nothing'],
  ['an empty path', schema(types), '/'],
  ['an element without elements', schema(types), 'b'],
  ['another document', bytesOf('<a/>'), 'a'],
  ['something other than XML', bytesOf('a'), 'a'],
] as const) {
  test(`${what} is a problem`, () => {
    assert.ok('problem' in findRecordShape(bytes, path))
  })
}

const shape = { path: ['root', 'rows', 'row'], fields: ['a', 'b'], namespace: '', isQualified: false }
const plain: CsvForm = { separator: ',', header: 'none', marker: '' }

const conversions: readonly [csv: string, form: Partial<CsvForm>, part: Partial<typeof shape>, xml: string][] = [
  ['1,<\n2', {}, {}, '<root><rows><row><a>1</a><b>&lt;</b></row><row><a>2</a></row></rows></root>'],
  ['', {}, {}, '<root><rows></rows></root>'],
  ['b,x, a\n1,2,3', { header: 'named' }, {}, '<root><rows><row><a>3</a><b>1</b></row></rows></root>'],
  ['b,a\n1,3', { header: 'skipped' }, {}, '<root><rows><row><a>1</a><b>3</b></row></rows></root>'],
  ['M,1,2\nN,3,4', { marker: 'M' }, {}, '<root><rows><row><a>1</a><b>2</b></row></rows></root>'],
  ['a,b\nM,1\nN,2', { marker: 'M', header: 'named' }, {}, '<root><rows><row><a>M</a><b>1</b></row></rows></root>'],
  ['1', {}, { namespace: 'urn:t', path: ['r', 'w'] }, '<ns0:r xmlns:ns0="urn:t"><w><a>1</a></w></ns0:r>'],
  ['1', {}, { namespace: 'urn:t', path: ['r', 'w'], isQualified: true }, '<r xmlns="urn:t"><w><a>1</a></w></r>'],
  ['1', {}, { path: ['w'] }, '<w><a>1</a></w>'],
]

for (const [csv, form, part, xml] of conversions) {
  test(`${JSON.stringify(csv)} becomes ${xml}`, () => {
    const converted = csvToXml(csv, { ...plain, ...form }, { ...shape, ...part })
    assert.equal(converted, `<?xml version='1.0' encoding='UTF-8'?>${xml}`)
  })
}

for (const [what, csv, part] of [
  ['a name that XML does not allow', '1', { fields: ['first name'] }],
  ['a control character', '\u0001', {}],
  ['two roots', '1\n2', { path: ['w'] }],
  ['a quote that is not closed', '"1', {}],
] as const) {
  test(`${what} is a failure`, () => {
    assert.throws(() => csvToXml(csv, plain, { ...shape, ...part }), { code: 'conversion' })
  })
}
