import type { ColumnComponent } from '../../api/components.ts'
import { cellOf, type TableRow } from './table-rows.ts'

/** How a cell is edited, given what the others of its row say. */
export interface CellRule {
  readonly isUsed: boolean
  readonly language: 'simple' | 'xpath' | undefined
  /** Values that are usual; any other can be typed. */
  readonly usual: readonly string[]
}

const free: CellRule = { isUsed: true, language: undefined, usual: [] }

/** Java classes that headers and properties are converted to. */
const dataTypes = [
  'java.lang.String',
  'java.lang.Integer',
  'java.lang.Boolean',
  'java.lang.Long',
  'java.lang.Double',
  'org.w3c.dom.Node',
  'org.w3c.dom.NodeList',
]

/**
 * Rows of headers, properties and variables say by `Type` what `Value` is. Cells that their row does not use stay as they
 * are, and can be emptied.
 */
export function cellRule(row: TableRow, column: ColumnComponent, columns: readonly ColumnComponent[]): CellRule {
  const keys = columns.map(({ key }) => key)
  if (!keys.includes('Type') || !keys.includes('Value')) return free
  const at = (key: string) => cellOf(row, columns.find(other => other.key === key)?.id ?? '', keys.indexOf(key))
  const type = at('Type').toLowerCase()
  if (at('Action') === 'Delete') return { ...free, isUsed: column.key === 'Action' || column.key === 'Name' }
  if (column.key === 'Value') return { ...free, language: languageOf(type) }
  if (column.key === 'Datatype') return { ...free, isUsed: type === 'xpath' || type === 'expression', usual: dataTypes }
  if (column.key === 'Default') return { ...free, isUsed: type.includes('variable') }
  return free
}

function languageOf(type: string): CellRule['language'] {
  if (type === 'xpath') return 'xpath'
  return type === 'expression' ? 'simple' : undefined
}

/** What a fresh row begins with: a header or property is made. */
export function freshCells(columns: readonly ColumnComponent[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap(({ id, choices }) => {
      const first = choices?.find(({ value }) => value === 'Create' || value === 'constant') ?? choices?.[0]
      return id !== '' && first ? [[id, first.value]] : []
    }),
  )
}
