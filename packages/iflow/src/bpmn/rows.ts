import { unescapeXml } from './escape.ts'

/** One row of a table that is kept inside a property value. */
export interface Row {
  /** Every cell in document order, also those with an id. */
  readonly cells: readonly string[]
  /** The cells that have an id, in whatever order they were written: `<cell id='Action'>Create</cell>`. */
  readonly byId: ReadonlyMap<string, string>
  /** The id of each of `cells`; undefined for one without. */
  readonly ids: readonly (string | undefined)[]
  /** The row as it stands, from `<row>` to `</row>`. */
  readonly source: string
}

/** A property value read as a table. */
export interface RowTable {
  readonly rows: readonly Row[]
  /** What could not be read, in the pattern "Expected …, found …"; the rows before it are in `rows`. */
  readonly problem: string | undefined
}

/**
 * Reads a table such as `propertyTable`, `headerTable`, `scheduleKey` or `routingSequenceTable`: `<row><cell>…</cell>…</row>`
 * repeated, cells with or without ids. Cell text is unescaped once. Tables are assembled by substituting parameters that
 * may hold raw text, so a stray `<` or `&` inside a cell stands for itself; only `</cell>` ends a cell. The empty string
 * is a table without rows. Substitute parameters before calling this.
 */
export function parseRows(value: string): RowTable {
  const rows: Row[] = []
  const tags = /\s*(?:<(\/?row)\s*(\/?)>|<cell(\s[^>]*?)?(\/?)>)/y
  let row: { cells: string[]; byId: Map<string, string>; ids: (string | undefined)[]; start: number } | undefined
  let position = 0
  const fail = (expected: string) => ({ rows, problem: `Expected ${expected}, found ${quote(value.slice(position))}.` })
  for (let match = tags.exec(value); match; match = tags.exec(value)) {
    const [, rowTag, rowClosed, attributes = '', cellClosed] = match
    if (rowTag === undefined) {
      if (!row) return fail('<row>')
      const start = tags.lastIndex
      const end = cellClosed ? start : value.indexOf('</cell>', start)
      if (end === -1) return fail('</cell>')
      const text = unescapeXml(value.slice(start, end))
      const id = /\sid\s*=\s*(?:'([^']*)'|"([^"]*)")/.exec(attributes)
      const name = id && unescapeXml(id[1] ?? id[2] ?? '')
      row.cells.push(text)
      row.ids.push(name ?? undefined)
      if (name != null) row.byId.set(name, text)
      if (!cellClosed) tags.lastIndex = end + '</cell>'.length
    } else if (rowTag === 'row') {
      if (row) return fail('<cell> or </row>')
      row = { cells: [], byId: new Map(), ids: [], start: value.indexOf('<', match.index) }
    }
    if (rowTag === '/row' || rowClosed) {
      if (!row) return fail('<row>')
      const { start, ...found } = row
      rows.push({ ...found, source: value.slice(start, tags.lastIndex) })
      row = undefined
    }
    position = tags.lastIndex
  }
  if (row) return fail('<cell> or </row>')
  return value.slice(position).trim() === '' ? { rows, problem: undefined } : fail('<row>')
}

/**
 * Reads one numbered Content Modifier entry of component version 1.1 and earlier (`property_1`, `HEADER_2`), for example
 * `Name:=:Content-Type:;Type:=:constant:;Datatype:=::;Value:=:text/xml:;Default:=:`. The cells are those of the later
 * tables: Name, Type, Datatype, Value, Default.
 */
export function parseNumberedRow(value: string): ReadonlyMap<string, string> {
  const cells = new Map<string, string>()
  for (const part of value.split(/:;(?=\w+:=:)/)) {
    const separator = part.indexOf(':=:')
    if (separator > 0) cells.set(part.slice(0, separator).trim(), part.slice(separator + 3))
  }
  return cells
}

function quote(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return 'the end'
  return `"${trimmed.length > 40 ? `${trimmed.slice(0, 40)}…` : trimmed}"`
}
