import type { StoredBytes } from './body.ts'
import { Failure } from './failure.ts'

const encoder = new TextEncoder()
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Decodes bytes the way Java does: a byte order mark stays, malformed input becomes U+FFFD.
 * Knows every charset of the WHATWG Encoding standard; ISO-8859-1 is the real one, not windows-1252.
 * Throws a `Failure` of code `charset` when the name is unknown.
 */
export function decode(bytes: Uint8Array, charset: string): string {
  const name = canonicalName(charset)
  if (name === 'utf-8') return utf8.decode(bytes)
  if (name === 'iso-8859-1') return decodeLatin1(bytes)
  return decoderFor(name, charset).decode(bytes)
}

/** How much of a large text is in memory at a time. */
const pieceLength = 64 * 1024

/** Text, or bytes decoded as by `decode`, in pieces; a character that lies across two pieces of bytes comes with the later. */
export function* piecesOf(content: string | Uint8Array | StoredBytes, charset: string): Generator<string> {
  if (typeof content === 'string') {
    for (let start = 0; start < content.length; start += pieceLength) yield content.slice(start, start + pieceLength)
    return
  }
  const name = canonicalName(charset)
  const decoder = name === 'iso-8859-1' ? undefined : decoderFor(name, charset)
  for (let start = 0; start < content.length; start += pieceLength) {
    const end = Math.min(content.length, start + pieceLength)
    const piece = content instanceof Uint8Array ? content.subarray(start, end) : content.read(start, end)
    yield decoder === undefined ? decodeLatin1(piece) : decoder.decode(piece, { stream: true })
  }
  if (decoder !== undefined) yield decoder.decode()
}

/**
 * Encodes text as UTF-8, UTF-16 (big-endian with byte order mark, as Java does), UTF-16BE, UTF-16LE, US-ASCII, or any
 * charset of one byte a character; characters that the charset lacks become `?`. Throws a `Failure` of code `charset` for
 * charsets of several bytes, such as Shift_JIS, and for unknown names.
 */
export function encode(text: string, charset: string): Uint8Array {
  const name = canonicalName(charset)
  switch (name) {
    case 'utf-8':
      return encoder.encode(text)
    case 'iso-8859-1':
      return encodeNarrow(text, code => (code <= 0xff ? code : undefined))
    case 'us-ascii':
      return encodeNarrow(text, code => (code <= 0x7f ? code : undefined))
    case 'utf-16':
      return encodeWide(`\uFEFF${text}`, false)
    case 'utf-16be':
      return encodeWide(text, false)
    case 'utf-16le':
      return encodeWide(text, true)
    default: {
      const bytes = narrowTable(decoderFor(name, charset), charset)
      return encodeNarrow(text, code => bytes.get(code))
    }
  }
}

function canonicalName(charset: string): string {
  const name = charset.trim().toLowerCase().replaceAll('_', '-')
  if (name === 'utf8') return 'utf-8'
  if (name === 'latin1' || name === 'iso8859-1') return 'iso-8859-1'
  if (name === 'ascii') return 'us-ascii'
  return name
}

function decoderFor(name: string, charset: string): TextDecoder {
  try {
    return new TextDecoder(name, { ignoreBOM: true })
  } catch (cause) {
    throw new Failure(`Expected the name of a charset, found "${charset}".`, { code: 'charset', cause })
  }
}

function decodeLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return text
}

function encodeNarrow(text: string, byteOf: (codePoint: number) => number | undefined): Uint8Array {
  return Uint8Array.from(text, character => byteOf(character.codePointAt(0) ?? 0) ?? 0x3f)
}

/** Code point to byte, found by decoding every byte. */
function narrowTable(decoder: TextDecoder, charset: string): ReadonlyMap<number, number> {
  const table = new Map<number, number>()
  for (let byte = 0xff; byte >= 0; byte -= 1) {
    const code = decoder.decode(new Uint8Array([byte])).codePointAt(0)
    if (code !== undefined && code !== 0xfffd) table.set(code, byte)
  }
  // In charsets of several bytes most high bytes mean nothing alone.
  if (table.size >= 0xc0) return table
  throw new Failure(`Expected a charset that text can be written in, found "${charset}".`, { code: 'charset' })
}

function encodeWide(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(index * 2, text.charCodeAt(index), littleEndian)
  }
  return new Uint8Array(view.buffer)
}
