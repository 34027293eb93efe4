import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellOf, readRows, withCell, withMovedRow, withNewRow, writeRows } from './table-rows.ts'

const odd = `<row ><cell id="Name"> a&#39;b </cell>\n<cell id='Other'/></row>`
const plain = `<row><cell id='Action'>Create</cell><cell id='Name'>x</cell></row>`

test('writes rows that were not changed as they were, and those that were as the original does', () => {
  const { rows } = readRows(odd + plain)
  assert.equal(writeRows(rows), odd + plain)
  const [first, second] = rows
  assert.ok(first && second)
  assert.equal(
    writeRows([first, withCell(second, 'Name', 1, `<a b="c">'&`)]),
    `${odd}<row><cell id='Action'>Create</cell><cell id='Name'>&lt;a b=&quot;c&quot;&gt;&apos;&amp;</cell></row>`,
  )
  assert.equal(withCell(first, 'Name', 0, " a'b "), first)
})

test('adds a cell that a row lacks', () => {
  const [row] = readRows(plain).rows
  assert.ok(row)
  const changed = withCell(row, 'Type', 2, 'xpath')
  assert.equal(writeRows([changed]), plain.replace('</row>', `<cell id='Type'>xpath</cell></row>`))
  assert.deepEqual([cellOf(changed, 'Type', 2), cellOf(changed, 'Value', 3)], ['xpath', ''])
})

test('goes by position where cells have no ids', () => {
  const [row] = readRows('<row><cell>a</cell></row>').rows
  assert.ok(row)
  assert.equal(cellOf(row, '', 0), 'a')
  assert.equal(
    writeRows([withCell(withCell(row, '', 0, 'b'), '', 2, 'c')]),
    '<row><cell>b</cell><cell></cell><cell>c</cell></row>',
  )
})

test('makes a row like the last one, or else of the columns', () => {
  const columns = ['Action', 'Name'].map(id => ({ id }))
  assert.equal(
    writeRows(withNewRow(readRows(odd).rows, columns, { Name: 'n' })),
    `${odd}<row><cell id='Name'>n</cell><cell id='Other'></cell></row>`,
  )
  assert.equal(writeRows(withNewRow([], columns)), `<row><cell id='Action'></cell><cell id='Name'></cell></row>`)
  assert.equal(writeRows(withNewRow([], [{ id: '' }])), '<row><cell></cell></row>')
  const headers = ['Action', 'Name', 'Type', 'Value', 'Datatype', 'Default'].map(id => ({ id }))
  assert.deepEqual(
    withNewRow([], headers)[0]?.cells.map(({ id }) => id),
    ['Action', 'Type', 'Value', 'Default', 'Name', 'Datatype'],
  )
})

test('moves a row, but not out of the table', () => {
  const { rows } = readRows(['a', 'b', 'c'].map(text => `<row><cell>${text}</cell></row>`).join(''))
  const order = (from: number, to: number) =>
    withMovedRow(rows, from, to)
      .map(row => cellOf(row, '', 0))
      .join('')
  assert.deepEqual([order(0, 1), order(2, 0), order(0, -1), order(2, 3)], ['bac', 'cab', 'abc', 'abc'])
})

test('says what keeps a value from being a table', () => {
  assert.match(readRows('{{schedule}}').problem ?? '', /Expected <row>/)
})
