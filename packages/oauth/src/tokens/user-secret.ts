import type { Random } from '../ports.ts'
import { encodeHex } from '../text/encoding.ts'

/** The text of an authorization code or refresh token: 160 random bits in hexadecimal (RFC 6749 §10.10). */
export function createUserSecret(random: Random): string {
  return encodeHex(random.bytes(20))
}
