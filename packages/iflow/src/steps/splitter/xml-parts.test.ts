import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseElementPath } from './element-path.ts'
import { splitXml } from './xml-parts.ts'

function partsOf(pieces: Iterable<string>, source: string, keepsEnvelope: boolean, group = 1): string[] {
  const parsed = parseElementPath(source, new Map())
  assert.ok('path' in parsed)
  const parts = [...splitXml(pieces, { path: parsed.path, group, keepsEnvelope })]
  return parts
    .filter(part => part !== undefined)
    .map(part => part.replace("<?xml version='1.0' encoding='UTF-8'?>", '?'))
}

const envelopes = [
  {
    title: 'what stands before the first element and the end tags around it',
    xml: '<?xml version="1.0"?>\n<c no="1">\n <n>P &amp; S</n>\n <o id="1">x</o>\n <o id="2"/>\n <e/></c>',
    path: '/c/o',
    parts: ['?<c no="1">\n <n>P &amp; S</n>\n <o id="1">x</o></c>', '?<c no="1">\n <n>P &amp; S</n>\n <o id="2"/></c>'],
  },
  {
    title: 'nothing that stands between two elements',
    xml: '<r><i>1</i><x/><i>2</i></r>',
    path: '/r/i',
    parts: ['?<r><i>1</i></r>', '?<r><i>2</i></r>'],
  },
  {
    title: 'elements that stand before those of the path',
    xml: '<r><s><p><i>1</i></p><q><i>2</i><i>3</i></q></s></r>',
    path: '//q/i',
    parts: ['?<r><s><p><i>1</i></p><q><i>2</i></q></s></r>', '?<r><s><p><i>1</i></p><q><i>3</i></q></s></r>'],
  },
  {
    title: 'the parents of the first element, as documented for relative paths',
    xml: '<r><s><p><i>1</i></p><q><i>2</i></q></s></r>',
    path: '//i',
    parts: ['?<r><s><p><i>1</i></p></s></r>', '?<r><s><p><i>2</i></p></s></r>'],
  },
  {
    title: 'namespaces of other parents',
    xml: '<r xmlns:a="urn:a"><p><i/></p><q xmlns:b="urn:b"><i b:x="a:1"/></q></r>',
    path: '//i',
    parts: ['?<r xmlns:a="urn:a"><p><i/></p></r>', '?<r xmlns:a="urn:a"><p><i b:x="a:1" xmlns:b="urn:b"/></p></r>'],
  },
]

for (const { title, xml, path, parts } of envelopes) {
  test(`the envelope of a part is ${title}`, () => assert.deepEqual(partsOf([xml], path, true), parts))
}

const alone = [
  { title: 'none to be inherited', xml: '<r><i>1</i></r>', parts: ['<i xmlns="">1</i>'] },
  { title: 'one of its own', xml: '<r xmlns="urn:r"><i xmlns="urn:i"/></r>', parts: ['<i xmlns="urn:i"/>'] },
  {
    title: 'inherited ones',
    xml: '<r xmlns="urn:r" xmlns:a="u&amp;a"><i/></r>',
    parts: ['<i xmlns="urn:r" xmlns:a="u&amp;a"/>'],
  },
  { title: 'one undone', xml: '<r xmlns="urn:r"><s xmlns=""><i /></s></r>', parts: ['<i  xmlns=""/>'] },
]

for (const { title, xml, parts } of alone) {
  test(`an element alone has its namespaces: ${title}`, () => assert.deepEqual(partsOf([xml], '//i', false), parts))
}

test('groups are filled, but for the last', () => {
  const xml = '<r xmlns="u"><i>1</i><i>2</i><i>3</i></r>'
  assert.deepEqual(partsOf([xml], '/r/i', true, 2), [
    '?<r xmlns="u"><i>1</i><i>2</i></r>',
    '?<r xmlns="u"><i>3</i></r>',
  ])
  assert.deepEqual(partsOf([xml], '/r/i', false, 2), [
    '<group><i xmlns="u">1</i><i xmlns="u">2</i></group>',
    '<group><i xmlns="u">3</i></group>',
  ])
})

test('it does not matter where the text is cut into pieces', () => {
  const xml =
    '\uFEFF<?xml version="1.0"?>\r\n<a:r xmlns:a="urn:a" t=">"><!-- < --><i k="1">\u{1F600}&lt;</i >\r\n<i><![CDATA[</i>]]></i></a:r>\n'
  const whole = partsOf([xml], '//i', true)
  assert.equal(whole.length, 2)
  for (let size = 1; size < 12; size += 1) {
    const pieces = Array.from({ length: Math.ceil(xml.length / size) }, (_, index) =>
      xml.slice(index * size, (index + 1) * size),
    )
    assert.deepEqual(partsOf(pieces, '//i', true), whole)
    assert.deepEqual(partsOf(pieces, '//i', false), partsOf([xml], '//i', false))
  }
})

const refused = [
  { title: 'text behind the parts that is not XML', xml: '<r><i/><j></r>' },
  { title: 'a text that ends too early', xml: '<r><i/>' },
  { title: 'nothing', xml: '' },
  { title: 'a document type', xml: '<!DOCTYPE r [<!ENTITY x "y">]><r><i>&x;</i></r>' },
  { title: 'an unknown entity', xml: '<r><i>&x;</i></r>' },
  { title: 'elements that are too deep', xml: `${'<i>'.repeat(1_001)}${'</i>'.repeat(1_001)}` },
]

for (const { title, xml } of refused) {
  test(`refused: ${title}`, () => {
    assert.throws(() => partsOf([xml], '//i', true), { name: 'Failure', code: 'not-well-formed' })
  })
}
