import { parseRows } from '@sluice/iflow/bpmn'

/** A cell of a row; some tables have cells without ids, which go by their position. */
export interface Cell {
  readonly id: string | undefined
  readonly text: string
}

/** A row of a table that is the value of a property. */
export interface TableRow {
  /** Tells rows apart while they move. */
  readonly key: number
  readonly cells: readonly Cell[]
  /** As the file has it, until the row is changed. */
  readonly source: string | undefined
}

/** The rows of a value; a problem, in English, where it is no table: the value is to be kept as it is then. */
export function readRows(value: string): { readonly rows: readonly TableRow[]; readonly problem: string | undefined } {
  const { rows, problem } = parseRows(value)
  return {
    rows: rows.map(({ cells, ids, source }, key) => ({
      key,
      source,
      cells: cells.map((text, index) => ({ id: ids[index], text })),
    })),
    problem,
  }
}

/** The value that has these rows. Those that were not changed stay as they were written. */
export function writeRows(rows: readonly TableRow[]): string {
  return rows.map(({ source, cells }) => source ?? `<row>${cells.map(cellText).join('')}</row>`).join('')
}

function cellText({ id, text }: Cell): string {
  return id === undefined
    ? `<cell>${escapeCell(text)}</cell>`
    : `<cell id='${escapeCell(id)}'>${escapeCell(text)}</cell>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
}

/** Text as cells hold it: all five entities of XML, as the original writes them. */
export function escapeCell(text: string): string {
  return text.replace(/[&<>"'\r]/g, character => entities[character] ?? character)
}

/** What a column shows of a row: the cell of its id or, where columns have no ids, that at its position. */
export function cellOf(row: TableRow, id: string, index: number): string {
  return (id === '' ? row.cells[index] : row.cells.findLast(cell => cell.id === id))?.text ?? ''
}

/** The row with another text in a cell, which is added where there is none. */
export function withCell(row: TableRow, id: string, index: number, text: string): TableRow {
  if (cellOf(row, id, index) === text) return row
  const at = id === '' ? index : row.cells.findLastIndex(cell => cell.id === id)
  const cells = [...row.cells]
  if (id !== '' && at === -1) cells.push({ id, text })
  else {
    while (cells.length < at) cells.push({ id: undefined, text: '' })
    cells[at] = { id: cells[at]?.id ?? (id === '' ? undefined : id), text }
  }
  return { key: row.key, cells, source: undefined }
}

/** The original's order of the cells in tables of headers and properties. */
const usual = ['Action', 'Type', 'Value', 'Default', 'Name', 'Datatype']

/** One more row at the end, with cells in the order of the last one, or else of the columns. */
export function withNewRow(
  rows: readonly TableRow[],
  columns: readonly { readonly id: string }[],
  texts: Readonly<Record<string, string>> = {},
): readonly TableRow[] {
  const last = rows.at(-1)
  const named = columns.map(({ id }) => id || undefined)
  const isUsual = usual.length === named.length && usual.every(id => named.includes(id))
  const ids = last?.cells.map(({ id }) => id) ?? (isUsual ? usual : named)
  const key = Math.max(-1, ...rows.map(row => row.key)) + 1
  const cells = ids.map(id => ({ id, text: (id !== undefined && texts[id]) || '' }))
  return [...rows, { key, cells, source: undefined }]
}

/** The rows with one of them at another place; as they are where it would leave the table. */
export function withMovedRow(rows: readonly TableRow[], from: number, to: number): readonly TableRow[] {
  const row = rows[from]
  if (!row || to < 0 || to >= rows.length) return rows
  return rows.toSpliced(from, 1).toSpliced(to, 0, row)
}
