import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml, XML_LIMITS, type XmlElement } from './xml-tree.ts'

function parsed(text: string): XmlElement {
  const { root, diagnostics } = parseXml(text, 'a.xml')
  assert.deepEqual(diagnostics, [])
  assert.ok(root)
  return root
}

test('knows where every element and its content stand', () => {
  const text =
    '\ufeff<?xml version="1.0"?>\r\n<!-- < --><a\n  x=">">\u{1f600}<b/>t&amp;<c >x<![CDATA[<y>]]></c\n></a >\n'
  const root = parsed(text)
  const [b, c] = root.children
  assert.ok(b && c)
  assert.equal(text.slice(root.start, root.contentStart), '<a\n  x=">">')
  assert.equal(text.slice(root.contentEnd, root.end), '</a >')
  assert.equal(text.slice(b.start, b.end), '<b/>')
  assert.deepEqual([b.contentStart, b.contentEnd], [b.end, b.end])
  assert.equal(text.slice(c.contentStart, c.contentEnd), 'x<![CDATA[<y>]]>')
  assert.equal(text.slice(c.start, c.end), '<c >x<![CDATA[<y>]]></c\n>')
  assert.deepEqual([root.line, b.line, c.line], [2, 3, 3])
  assert.deepEqual([root.text, c.text], ['\u{1f600}t&', 'x<y>'])
})

test('resolves namespaces', () => {
  const root = parsed('<p:a xmlns:p="urn:p" xmlns="urn:d"><b xmlns=""/><c/></p:a>')
  assert.deepEqual(
    [root, ...root.children].map(element => [element.local, element.uri]),
    [
      ['a', 'urn:p'],
      ['b', ''],
      ['c', 'urn:d'],
    ],
  )
})

test('keeps a CR that is written as a character reference and normalises the others', () => {
  assert.equal(parsed('<a>1&#13;\n2\r\n3\r4</a>').text, '1\r\n2\n3\n4')
})

const refused: [string, string, string, number, Partial<typeof XML_LIMITS>?][] = [
  ['nothing', '', 'broken-xml', 1],
  ['an end tag that does not match', '<a>\n<b></a>', 'broken-xml', 2],
  ['an element that is not closed', '<a>\n\n', 'broken-xml', 3],
  ['two roots', '<a/>\n<b/>', 'broken-xml', 2],
  ['an unknown entity', '<a>&nbsp;</a>', 'broken-xml', 1],
  ['an undeclared prefix', '<a>\n<p:b/></a>', 'broken-xml', 2],
  ['a raw control character', '<a>\u0001</a>', 'broken-xml', 1],
  ['a document type', '<!DOCTYPE a>\n<a/>', 'xml-dtd', 1],
  ['an entity declaration', '<!DOCTYPE a [\n<!ENTITY x "y">]><a>&x;</a>', 'xml-dtd', 2],
  ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'xml-dtd', 1],
  ['too much text', '<a>1234567890</a>', 'too-large', 1, { lengthMax: 16 }],
  ['too many elements', '<a><b/>\n<c/></a>', 'too-large', 2, { elementsMax: 2 }],
  ['too deep elements', '<a>\n<b>\n<c/></b></a>', 'too-deep', 3, { depthMax: 2 }],
]

for (const [name, text, code, line, limits] of refused)
  test(`refuses ${name} with ${code}`, () => {
    const { root, diagnostics } = parseXml(text, 'a.xml', { ...XML_LIMITS, ...limits })
    assert.equal(root, undefined)
    assert.deepEqual(
      diagnostics.map(({ code, severity, at }) => ({ code, severity, at })),
      [{ code, severity: 'error', at: { file: 'a.xml', line } }],
    )
    assert.match(diagnostics[0]?.message ?? '', /^Expected .+, found/)
  })
