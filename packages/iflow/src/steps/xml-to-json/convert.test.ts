import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml } from '../../run/xml.ts'
import { type JsonForm, XmlToJson } from './convert.ts'

const plain: JsonForm = { separator: ':', prefixes: new Map(), arrays: 'found', withoutRoot: false }
const abc =
  '<n1:A xmlns:n1="urn:abc" xmlns:n2="urn:xyz">\n <n2:B n2:a="1" b="2">v</n2:B>\n <C>1</C>\n <C>2</C><D/></n1:A>'
const siblings = '<root><A>a</A><B>b1</B><B>b2</B><C>c</C></root>'
const apart = '<root><a>A1</a><b>B</b><a>A2</a></root>'

const conversions: readonly [xml: string, form: Partial<JsonForm>, json: string][] = [
  [
    abc,
    {
      prefixes: new Map([
        ['urn:abc', 'abc'],
        ['urn:xyz', 'xyz'],
      ]),
    },
    '{"abc:A":{"xyz:B":{"@xyz:a":"1","@b":"2","$":"v"},"C":["1","2"],"D":""}}',
  ],
  [abc, { separator: '.' }, '{"n1.A":{"n2.B":{"@n2.a":"1","@b":"2","$":"v"},"C":["1","2"],"D":""}}'],
  [abc, { prefixes: undefined }, '{"A":{"B":{"@a":"1","@b":"2","$":"v"},"C":["1","2"],"D":""}}'],
  ['<A xmlns="urn:x">v</A>', { arrays: new Set() }, '{"A":"v"}'],
  ['<A xmlns="urn:x">v</A>', { prefixes: undefined }, '{"A":"v"}'],
  [siblings, {}, '{"root":{"A":"a","B":["b1","b2"],"C":"c"}}'],
  [siblings, { arrays: 'all' }, '{"root":[{"A":["a"],"B":["b1","b2"],"C":["c"]}]}'],
  [siblings, { arrays: 'all', withoutRoot: true }, '{"A":["a"],"B":["b1","b2"],"C":["c"]}'],
  [siblings, { arrays: new Set(['root/A', 'root/B']) }, '{"root":{"A":["a"],"B":["b1","b2"],"C":"c"}}'],
  [siblings, { arrays: new Set(['root/A']) }, '{"root":{"A":["a"],"B":"b1","B":"b2","C":"c"}}'],
  [siblings, { arrays: new Set(['root']) }, '{"root":[{"A":"a","B":"b1","B":"b2","C":"c"}]}'],
  [
    abc,
    { arrays: new Set(['A/n2:B', 'n1:A/C', 'A/D']) },
    '{"n1:A":{"n2:B":[{"@n2:a":"1","@b":"2","$":"v"}],"C":["1","2"],"D":[""]}}',
  ],
  [apart, {}, '{"root":{"a":["A1","A2"],"b":"B"}}'],
  [apart, { arrays: new Set(['root/a']) }, '{"root":{"a":["A1"],"b":"B","a":["A2"]}}'],
  ['<A>m1<B>b</B>m2</A>', {}, '{"A":{"B":"b","$":"m1m2"}}'],
  ['<A>m1<B>b</B>m2</A>', { arrays: new Set() }, '{"A":{"$":"m1","B":"b","$":"m2"}}'],
  ['<A> </A>', {}, '{"A":" "}'],
  ['<A b="1"/>', {}, '{"A":{"@b":"1"}}'],
  ['<A>x<!-- c --><![CDATA["<]]><?pi?></A>', {}, '{"A":"x\\"<"}'],
  ['<root>v</root>', { withoutRoot: true }, '"v"'],
  ['<root/>', { withoutRoot: true }, '""'],
]

for (const [xml, form, json] of conversions) {
  const arrays = form.arrays instanceof Set ? [...form.arrays].join(' and ') || 'none' : (form.arrays ?? 'found')
  test(`${xml} with arrays ${arrays} becomes ${json}`, () => {
    assert.equal(new XmlToJson({ ...plain, ...form }).convert(parseXml(xml)), json)
  })
}

test('a default namespace that has no JSON prefix is a failure unless arrays are told in advance', () => {
  assert.throws(() => new XmlToJson(plain).convert(parseXml('<A xmlns="urn:x"/>')), { code: 'conversion' })
})
