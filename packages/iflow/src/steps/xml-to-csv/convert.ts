import type { Element, Node } from 'slimdom'
import { heavyResults, type XPathWork } from '../../expressions/heavy-xpath.ts'
import { writeCsv } from '../../formats/csv.ts'
import type { HeavyTask } from '../../ports/heavy-work.ts'

/** A line of a table before its columns are known: name of the column and value, in document order. */
type Line = readonly (readonly [column: string, value: string])[]

/** How elements become lines. */
export interface CsvForm {
  readonly separator: string
  readonly hasHeader: boolean
  readonly hasAttributes: boolean
}

/** The lines of the first parent, then those of the elements. What is found besides elements is left out. */
export function tableToCsv(parents: readonly unknown[], rows: readonly unknown[], form: CsvForm): string {
  const parent = parents.find(isElement)
  return (parent === undefined ? '' : parentToCsv(parent, form)) + elementsToCsv(rows.filter(isElement), form)
}

/** The same, elsewhere: expressions find the parent and the elements. */
export const xmlToCsvTask: HeavyTask<{ readonly xpath: XPathWork; readonly form: CsvForm }, string> = {
  name: 'xml-to-csv',
  run: async ({ xpath, form }) => {
    const [parents = [], rows = []] = await heavyResults(xpath)
    return tableToCsv(parents, rows, form)
  },
}

/** Lines of CSV, each with a line feed: a header line if wanted, and one line for each element. */
export function elementsToCsv(elements: readonly Element[], { separator, hasHeader, hasAttributes }: CsvForm): string {
  const lines = elements.map(element => lineOf(element, hasAttributes))
  const columns = [...new Set(lines.flatMap(line => line.map(([column]) => column)))]
  const records = lines.map(line => fieldsOf(line, columns))
  const written =
    hasHeader && lines.length > 0 ? [columns.map(column => column.replace(/^.* /, '')), ...records] : records
  return written.map(record => `${writeCsv(record, separator)}\n`).join('')
}

/** The same for the element that the others are in: those of its children that hold no elements. */
export function parentToCsv(parent: Element, form: CsvForm): string {
  const simple = parent.cloneNode(true) as Element
  for (const child of simple.children) if (child.firstElementChild !== null) child.remove()
  return elementsToCsv([simple], form)
}

/** Whether an XPath result is an element. */
function isElement(item: unknown): item is Element {
  return typeof item === 'object' && item !== null && (item as Node).nodeType === 1
}

/**
 * The fields of an element: its children, or itself when it has none. A column is a name and how often the name occurred
 * before in the line, so that repeated elements keep to their columns.
 */
function lineOf(element: Element, hasAttributes: boolean): Line {
  const line: [string, string][] = []
  const occurrences = new Map<string, number>()
  const add = (name: string, value: string) => {
    const before = occurrences.get(name) ?? 0
    occurrences.set(name, before + 1)
    line.push([`${before} ${name}`, value])
  }
  const addAttributes = ({ attributes }: Element) => {
    if (!hasAttributes) return
    for (const { localName, namespaceURI, value } of attributes) {
      if (namespaceURI !== 'http://www.w3.org/2000/xmlns/') add(localName, value)
    }
  }
  addAttributes(element)
  for (const child of element.children) {
    addAttributes(child)
    add(child.localName, child.textContent ?? '')
  }
  if (element.firstElementChild === null) {
    const text = element.textContent ?? ''
    if (line.length === 0 || text.trim() !== '') add(element.localName, text)
  }
  return line
}

function fieldsOf(line: Line, columns: readonly string[]): string[] {
  const values = new Map(line)
  return columns.map(column => values.get(column) ?? '')
}
