import type { HeavyTask } from '../ports.ts'
import { decode } from '../run/charset.ts'
import { Failure } from '../run/failure.ts'
import { HeaderMap } from '../run/header-map.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { concatenate } from './concatenate.ts'

/** How many parts are read. */
export const multipartPartsMax = 1_000

/** How many bytes the headers of a part may have. */
const headerBytesMax = 64 * 1024

/** One part of a MIME multipart body. */
export interface Part {
  /** Values are texts, unfolded. */
  readonly headers: HeaderMap
  /** As it was before its transfer encoding. */
  readonly content: Uint8Array
}

/**
 * The headers at the start of an entity, and where its body begins. Lines that are not headers end them. Throws a `Failure`
 * of code `size-limit` when they are longer than 64 KiB.
 */
export function readHeaders(bytes: Uint8Array): { readonly headers: HeaderMap; readonly bodyStart: number } {
  const headers = new HeaderMap()
  let at = 0
  let last = ''
  for (;;) {
    if (at > headerBytesMax) {
      throw new Failure(`Expected at most ${headerBytesMax} bytes of headers, found more.`, { code: 'size-limit' })
    }
    const newline = bytes.indexOf(0x0a, at)
    const end = newline < 0 ? bytes.length : newline + 1
    const line = decode(bytes.subarray(at, end), 'UTF-8').replace(/\r?\n$/, '')
    const match = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/.exec(line)
    if (match !== null) {
      last = match[1] ?? ''
      headers.set(last, match[2] ?? '')
    } else if (last !== '' && /^[ \t]/.test(line)) headers.set(last, `${headers.get(last)} ${line.trim()}`)
    else return { headers, bodyStart: line === '' ? end : at }
    at = end
  }
}

/**
 * The parts of a multipart body (RFC 2046 section 5.1), preamble and epilogue left out; a missing end is tolerated. Throws
 * a `Failure` of code `decoding` when there is none or a transfer encoding is unknown or broken, and of code `size-limit`
 * when there are more than `multipartPartsMax`.
 */
export function readMultipart(bytes: Uint8Array, boundary: string): Part[] {
  // As Latin-1, one character is one byte.
  const text = decode(bytes, 'ISO-8859-1')
  const delimiter = `--${boundary}`
  const parts: Part[] = []
  let start = -1
  for (let at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && text[at - 1] !== '\n') continue
    const rest = /^(--)?[ \t]*(?:\r?\n|$)/.exec(text.slice(at + delimiter.length, at + delimiter.length + 200))
    if (rest === null) continue
    if (start >= 0) parts.push(readPart(bytes.subarray(start, lineStart(text, at, start))))
    if (parts.length > multipartPartsMax) {
      throw new Failure(`Expected at most ${multipartPartsMax} parts, found more.`, { code: 'size-limit' })
    }
    start = rest[1] === undefined ? at + delimiter.length + rest[0].length : -1
    if (start < 0) break
  }
  if (start >= 0) parts.push(readPart(bytes.subarray(start)))
  if (parts.length > 0) return parts
  throw new Failure('Expected a MIME multipart body, found no part.', { code: 'decoding' })
}

/** A part as another process can take it. */
interface SentPart {
  readonly headers: readonly (readonly [name: string, value: unknown])[]
  readonly content: Uint8Array
}

/** `readMultipart`, elsewhere. */
export const readMultipartTask: HeavyTask<{ readonly bytes: Uint8Array; readonly boundary: string }, SentPart[]> = {
  name: 'mime-multipart-decode',
  run: ({ bytes, boundary }) => readMultipart(bytes, boundary).map(sentPart),
}

/** `writeMultipart`, elsewhere. */
export const writeMultipartTask: HeavyTask<
  { readonly parts: readonly SentPart[]; readonly boundary: string },
  Uint8Array
> = {
  name: 'mime-multipart-encode',
  run: ({ parts, boundary }) => writeMultipart(parts.map(receivedPart), boundary),
}

/** The part without what cannot leave the process. */
export function sentPart({ headers, content }: Part): SentPart {
  return { headers: [...headers], content }
}

/** The part that was sent. */
export function receivedPart({ headers, content }: SentPart): Part {
  return { headers: new HeaderMap(headers), content }
}

/** Writes the parts as a multipart body. `boundary` must not occur in them. Contents that are not text go as Base64. */
export function writeMultipart(parts: readonly Part[], boundary: string): Uint8Array {
  const pieces = parts.flatMap(({ headers, content }) => {
    const isBase64 = String(headers.get('Content-Transfer-Encoding')) === 'base64'
    const body = isBase64 ? asciiOf(encodeBase64(content).replace(/.{76}(?!$)/g, '$&\r\n')) : content
    return [asciiOf(`--${boundary}\r\n${writeHeaders(headers)}\r\n`), body, asciiOf('\r\n')]
  })
  return concatenate([...pieces, asciiOf(`--${boundary}--\r\n`)])
}

/** Headers as lines, each with CRLF. Line ends inside a value become blanks. */
export function writeHeaders(headers: HeaderMap): string {
  return Array.from(headers, ([name, value]) => `${name}: ${String(value).replace(/[\r\n]+/g, ' ')}\r\n`).join('')
}

/** The line end before a delimiter belongs to it. */
function lineStart(text: string, at: number, min: number): number {
  const beforeFeed = at - 1
  return Math.max(text[beforeFeed - 1] === '\r' ? beforeFeed - 1 : beforeFeed, min)
}

function readPart(bytes: Uint8Array): Part {
  const { headers, bodyStart } = readHeaders(bytes)
  const content = bytes.subarray(bodyStart)
  const encoding = String(headers.get('Content-Transfer-Encoding') ?? '7bit')
    .trim()
    .toLowerCase()
  switch (encoding) {
    case '7bit':
    case '8bit':
    case 'binary':
      return { headers, content }
    case 'base64':
      return { headers, content: decodeBase64(decode(content, 'ISO-8859-1')) }
    case 'quoted-printable':
      return { headers, content: decodeQuotedPrintable(decode(content, 'ISO-8859-1')) }
    default:
      throw new Failure(`Expected a transfer encoding of MIME, found "${encoding}".`, { code: 'decoding' })
  }
}

/** RFC 2045 section 6.7; what is not an escape stands for itself. */
function decodeQuotedPrintable(text: string): Uint8Array {
  const joined = text.replace(/[ \t]*=[ \t]*\r?\n/g, '')
  const plain = joined.replace(/=([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Uint8Array.from(plain, character => character.charCodeAt(0))
}

function asciiOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
