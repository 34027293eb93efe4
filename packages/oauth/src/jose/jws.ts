import { bytesOf, decodeBase64Url, decodeUtf8 } from '../text/encoding.ts'

/** A signed JSON object (RFC 7515 §7.1) that nobody has verified yet. */
export interface Jws {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
  /** What was signed. */
  readonly input: string
  readonly signature: Uint8Array
}

/** Takes apart a JWS in compact serialization; undefined for anything else, also where header or payload is no JSON object. */
export function parseJws(text: string): Jws | undefined {
  const [header = '', payload = '', signature = '', ...rest] = text.split('.', 4)
  if (rest.length > 0) return undefined
  const parsed = { header: parseObject(header), payload: parseObject(payload) }
  const binary = decodeBase64Url(signature)
  if (!parsed.header || !parsed.payload || binary === undefined) return undefined
  return {
    header: parsed.header,
    payload: parsed.payload,
    input: `${header}.${payload}`,
    signature: bytesOf(binary),
  }
}

function parseObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(decodeUtf8(decodeBase64Url(part) ?? '') ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
