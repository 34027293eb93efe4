import { type Choices, type Columns, choicesOf, type Prop } from '@sluice/iflow'
import { code, table } from './markdown.ts'

/** The properties of a step or of one side of an adapter. */
export function propertyTable(props: Readonly<Record<string, Prop<unknown>>>): string {
  const rows = Object.entries(props).map(([key, prop]) => [
    code(key),
    prop.label,
    prop.doc,
    values(prop),
    defaultOf(prop),
  ])
  return rows.length === 0 ? 'No properties.' : table(['property', 'label', 'meaning', 'values', 'default'], rows)
}

function values(prop: Prop<unknown>): string {
  if (prop.choices) return describeChoices(prop.choices)
  if (prop.columns) return `rows with cells: ${describeColumns(prop.columns)}`
  return { text: 'text', choice: '', flag: '`true` or `1`, `false` or `0`', number: 'a whole number', table: 'rows' }[
    prop.kind
  ]
}

function describeColumns(columns: Columns): string {
  return Object.entries(columns)
    .map(([id, { label, doc, choices }]) => {
      const called = label === id ? code(id) : `${code(id)} (${label})`
      return `${called}: ${doc}${choices ? `\n${describeChoices(choices)}` : ''}`
    })
    .join('\n')
}

function describeChoices(choices: Choices): string {
  return choicesOf(choices)
    .map(({ value, label, doc }) => `${code(value)}${label === value ? '' : ` (${label})`}: ${doc}`)
    .join('\n')
}

function defaultOf({ default: value }: Prop<unknown>): string {
  if (value === undefined) return 'required'
  if (Array.isArray(value) || value === '') return 'empty'
  return code(String(value))
}
