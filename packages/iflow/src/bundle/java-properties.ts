import { fromBinaryText, toBinaryText } from './binary-text.ts'

/** One `key=value` of a properties file; positions are byte offsets. */
interface Entry {
  readonly key: string
  readonly value: string
  /** Of the first line, blanks included. */
  readonly start: number
  /** After the key and its separator. */
  readonly valueStart: number
  /** Before the line end that ends the value. */
  readonly end: number
  /** A line with a key and nothing that separates a value from it. */
  readonly bare: boolean
}

/**
 * Reads a `java.util.Properties` file (`parameters.prop`, `metainfo.prop`) by the rules of `Properties.load`: `#` and `!`
 * comments, `=`, `:` or blank as separator, continuation lines, `\uXXXX` and other escapes, empty values, the last of
 * repeated keys. ISO-8859-1, unless the whole file is valid UTF-8. A malformed `\u` escape stands for `u`.
 */
export function parseProperties(bytes: Uint8Array): ReadonlyMap<string, string> {
  return new Map(readEntries(bytes).map(entry => [entry.key, entry.value]))
}

/**
 * The same file with these values, touching no other line: comments, order, line ends and encoding stay byte for byte, and
 * so does a line whose value does not change. Keys that are not there are appended. An empty file is as good a start as
 * any. Writes what `Properties.store` writes: ASCII, with `\uXXXX` for everything else.
 */
export function withProperties(bytes: Uint8Array, values: ReadonlyMap<string, string>): Uint8Array {
  const entries = new Map(readEntries(bytes).map(entry => [entry.key, entry]))
  const text = toBinaryText(bytes)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const changed = [...entries.values()].filter(({ key, value }) => values.has(key) && values.get(key) !== value)
  let result = ''
  let position = 0
  for (const entry of changed.toSorted((a, b) => a.valueStart - b.valueStart)) {
    const separator = entry.bare ? '=' : ''
    result += text.slice(position, entry.valueStart) + separator + escapeValue(values.get(entry.key) ?? '')
    position = entry.end
  }
  result += text.slice(position)
  for (const [key, value] of values) {
    if (entries.has(key)) continue
    if (result !== '' && !/[\r\n]$/.test(result)) result += result.endsWith('\\') ? newline + newline : newline
    result += `${escapeKey(key)}=${escapeValue(value)}${newline}`
  }
  return fromBinaryText(result)
}

/** The same file without these keys, however often each is there; everything else stays byte for byte. */
export function withoutProperties(bytes: Uint8Array, keys: ReadonlySet<string>): Uint8Array {
  const text = toBinaryText(bytes)
  let result = ''
  let position = 0
  for (const { key, start, end } of readEntries(bytes)) {
    if (!keys.has(key)) continue
    result += text.slice(position, start)
    position = end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0)
  }
  return fromBinaryText(result + text.slice(position))
}

/** Leading blanks, the key, the separator; a continuation may stand between any two of their characters. */
const ENTRY_START =
  /^[ \t\f]*((?:[^\\=: \t\f]+|\\(?:\r\n|\r|\n)[ \t\f]*|\\[^\r\n]|\\$)*)((?:[ \t\f]|\\[\r\n]+)*[=:]?[ \t\f]*)/

function readEntries(bytes: Uint8Array): Entry[] {
  const text = toBinaryText(bytes)
  const decode = decoderFor(bytes)
  const entries: Entry[] = []
  // A comment ends with its line; anything else goes on after a line end that an odd number of backslashes precedes.
  const lines = /([ \t\f]*[#!][^\r\n]*)|(?:[^\\\r\n]+|\\(?:\r\n|[\s\S])|\\$)+/g
  lines.lastIndex = text.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0
  for (let match = lines.exec(text); match; match = lines.exec(text)) {
    if (match[1] !== undefined) continue
    const [whole, key = '', separator = ''] = ENTRY_START.exec(match[0]) ?? ['']
    if (whole.trim() === '') continue
    const valueStart = match.index + whole.length
    const end = match.index + match[0].length
    entries.push({
      key: unescapeProperty(decode(key)),
      value: unescapeProperty(decode(text.slice(valueStart, end))),
      start: match.index,
      valueStart,
      end,
      bare: separator === '',
    })
  }
  return entries
}

const LETTERS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

function unescapeProperty(raw: string): string {
  if (!raw.includes('\\')) return raw
  return raw.replace(/\\(?:(?:\r\n|\r|\n)[ \t\f]*|u([\da-fA-F]{4})|([\s\S])|$)/g, (_, hex, char) => {
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16))
    return char === undefined ? '' : (LETTERS[char] ?? char)
  })
}

function escapeValue(value: string): string {
  return escapeCharacters(value).replace(/^ /, '\\ ')
}

function escapeKey(key: string): string {
  return escapeCharacters(key).replaceAll(' ', '\\ ')
}

function escapeCharacters(text: string): string {
  return text.replace(/[\\=:#!\t\n\r\f]|[^ -~]/g, char => {
    const letter = { '\t': 't', '\n': 'n', '\r': 'r', '\f': 'f' }[char]
    if (letter) return `\\${letter}`
    if (char >= ' ' && char <= '~') return `\\${char}`
    return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  })
}

function decoderFor(bytes: Uint8Array): (binary: string) => string {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    decoder.decode(bytes)
    return binary => decoder.decode(fromBinaryText(binary))
  } catch {
    return binary => binary
  }
}
