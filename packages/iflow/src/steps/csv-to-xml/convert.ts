import { escapeAttribute, escapeText, isXmlText } from '../../bpmn/escape.ts'
import { parseCsv } from '../../formats/csv.ts'
import { TextBuilder } from '../../formats/text-builder.ts'
import { isXmlName } from '../../formats/xml-name.ts'
import type { HeavyTask } from '../../ports/heavy-work.ts'
import { Failure } from '../../run/failure.ts'
import type { RecordShape } from './schema.ts'

/** How CSV is read. */
export interface CsvForm {
  readonly separator: string
  /** `named`: the first line names the elements. `skipped`: the first line is dropped. `none`: there is no such line. */
  readonly header: 'named' | 'skipped' | 'none'
  /** Only records whose first field is this are converted. Empty: all. */
  readonly marker: string
}

/** Throws a `Failure` of code `conversion` when the text is not CSV or cannot be written as XML. */
export function csvToXml(csv: string, { separator, header, marker }: CsvForm, shape: RecordShape): string {
  for (const name of [...shape.path, ...shape.fields]) {
    if (!isXmlName(name)) throw refused(`Expected names that XML allows in the schema, found "${name}".`)
  }
  if (!isXmlText(csv))
    throw refused('Expected text that XML allows, found a control character or half a surrogate pair.')
  const records = parseCsv(csv, separator)
  const names = header === 'none' ? [] : (records.shift() ?? []).map(name => name.trim())
  // A marker stands before the fields, unless names say what it is.
  const offset = marker === '' ? 0 : 1
  const columns = shape.fields.map((field, index) => (header === 'named' ? names.indexOf(field) : index + offset))
  const chosen = marker === '' ? records : records.filter(([first]) => first?.trim() === marker)
  if (shape.path.length === 1 && chosen.length !== 1) {
    throw refused(`Expected one record where records are the root, found ${chosen.length}.`)
  }
  const tags = tagsOf(shape)
  const out = new TextBuilder()
  out.add(`<?xml version='1.0' encoding='UTF-8'?>${tags.map(([start]) => start).join('')}`)
  const isRoot = shape.path.length === 1
  const record = shape.path.at(-1) ?? ''
  for (const fields of chosen) {
    const content = shape.fields.map((field, index) => element(field, fields[columns[index] ?? -1])).join('')
    out.add(isRoot ? content : around(record, content))
  }
  out.add(
    tags
      .map(([, end]) => end)
      .reverse()
      .join(''),
  )
  return out.text()
}

/** The same, elsewhere. */
export const csvToXmlTask: HeavyTask<
  { readonly csv: string; readonly form: CsvForm; readonly shape: RecordShape },
  string
> = { name: 'csv-to-xml', run: ({ csv, form, shape }) => csvToXml(csv, form, shape) }

/** Start and end tags of the elements around the records, or of the only record when that is the root. */
function tagsOf({ path, namespace, isQualified }: RecordShape): (readonly [start: string, end: string])[] {
  const [root = '', ...inner] = path.length === 1 ? path : path.slice(0, -1)
  const uri = escapeAttribute(namespace)
  const wrappers = inner.map(name => [`<${name}>`, `</${name}>`] as const)
  if (namespace === '') return [[`<${root}>`, `</${root}>`], ...wrappers]
  const name = isQualified ? root : `ns0:${root}`
  return [[`<${name} xmlns${isQualified ? '' : ':ns0'}="${uri}">`, `</${name}>`], ...wrappers]
}

/** Nothing for a field that the record lacks. */
function element(name: string, field: string | undefined): string {
  return field === undefined ? '' : around(name, escapeText(field))
}

function around(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`
}

function refused(message: string): Failure {
  return new Failure(message, { code: 'conversion' })
}
