import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { JsonNames } from '../../formats/json-names.ts'
import { parseXml } from '../../run/xml.ts'
import { type AddedRoot, JsonToXml } from './convert.ts'

const declaration = "<?xml version='1.0' encoding='UTF-8'?>"
const mapped: JsonNames = {
  separator: ':',
  namespaces: new Map([
    ['abc', 'urn:abc'],
    ['xyz', 'urn:xyz'],
  ]),
}
const unmapped: JsonNames = { separator: ':', namespaces: new Map() }
const dropped: JsonNames = { separator: '.', namespaces: undefined }
const root: AddedRoot = { name: 'r:root', namespaces: new Map([['r', 'urn:r']]) }

const conversions: readonly [json: string, names: JsonNames, added: AddedRoot | undefined, xml: string][] = [
  [
    '{"abc:A":{"xyz:B":{"@xyz:attr1":"1","@attr2":"2","$":"valueB"},"C":["c1","c2"],"D":"","E":"e"}}',
    mapped,
    undefined,
    '<abc:A xmlns:abc="urn:abc" xmlns:xyz="urn:xyz"><xyz:B xyz:attr1="1" attr2="2">valueB</xyz:B><C>c1</C><C>c2</C><D/><E>e</E></abc:A>',
  ],
  ['{"abc.A":{"xyz.B":{"@xyz.attr1":"1","$":"b"},"D":""}}', dropped, undefined, '<A><B attr1="1">b</B><D/></A>'],
  ['{"p.A": {"b": 1}}', unmapped, undefined, '<p.A><b>1</b></p.A>'],
  [
    '{"a": {"b": 1e3, "b": -0.10, "c": false, "d": null, "e": [], "f": {}}}',
    unmapped,
    undefined,
    '<a><b>1e3</b><b>-0.10</b><c>false</c><d/><f/></a>',
  ],
  ['{"a": ["<&\\"\\u00fc"]}', unmapped, undefined, '<a>&lt;&amp;"ü</a>'],
  ['{"a": {"@q": "<\\"\\n"}}', unmapped, undefined, '<a q="&lt;&quot;&#10;"/>'],
  ['{}', unmapped, root, '<r:root xmlns:r="urn:r"/>'],
  ['{"a": 1, "a": 2, "$": "t"}', unmapped, root, '<r:root xmlns:r="urn:r"><a>1</a><a>2</a>t</r:root>'],
]

for (const [json, names, added, xml] of conversions) {
  test(`${json} becomes ${xml}`, () => {
    assert.equal(new JsonToXml(json, names, added).convert(), declaration + xml)
  })
}

const refusals: readonly [json: string, added: AddedRoot | undefined, code: string, message: RegExp][] = [
  ['[{"a": 1}]', root, 'conversion', /Expected a JSON object/],
  ['1', undefined, 'conversion', /Expected a JSON object/],
  ['', undefined, 'not-json', /Expected JSON/],
  ['<a/>', undefined, 'not-json', /Expected JSON/],
  ['{"a": 1} x', undefined, 'not-json', /the end/],
  ['{}', undefined, 'conversion', /found none/],
  ['{"a": []}', undefined, 'conversion', /found none/],
  ['{"a": [1, 2]}', undefined, 'conversion', /found an array of more/],
  ['{"a": 1, "b": 2}', undefined, 'conversion', /found more/],
  ['{"$": "a"}', undefined, 'conversion', /found text/],
  ['{"@a": 1, "b": 2}', root, 'conversion', /root without attributes/],
  ['{"a": {"b": 1, "@c": 2}}', undefined, 'conversion', /attributes before the other members/],
  ['{"a": {"@c": null}}', undefined, 'conversion', /found null/],
  ['{"a": {"@c": []}}', undefined, 'conversion', /found an array/],
  ['{"a": {"@c": 1, "@c": 2}}', undefined, 'conversion', /found it again/],
  ['{"a": [[1]]}', undefined, 'conversion', /array directly in an array/],
  ['{"first name": 1}', undefined, 'conversion', /found the member "first name"/],
  ['{"p:a": 1}', undefined, 'conversion', /found the member "p:a"/],
  ['{"a": "\\u0001"}', undefined, 'conversion', /control character/],
  ['{"a": "\\ud800"}', undefined, 'conversion', /surrogate/],
]

for (const [json, added, code, message] of refusals) {
  test(`${json || 'an empty body'} is refused${added ? ' with an added root' : ''}`, () => {
    assert.throws(() => new JsonToXml(json, unmapped, added).convert(), { name: 'Failure', code, message })
  })
}

test('whatever comes out is well-formed', () => {
  fc.assert(
    fc.property(fc.json(), json => {
      try {
        parseXml(new JsonToXml(`{"a":${json}}`, dropped, root).convert())
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'conversion')
      }
    }),
  )
})
