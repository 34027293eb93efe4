import type { PropertyMap } from '../bpmn/model.ts'
import { parseRows, type Row } from '../bpmn/rows.ts'
import type { Report } from './reporter.ts'

/** What a property of a step or channel means: how it is read, and what the reference pages say about it. */
export interface Prop<T> {
  readonly kind: 'text' | 'choice' | 'flag' | 'number' | 'table'
  readonly doc: string
  /** Used when the property is missing or, for all kinds but text, empty. Undefined: the property is required. */
  readonly default: T | undefined
  /** The values that are supported, each with its meaning. */
  readonly choices?: Readonly<Record<string, string>>
  /** The cells of a table's rows, each with its meaning. */
  readonly columns?: Readonly<Record<string, string>>
  read(raw: string): { readonly value: T } | { readonly problem: string }
}

/** The properties of a declaration, by their key in the file. */
export type Props = Readonly<Record<string, Prop<unknown>>>

/** The values that a declaration's properties give. */
export type Values<P extends Props> = { readonly [K in keyof P]: P[K] extends Prop<infer T> ? T : never }

/** One row of a table whose cells have ids: id to text; a cell that the row lacks reads as the empty string. */
export type Cells = (id: string) => string

/** Text as it stands. Without a default, empty text is refused. */
export function text(doc: string, options: { readonly default?: string } = {}): Prop<string> {
  const required = options.default === undefined
  return {
    kind: 'text',
    doc,
    default: options.default,
    read: raw => (required && raw.trim() === '' ? { problem: 'text, found nothing' } : { value: raw }),
  }
}

/** One of a few words, in the spelling of the format. Anything else is reported as `unsupported-value`. */
export function choice<T extends string>(
  doc: string,
  choices: Readonly<Record<T, string>>,
  options: { readonly default?: T } = {},
): Prop<T> {
  const isChoice = (raw: string): raw is T => Object.hasOwn(choices, raw)
  const words = Object.keys(choices).map(word => `"${word}"`)
  return {
    kind: 'choice',
    doc,
    default: options.default,
    choices,
    read: raw => (isChoice(raw) ? { value: raw } : { problem: `${words.join(' or ')}, found "${raw}"` }),
  }
}

/** `true` or `1`, `false` or `0`. */
export function flag(doc: string, options: { readonly default: boolean }): Prop<boolean> {
  return {
    kind: 'flag',
    doc,
    default: options.default,
    read: raw => {
      const word = raw.trim().toLowerCase()
      if (word === 'true' || word === '1') return { value: true }
      if (word === 'false' || word === '0') return { value: false }
      return { problem: `true or false, found "${raw}"` }
    },
  }
}

/** A whole number within bounds. */
export function wholeNumber(
  doc: string,
  options: { readonly default: number; readonly min: number; readonly max: number },
): Prop<number> {
  const { min, max } = options
  return {
    kind: 'number',
    doc,
    default: options.default,
    read: raw => {
      const value = /^\s*\d+\s*$/.test(raw) ? Number(raw) : Number.NaN
      return value >= min && value <= max
        ? { value }
        : { problem: `a whole number from ${min} to ${max}, found "${raw}"` }
    },
  }
}

/** A table of rows whose cells have ids. */
export function table(doc: string, columns: Readonly<Record<string, string>>): Prop<readonly Cells[]> {
  return rowsOf(doc, columns, row => id => row.byId.get(id) ?? '')
}

/** A table of rows whose cells have no ids: their texts, as many as there are columns. */
export function list(doc: string, columns: Readonly<Record<string, string>>): Prop<readonly (readonly string[])[]> {
  const width = Object.keys(columns).length
  return rowsOf(doc, columns, ({ cells }) => Array.from({ length: width }, (_, index) => cells[index] ?? ''))
}

function rowsOf<T>(doc: string, columns: Readonly<Record<string, string>>, read: (row: Row) => T): Prop<readonly T[]> {
  return {
    kind: 'table',
    doc,
    default: [],
    columns,
    read: raw => {
      const { rows, problem } = parseRows(raw)
      if (problem !== undefined) return { problem: `a table of rows (${problem.replace(/\.$/, '')})` }
      return { value: rows.map(read) }
    },
  }
}

/** Reads what a declaration asks for; undefined when something was reported. */
export function readProps<P extends Props>(props: P, properties: PropertyMap, report: Report): Values<P> | undefined {
  const values: Record<string, unknown> = {}
  let isComplete = true
  for (const [key, prop] of Object.entries(props)) {
    const raw = properties.get(key)
    if (raw === undefined || (prop.kind !== 'text' && raw.trim() === '')) {
      values[key] = prop.default
      if (prop.default !== undefined) continue
      report('missing-property', `Expected property "${key}", found none.`)
      isComplete = false
      continue
    }
    const read = prop.read(raw)
    if ('problem' in read) {
      const problem = `Expected property "${key}" to be ${read.problem}.`
      // A parameter without a value has a diagnostic of its own.
      if (prop.kind !== 'choice') report('invalid-value', problem, 'error', key)
      else if (!raw.includes('{{')) report('unsupported-value', problem)
      isComplete = false
    } else {
      values[key] = read.value
    }
  }
  return isComplete ? (values as Values<P>) : undefined
}
