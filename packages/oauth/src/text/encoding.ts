const base64UrlPattern = /^[A-Za-z0-9_-]+$/
const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOfByte[byte]
  return text
}

/** The bytes of an even number of hexadecimal digits. */
export function decodeHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  )
}

/** Base64url without padding (RFC 7515 §2). Each character of `binary` is one byte. */
export function encodeBase64Url(binary: string): string {
  const padded = btoa(binary)
  const end = padded.indexOf('=')
  return (end < 0 ? padded : padded.slice(0, end)).replaceAll('+', '-').replaceAll('/', '_')
}

/** The bytes, one per character; undefined for what is not unpadded base64url. */
export function decodeBase64Url(text: string): string | undefined {
  if (!base64UrlPattern.test(text)) return undefined
  return decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}

/** The bytes, one per character; undefined for what is not base64. Missing padding is tolerated. */
export function decodeBase64(text: string): string | undefined {
  try {
    return atob(text)
  } catch {
    return undefined
  }
}

export function binaryOf(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return binary
}

export function bytesOf(binary: string): Uint8Array {
  return Uint8Array.from(binary, character => character.charCodeAt(0))
}

/** Reads bytes as UTF-8 and, where they are not, as ISO-8859-1: RFC 7617 §2 leaves the charset to the client. */
export function decodeText(binary: string): string {
  return decodeUtf8(binary) ?? binary
}

/** The text of bytes in UTF-8; undefined where they are something else. */
export function decodeUtf8(binary: string): string | undefined {
  if (!/[\x80-\xff]/.test(binary)) return binary
  try {
    return decodeURIComponent(binary.replace(/[%\x80-\xff]/g, byte => `%${hexOfByte[byte.charCodeAt(0)]}`))
  } catch {
    return undefined
  }
}

/** JSON with every character outside ASCII escaped, so that each character is one byte. */
export function encodeAsciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\x7f-\uffff]/g, character => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** One value of `application/x-www-form-urlencoded`; undefined for a broken escape. */
export function decodeFormValue(text: string): string | undefined {
  if (!/[+%]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
