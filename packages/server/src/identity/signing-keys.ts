import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import type { Keys, SigningKey } from '@sluice/oauth'
import type { Keys as SealedKeys } from '../store/store.ts'

const name = 'token-signing'

/** JWS wants the raw r‖s form (RFC 7518 §3.4), not the DER form that is Node's default. */
const dsaEncoding = 'ieee-p1363'

/** Bytes of r and of s on P-256. */
const integerBytes = 32

/**
 * The ES256 keys of tokens: private halves in the store's sealed values, one PKCS #8 PEM after the other, the first of
 * which signs. The first start on a store creates one.
 */
export async function openSigningKeys(store: SealedKeys): Promise<Keys> {
  const stored = await store.find(name)
  const keys = readPem(stored ? Buffer.from(stored).toString('utf8') : await create(store))
  const [current] = keys
  if (!current) throw new Error(`Expected at least one private key in the stored value "${name}", found none`)
  const byId = new Map(keys.map(key => [key.kid, key]))
  return { current: () => current, find: kid => byId.get(kid), all: () => keys }
}

async function create(store: SealedKeys): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await store.put(name, Buffer.from(pem))
  return pem
}

function readPem(text: string): SigningKey[] {
  const blocks = text.match(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g) ?? []
  return blocks.map(pem => signingKey(createPrivateKey(pem)))
}

function signingKey(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey)
  const { crv = '', kty = '', x = '', y = '' } = publicKey.export({ format: 'jwk' }) as Record<string, string>
  const kid = thumbprint({ crv, kty, x, y })
  return {
    kid,
    alg: 'ES256',
    // Node takes twice as long when it is asked for the raw form.
    sign: input => rawSignature(sign('sha256', Buffer.from(input), privateKey)),
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
