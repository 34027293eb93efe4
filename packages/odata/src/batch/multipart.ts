import { ODataError } from '../error.ts'

/** A piece of a multipart body (RFC 2046 section 5.1): header fields by lower-case name, and the rest as it came. */
export interface BodyPart {
  readonly headers: ReadonlyMap<string, string>
  readonly content: string
}

const headersMax = 50
const headerLengthMax = 8_000
const boundaryLengthMax = 200

/**
 * The boundary that a `Content-Type` names. Quotes, case and order of parameters do not matter. Undefined when the type is
 * not `multipart/mixed`. Throws `ODataError` when it is, without a boundary.
 */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (!/^\s*multipart\/mixed\s*(;|$)/i.test(contentType ?? '')) return undefined
  const match = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType ?? '')
  const boundary = match?.[1] ?? match?.[2] ?? ''
  if (boundary !== '' && boundary.length <= boundaryLengthMax) return boundary
  throw new ODataError(
    'malformed-batch',
    `Expected a boundary of 1 to ${boundaryLengthMax} characters in multipart/mixed, found ${boundary.length}`,
  )
}

/**
 * Splits a body at its delimiter lines. Lines end with CRLF or LF; what is before the first delimiter and after the last is
 * ignored. Throws `ODataError` for a body without delimiters or without the closing one, and for more than `partsMax` parts.
 */
export function splitMultipart(text: string, boundary: string, partsMax: number): BodyPart[] {
  const parts: BodyPart[] = []
  let open: Delimiter | undefined
  for (let found = nextDelimiter(text, boundary, 0); found; found = nextDelimiter(text, boundary, found.end)) {
    if (open) parts.push(parsePart(text.slice(open.end, beforeLineBreak(text, Math.max(open.end, found.start)))))
    if (parts.length > partsMax) {
      throw new ODataError('malformed-batch', `Expected at most ${partsMax} parts in one batch, found more`)
    }
    if (found.closes) return parts
    open = found
  }
  const missing = open ? `--${boundary}--` : `--${boundary}`
  throw new ODataError('malformed-batch', `Expected the line "${missing}" in the body, found none: is it complete?`)
}

interface Delimiter {
  readonly start: number
  /** After its line break. */
  readonly end: number
  readonly closes: boolean
}

function nextDelimiter(text: string, boundary: string, from: number): Delimiter | undefined {
  const mark = `--${boundary}`
  for (let start = text.indexOf(mark, from); start >= 0; start = text.indexOf(mark, start + 1)) {
    if (start > 0 && text.charAt(start - 1) !== '\n') continue
    const rest = /(--)?[ \t]*(?:\r?\n|$)/y
    rest.lastIndex = start + mark.length
    const match = rest.exec(text)
    if (match) return { start, end: rest.lastIndex, closes: match[1] !== undefined }
  }
  return undefined
}

/** The line break before a delimiter belongs to the delimiter. */
function beforeLineBreak(text: string, at: number): number {
  if (text.charAt(at - 1) !== '\n') return at
  return text.charAt(at - 2) === '\r' ? at - 2 : at - 1
}

function parsePart(text: string): BodyPart {
  const { headers, end } = readHeaders(text, 0)
  return { headers, content: text.slice(end) }
}

/**
 * Reads header fields from `at` to the empty line, or to the first line that is none: clients leave the empty line out. A
 * blank after the colon is optional.
 */
export function readHeaders(
  text: string,
  at: number,
): { readonly headers: ReadonlyMap<string, string>; readonly end: number } {
  const headers = new Map<string, string>()
  let end = at
  while (end < text.length) {
    const { line, next } = readLine(text, end)
    const colon = line.indexOf(':')
    if (line.trim() === '') return { headers, end: next }
    if (!/^[\w!#$%&'*+.^`|~-]+\s*:/.test(line)) break
    if (headers.size >= headersMax || line.length > headerLengthMax) {
      throw new ODataError(
        'malformed-batch',
        `Expected at most ${headersMax} header fields of ${headerLengthMax} characters in a part, found more`,
      )
    }
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
    end = next
  }
  return { headers, end }
}

/** The line that begins at `at`, without its line break, and where the next one begins. */
export function readLine(text: string, at: number): { readonly line: string; readonly next: number } {
  const found = text.indexOf('\n', at)
  const next = found < 0 ? text.length : found + 1
  return { line: text.slice(at, found < 0 ? next : beforeLineBreak(text, next)), next }
}
