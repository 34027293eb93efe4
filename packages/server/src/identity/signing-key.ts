import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  verify,
} from 'node:crypto'
import type { SigningKey } from '@sluice/oauth'

/** JWS wants the raw r‖s form (RFC 7518 §3.4), not the DER form that is Node's default. */
const dsaEncoding = 'ieee-p1363'

/** Bytes of r and of s on P-256. */
const integerBytes = 32

/** A fresh private key on P-256, as PKCS #8 in DER. */
export function generateSigningKey(): Uint8Array {
  return asDer(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
}

/** The private keys in a text of PKCS #8 PEM blocks, each as DER. */
export function readPemKeys(text: string): Uint8Array[] {
  const blocks = text.match(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g) ?? []
  return blocks.map(pem => asDer(createPrivateKey(pem)))
}

/** The ES256 key (RFC 7518 §3.4) of a private key on P-256, given as PKCS #8 in DER. Its ID is its thumbprint (RFC 7638). */
export function signingKey(der: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const { crv = '', kty = '', x = '', y = '' } = publicKey.export({ format: 'jwk' }) as Record<string, string>
  const kid = thumbprint({ crv, kty, x, y })
  return {
    kid,
    alg: 'ES256',
    // Node takes twice as long when it is asked for the raw form, and longer in one call than in three.
    sign: input => rawSignature(createSign('sha256').update(input).sign(privateKey)),
    verify: (input, signature) => verify('sha256', Buffer.from(input), { key: publicKey, dsaEncoding }, signature),
    publicJwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' },
  }
}

/** RFC 3279 §2.2.3: a sequence of two integers; with P-256 all three lengths fit into a byte. */
function rawSignature(der: Buffer): Uint8Array {
  const raw = Buffer.alloc(2 * integerBytes)
  const rEnd = 4 + der.readUInt8(3)
  copyInteger(der, 4, rEnd, raw, integerBytes)
  copyInteger(der, rEnd + 2, der.length, raw, 2 * integerBytes)
  return raw
}

/** DER integers are as short as they can be, and have a zero in front where the first bit is set. */
function copyInteger(der: Buffer, start: number, end: number, raw: Buffer, rawEnd: number): void {
  const length = Math.min(end - start, integerBytes)
  der.copy(raw, rawEnd - length, end - length, end)
}

/** RFC 7638: the members in alphabetical order. */
function thumbprint(members: { crv: string; kty: string; x: string; y: string }): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}

function asDer(privateKey: KeyObject): Uint8Array {
  return privateKey.export({ type: 'pkcs8', format: 'der' })
}
