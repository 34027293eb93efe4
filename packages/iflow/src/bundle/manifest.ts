import { fromBinaryText, toBinaryText } from './binary-text.ts'

/** With the line end. Java counts 72 without it; a reader takes either. */
const LINE_BYTES_MAX = 72

/** One header of the main section; positions are byte offsets. */
interface Header {
  readonly name: string
  readonly value: string
  readonly start: number
  /** After its last line end. */
  readonly end: number
}

/**
 * Reads the main section of a `META-INF/MANIFEST.MF` (JAR file specification): `Name: value` lines, continuation lines
 * joined, UTF-8, any kind of line end. Names are kept as written; lines without a colon are skipped.
 */
export function parseManifest(bytes: Uint8Array): ReadonlyMap<string, string> {
  return new Map(readHeaders(toBinaryText(bytes)).map(({ name, value }) => [name, value]))
}

/**
 * The same manifest with these headers, touching no other line; headers that are not there are added at the end of the
 * main section. New lines end in CRLF and are folded at 72 bytes, never inside a character. No bytes at all are as good a
 * start as any: then `Manifest-Version: 1.0` comes first.
 */
export function withManifestHeaders(bytes: Uint8Array, headers: ReadonlyMap<string, string>): Uint8Array {
  const text = bytes.length > 0 ? toBinaryText(bytes) : 'Manifest-Version: 1.0\r\n\r\n'
  const existing = readHeaders(text)
  const changed = existing.filter(({ name, value }) => headers.has(name) && headers.get(name) !== value)
  const added = [...headers].filter(([name]) => !existing.some(header => header.name === name))
  let result = ''
  let position = 0
  for (const { name, start, end } of changed) {
    result += text.slice(position, start) + formatHeader(name, headers.get(name) ?? '')
    position = end
  }
  const sectionEnd = existing.at(-1)?.end ?? 0
  result += text.slice(position, sectionEnd)
  if (added.length > 0 && result !== '' && !/[\r\n]$/.test(result)) result += '\r\n'
  for (const [name, value] of added) result += formatHeader(name, value)
  return fromBinaryText(result + text.slice(sectionEnd))
}

function readHeaders(text: string): Header[] {
  const headers: Header[] = []
  const lines = /([^\r\n]+(?:(?:\r\n|\r|\n) [^\r\n]*)*)(?:\r\n|\r|\n|$)/y
  for (let match = lines.exec(text); match; match = lines.exec(text)) {
    const line = decode((match[1] ?? '').replace(/(?:\r\n|\r|\n) /g, ''))
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const value = line.slice(colon + 1).replace(/^ /, '')
    headers.push({ name: line.slice(0, colon), value, start: match.index, end: lines.lastIndex })
  }
  return headers
}

function formatHeader(name: string, value: string): string {
  let result = ''
  let line = ''
  for (const char of `${name}: ${value.replace(/[\r\n]+/g, ' ')}`) {
    const bytes = toBinaryText(new TextEncoder().encode(char))
    if (line.length + bytes.length + 2 > LINE_BYTES_MAX) {
      result += `${line}\r\n`
      line = ' '
    }
    line += bytes
  }
  return `${result}${line}\r\n`
}

/** Continuation lines may begin inside a character, so bytes are joined before they are decoded. */
function decode(binary: string): string {
  return new TextDecoder('utf-8').decode(fromBinaryText(binary))
}
