import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseXml } from '../../run/xml.ts'
import { type CsvForm, elementsToCsv, parentToCsv } from './convert.ts'

const plain: CsvForm = { separator: ',', hasHeader: true, hasAttributes: false }

const tables: readonly [rows: string, form: Partial<CsvForm>, csv: string][] = [
  ['<r><a>1</a><b/></r><r><c>2</c><a>3</a></r>', {}, 'a,b,c\n1,,\n3,,2\n'],
  ['<r><a>1</a><a>2</a></r><r><a>3</a></r>', {}, 'a,a\n1,2\n3,\n'],
  ['<r>1</r><r>2;"\n</r>', { separator: ';', hasHeader: false }, '1\n"2;""\n"\n'],
  ['<x:r xmlns:x="urn:x" i="1"><x:a j="2">3</x:a></x:r>', {}, 'a\n3\n'],
  ['<x:r xmlns:x="urn:x" i="1"><x:a j="2">3</x:a></x:r>', { hasAttributes: true }, 'i,j,a\n1,2,3\n'],
  ['<r i="1"/>', { hasAttributes: true }, 'i\n1\n'],
  ['<r><a><b>1</b><b>2</b></a></r>', {}, 'a\n12\n'],
  ['', {}, ''],
]

for (const [rows, form, csv] of tables) {
  test(`${rows || 'nothing'} becomes ${JSON.stringify(csv)}`, () => {
    const elements = parseXml(`<root>${rows}</root>`).documentElement?.children ?? []
    assert.equal(elementsToCsv(elements, { ...plain, ...form }), csv)
  })
}

test('of a parent only what is simple counts, and the document stays as it was', () => {
  const { documentElement: root } = parseXml('<root c="1"><t>x</t><rows><r/></rows></root>')
  assert.ok(root !== null)
  assert.equal(parentToCsv(root, { ...plain, hasAttributes: true }), 'c,t\n1,x\n')
  assert.equal(root.children.length, 2)
})
