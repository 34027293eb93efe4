import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseElementPath } from './element-path.ts'
import { splitXml } from './xml-parts.ts'

const namespaces = new Map([['p', 'urn:p']])

const found: readonly (readonly [path: string, xml: string, elements: readonly string[]])[] = [
  ['/a/b', '<a><b/><c><b/></c><b/></a>', ['<b/>', '<b/>']],
  ['/a/b/', '<a><b/></a>', ['<b/>']],
  ['a/b', '<a><b/></a>', ['<b/>']],
  ['//b', '<a><b/><c><b/></c></a>', ['<b/>', '<b/>']],
  ['//b', '<a><b><b/></b></a>', ['<b><b/></b>']],
  ['//c/b', '<a><b/><c><b/></c></a>', ['<b/>']],
  ['/a//b', '<a><c><d><b/></d></c></a>', ['<b/>']],
  ['/a/*', '<a><b/><c/></a>', ['<b/>', '<c/>']],
  ['/a', '<a/>', ['<a/>']],
  ['/b', '<a><b/></a>', []],
  ['/p:a/b', '<x:a xmlns:x="urn:p"><b/></x:a>', ['<b/>']],
  ['/p:a', '<a/>', []],
  ['/p:a/p:b', '<a xmlns="urn:p"><b/></a>', ['<b/>']],
  ['/a/b', '<a xmlns="urn:p"><b/></a>', ['<b/>']],
  ['//*:b', '<a><q:b xmlns:q="urn:q"/></a>', ['<q:b xmlns:q="urn:q"/>']],
  ['/q:a/b xmlns:q="urn:p"', '<a xmlns="urn:p"><b/></a>', ['<b/>']],
  ['/a/b', '<!-- <b/> --><a><![CDATA[<b/>]]><?b?><b x="&lt;b/>"/></a>', ['<b x="&lt;b/>"/>']],
]

for (const [source, xml, elements] of found) {
  test(`${source} finds ${elements.length} in ${xml}`, () => {
    const parsed = parseElementPath(source, namespaces)
    assert.ok('path' in parsed)
    const parts = [...splitXml([xml], { path: parsed.path, group: 1, keepsEnvelope: false })]
    const bare = parts
      .filter(part => part !== undefined)
      .map(part => part.replace(/ xmlns="[^"]*"| xmlns:x="[^"]*"/g, ''))
    assert.deepEqual(bare, elements)
  })
}

for (const source of ['', '/', '/a[b]', '/a/@id', 'count(//a)', '/a | /b', '/a/b = 1', '///a', '/a/x:b', '/a b']) {
  test(`"${source}" is no path that splitters know`, () => {
    const parsed = parseElementPath(source, namespaces)
    assert.ok('problem' in parsed)
    assert.match(parsed.problem, /^Expected .*, found .*\.$/)
  })
}
