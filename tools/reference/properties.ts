import type { Prop } from '@sluice/iflow'
import { code, table } from './markdown.ts'

/** The properties of a step or of one side of an adapter. */
export function propertyTable(props: Readonly<Record<string, Prop<unknown>>>): string {
  const rows = Object.entries(props).map(([key, prop]) => [code(key), prop.doc, values(prop), defaultOf(prop)])
  return rows.length === 0 ? 'No properties.' : table(['property', 'meaning', 'values', 'default'], rows)
}

function values(prop: Prop<unknown>): string {
  if (prop.choices) return describe(prop.choices)
  if (prop.columns) return `rows with cells: ${describe(prop.columns)}`
  return { text: 'text', choice: '', flag: '`true` or `1`, `false` or `0`', number: 'a whole number', table: 'rows' }[
    prop.kind
  ]
}

const describe = (meanings: Readonly<Record<string, string>>) =>
  Object.entries(meanings)
    .map(([value, meaning]) => `${code(value)}: ${meaning}`)
    .join('\n')

function defaultOf({ default: value }: Prop<unknown>): string {
  if (value === undefined) return 'required'
  if (Array.isArray(value) || value === '') return 'empty'
  return code(String(value))
}
