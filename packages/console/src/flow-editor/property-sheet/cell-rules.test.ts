import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellRule, freshCells } from './cell-rules.ts'
import { withNewRow } from './table-rows.ts'

const columns = ['Action', 'Name', 'Type', 'Value', 'Datatype', 'Default'].map(id => ({
  key: id,
  id,
  label: id,
  doc: '',
}))

function rules(cells: Record<string, string>) {
  const [row] = withNewRow([], columns, cells)
  assert.ok(row)
  return Object.fromEntries(
    columns.map(column => {
      const { isUsed, language } = cellRule(row, column, columns)
      return [column.id, isUsed ? (language ?? 'text') : '']
    }),
  )
}

const text = { Action: 'text', Name: 'text', Type: 'text', Value: 'text', Datatype: '', Default: '' }
const cases: [string, Record<string, string>, Record<string, string>][] = [
  ['a constant', { Action: 'Create', Type: 'constant' }, text],
  ['an expression', { Type: 'expression' }, { ...text, Value: 'simple', Datatype: 'text' }],
  ['an XPath', { Type: 'xpath' }, { ...text, Value: 'xpath', Datatype: 'text' }],
  ['a variable', { Type: 'global persisted variables' }, { ...text, Default: 'text' }],
  ['a deletion', { Action: 'Delete', Type: 'xpath' }, { ...text, Type: '', Value: '' }],
]

for (const [name, cells, expected] of cases)
  test(`knows which cells ${name} uses, and what they hold`, () => {
    assert.deepEqual(rules(cells), expected)
  })

test('leaves other tables alone', () => {
  const [column] = columns
  const [row] = withNewRow([], columns)
  assert.ok(column && row)
  assert.equal(cellRule(row, column, [column]).isUsed, true)
})

test('begins a row with what is usual', () => {
  const choices = (...values: string[]) => values.map(value => ({ value, label: value, doc: '' }))
  assert.deepEqual(
    freshCells([
      { key: 'Action', id: 'Action', label: '', doc: '', choices: choices('Create', 'Delete') },
      { key: 'Type', id: 'Type', label: '', doc: '', choices: choices('expression', 'constant') },
      { key: 'Name', id: 'Name', label: '', doc: '' },
    ]),
    { Action: 'Create', Type: 'constant' },
  )
})
