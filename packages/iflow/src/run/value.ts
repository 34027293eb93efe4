import { Body } from './body.ts'
import { decode, encode } from './charset.ts'
import { Failure } from './failure.ts'
import { isXmlNode, serializeXml } from './xml.ts'

/**
 * A header or property value as text, in the spelling of the Java types that flows expect: nothing is empty, lists are
 * `[a, b]`, maps are `{a=b}`, an XML element is its markup, a failure is its message.
 */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  if (value instanceof Body) return value.text()
  if (value instanceof Uint8Array) return decode(value, 'UTF-8')
  if (value instanceof Error) return value.message
  if (isXmlNode(value)) return serializeXml(value)
  if (Array.isArray(value)) return value.every(isXmlNode) ? value.map(serializeXml).join('') : listText(value)
  if (value instanceof Set) return listText([...value])
  if (value instanceof Map)
    return `{${Array.from(value, ([key, entry]) => `${asText(key)}=${asText(entry)}`).join(', ')}}`
  return String(value)
}

/** What a flow may ask for as the data type of a computed value, whatever way it spells the Java class. */
export type Datatype = 'text' | 'integer' | 'decimal' | 'boolean' | 'bytes' | 'node' | 'nodes' | 'document'

/** Reads a `Datatype` cell. Empty, misspelt and unknown classes all mean text, as published flows rely on. */
export function datatypeOf(name: string): Datatype {
  switch (name.trim().replace(/^.*\./, '').toLowerCase()) {
    case 'integer':
    case 'int':
    case 'long':
    case 'short':
    case 'biginteger':
      return 'integer'
    case 'double':
    case 'float':
    case 'bigdecimal':
      return 'decimal'
    case 'boolean':
      return 'boolean'
    case 'byte[]':
      return 'bytes'
    case 'node':
      return 'node'
    case 'nodelist':
      return 'nodes'
    case 'document':
      return 'document'
    default:
      return 'text'
  }
}

/**
 * Converts a computed value. An XPath result is an array: `nodes` keeps it whole, every other type takes its first item.
 * Text of no result is empty. Throws a `Failure` of code `expression` when a number or boolean cannot be read.
 */
export function convert(value: unknown, datatype: Datatype): unknown {
  if (datatype === 'nodes') return value
  const item = Array.isArray(value) ? value[0] : value
  if (datatype === 'node') return item ?? null
  if (datatype === 'document') return isXmlNode(item) ? (item.ownerDocument ?? item) : null
  const text = isXmlNode(item) ? stringValue(item) : asText(item)
  switch (datatype) {
    case 'integer':
      return numberOf(text, /^[+-]?\d+$/, 'a whole number')
    case 'decimal':
      return numberOf(text, /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/, 'a number')
    case 'boolean':
      return booleanOf(text)
    case 'bytes':
      return encode(text, 'UTF-8')
    default:
      return item === null ? null : text
  }
}

/** XPath's string value: all text below a node. */
function stringValue(node: { readonly textContent: string | null; readonly nodeType: number }): string {
  // A document has no textContent in the DOM; its element has.
  const holder =
    node.nodeType === 9 ? (node as unknown as { documentElement: typeof node | null }).documentElement : node
  return holder?.textContent ?? ''
}

function numberOf(text: string, pattern: RegExp, what: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (!pattern.test(trimmed)) throw new Failure(`Expected ${what}, found "${shorten(text)}".`, { code: 'expression' })
  return Number(trimmed)
}

function booleanOf(text: string): boolean | null {
  const lower = text.trim().toLowerCase()
  if (lower === 'true' || lower === 'false') return lower === 'true'
  if (lower === '') return null
  throw new Failure(`Expected true or false, found "${shorten(text)}".`, { code: 'expression' })
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function listText(items: readonly unknown[]): string {
  return `[${items.map(asText).join(', ')}]`
}
