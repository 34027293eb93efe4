import { Failure } from '../run/failure.ts'

const alphabet = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const padding = 0x3d
const skip = 64
const unknown = 255

/** What each byte stands for: 0–63, `skip` for white space, `unknown` for anything else. */
const meanings = new Uint8Array(256).fill(unknown)
for (const [value, byte] of alphabet.entries()) meanings[byte] = value
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) meanings[byte] = skip
meanings[0x2d] = 62
meanings[0x5f] = 63

/** Bytes as Base64 (RFC 4648 section 4): with padding, in one line. */
export function encodeBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding)
  let at = 0
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0)
    out[at] = alphabet[group >> 18] ?? 0
    out[at + 1] = alphabet[(group >> 12) & 63] ?? 0
    if (left > 1) out[at + 2] = alphabet[(group >> 6) & 63] ?? 0
    if (left > 2) out[at + 3] = alphabet[group & 63] ?? 0
    at += 4
  }
  return new TextDecoder('utf-8').decode(out)
}

/**
 * The bytes that Base64 text stands for. White space is ignored (RFC 2045 section 6.8), padding may be missing, and `-` and
 * `_` are read as in base64url (RFC 4648 section 5). Throws a `Failure` of code `decoding` for anything else.
 */
export function decodeBase64(text: string): Uint8Array {
  const out = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let group = 0
  let digits = 0
  let pads = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    const value = code < 256 ? (meanings[code] ?? unknown) : unknown
    if (value === skip) continue
    if (code === padding) {
      pads += 1
      continue
    }
    if (value === unknown || pads > 0) throw undecodable(`found another character at position ${index + 1}`)
    group = (group << 6) | value
    digits += 1
    if (digits % 4 === 0) {
      out[length] = group >> 16
      out[length + 1] = group >> 8
      out[length + 2] = group
      length += 3
      group = 0
    }
  }
  const rest = digits % 4
  if (rest === 1 || (pads > 0 && (digits + pads) % 4 !== 0)) throw undecodable('found that its end is missing')
  if (rest > 1) out[length++] = group >> (rest === 2 ? 4 : 10)
  if (rest > 2) out[length++] = group >> 2
  return out.subarray(0, length)
}

function undecodable(found: string): Failure {
  return new Failure(`Expected Base64, ${found}.`, { code: 'decoding' })
}
