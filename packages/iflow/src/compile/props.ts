import type { PropertyMap } from '../bpmn/model.ts'
import { parseRows, type Row } from '../bpmn/rows.ts'
import type { Report } from './reporter.ts'

/** What a property of a step or channel means: how it is read, and what editors and the reference pages say about it. */
export interface Prop<T> extends Presentation {
  readonly kind: 'text' | 'choice' | 'flag' | 'number' | 'table'
  /** What Cloud Integration's property sheet calls it. */
  readonly label: string
  readonly doc: string
  /** Used when the property is missing or, for all kinds but text, empty. Undefined: the property is required. */
  readonly default: T | undefined
  /** The values that are supported, each with its meaning. */
  readonly choices?: Choices
  /** The cells of a table's rows. */
  readonly columns?: Columns
  /** Whether the cells of a table have ids: the names of the columns. */
  readonly hasCellIds?: boolean
  /** Bounds of a number. */
  readonly min?: number
  readonly max?: number
  read(raw: string): { readonly value: T } | { readonly problem: string }
}

/** What editors need besides; the engine does not look at it. */
export interface Presentation {
  /** The tab of the property sheet; see `tab`. */
  readonly tab?: string
  /** On which value of another property, as files have it, it depends whether this one counts; see `when`. */
  readonly shownWhen?: { readonly key: string; readonly values: readonly string[] }
  /** What a fresh element has, where that is not the default. Files spell a flag as `1` or `0` when this does. */
  readonly fresh?: string
  /** The last component version that has the property: fresh elements do without. */
  readonly until?: string
  /** The value is, or may hold, an expression of this language. */
  readonly expression?: 'simple' | 'xpath'
  /** The value may have several lines. */
  readonly multiline?: true
  /** Values that are usual; others are taken, too. */
  readonly usual?: readonly string[]
  /** The rows are those of a timer's schedule. */
  readonly isSchedule?: true
  readonly names?: Named
  /** The value names a file of the artifact. */
  readonly file?: NamedFile
}

/** What a value may be the name of: an editor can offer those that there are. */
export type Named =
  | 'credential'
  | 'keyPair'
  | 'localProcess'
  | 'messageMapping'
  | 'queue'
  | 'route'
  | 'scriptCollection'

/** How a property names a file. */
export interface NamedFile {
  /** Endings of its name, without dots. */
  readonly endings: readonly string[]
  /** Its folder below `src/main/resources`. */
  readonly folder: string
  /**
   * What the element has when the file is chosen, by the key of the property: `{file}` is the file's path below the folder,
   * `{name}` the same without its ending.
   */
  readonly values: Readonly<Record<string, string>>
}

/** Values with their meanings. One that people know by another word has that word, its label, before the meaning. */
export type Choices<T extends string = string> = Readonly<Record<T, string | readonly [label: string, doc: string]>>

/** One of the values that a property or cell may have. */
export interface Choice {
  readonly value: string
  readonly label: string
  readonly doc: string
}

/** Values with their labels and meanings, in their order. */
export function choicesOf(choices: Choices): readonly Choice[] {
  return Object.entries(choices).map(([value, said]) =>
    typeof said === 'string' ? { value, label: value, doc: said } : { value, label: said[0], doc: said[1] },
  )
}

/** The cells of a row, by id; by a name of our own where cells have no ids. */
export type Columns = Readonly<Record<string, Column>>

/** A cell of a row. */
export interface Column {
  readonly label: string
  readonly doc: string
  /** What the cell may hold. */
  readonly choices?: Choices
  readonly names?: Named
}

/** The properties of a declaration, by their key in the file. */
export type Props = Readonly<Record<string, Prop<unknown>>>

/** The values that a declaration's properties give. */
export type Values<P extends Props> = { readonly [K in keyof P]: P[K] extends Prop<infer T> ? T : never }

/** One row of a table whose cells have ids: id to text; a cell that the row lacks reads as the empty string. */
export type Cells = (id: string) => string

/** Puts properties on a tab of the property sheet. */
export function tab<P extends Props>(name: string, props: P): P {
  return presented(props, { tab: name })
}

/** Says that properties only count when another one has one of these values. */
export function when<P extends Props>(key: string, values: readonly string[], props: P): P {
  return presented(props, { shownWhen: { key, values } })
}

function presented<P extends Props>(props: P, presentation: Presentation): P {
  // What is said of a single property, or of a smaller group, stands.
  return Object.fromEntries(Object.entries(props).map(([key, prop]) => [key, { ...presentation, ...prop }])) as P
}

/** Text as it stands. Without a default, empty text is refused. */
export function text(
  label: string,
  doc: string,
  options: Presentation & { readonly default?: string } = {},
): Prop<string> {
  const required = options.default === undefined
  return {
    default: undefined,
    ...options,
    kind: 'text',
    label,
    doc,
    read: raw => (required && raw.trim() === '' ? { problem: 'text, found nothing' } : { value: raw }),
  }
}

/**
 * One of a few words, in the spelling of the format. Anything else is reported as `unsupported-value`, unless the property
 * only counts for the original (`isUnread`).
 */
export function choice<T extends string>(
  label: string,
  doc: string,
  choices: Choices<T>,
  options: Presentation & { readonly default?: NoInfer<T>; readonly isUnread?: true } = {},
): Prop<T> {
  const { isUnread, ...presentation } = options
  const isChoice = (raw: string): raw is T => isUnread || Object.hasOwn(choices, raw)
  const words = Object.keys(choices).map(word => `"${word}"`)
  return {
    default: undefined,
    ...presentation,
    kind: 'choice',
    label,
    doc,
    choices,
    read: raw => (isChoice(raw) ? { value: raw } : { problem: `${words.join(' or ')}, found "${raw}"` }),
  }
}

/** `true` or `1`, `false` or `0`. */
export function flag(label: string, doc: string, options: Presentation & { readonly default: boolean }): Prop<boolean> {
  return {
    ...options,
    kind: 'flag',
    label,
    doc,
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
  label: string,
  doc: string,
  options: Presentation & { readonly default: number; readonly min: number; readonly max: number },
): Prop<number> {
  const { min, max } = options
  return {
    ...options,
    kind: 'number',
    label,
    doc,
    read: raw => {
      const value = /^\s*\d+\s*$/.test(raw) ? Number(raw) : Number.NaN
      return value >= min && value <= max
        ? { value }
        : { problem: `a whole number from ${min} to ${max}, found "${raw}"` }
    },
  }
}

/** A table of rows whose cells have ids. */
export function table(
  label: string,
  doc: string,
  columns: Columns,
  options: Presentation = {},
): Prop<readonly Cells[]> {
  return { ...options, ...rowsOf(label, doc, columns, row => id => row.byId.get(id) ?? ''), hasCellIds: true }
}

/** A table of rows whose cells have no ids: their texts, as many as there are columns. */
export function list(
  label: string,
  doc: string,
  columns: Columns,
  options: Presentation = {},
): Prop<readonly (readonly string[])[]> {
  const width = Object.keys(columns).length
  const cellsOf = ({ cells }: Row) => Array.from({ length: width }, (_, index) => cells[index] ?? '')
  return { ...options, ...rowsOf(label, doc, columns, cellsOf) }
}

function rowsOf<T>(label: string, doc: string, columns: Columns, read: (row: Row) => T): Prop<readonly T[]> {
  return {
    kind: 'table',
    label,
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
