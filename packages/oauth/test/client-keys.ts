import { constants, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import type { JwsAlgorithm, PublicJwk, PublicKeys } from '../src/index.ts'

const dsaEncoding = 'ieee-p1363' as const
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

const algorithms: Readonly<Record<JwsAlgorithm, readonly [hash: string | null, options: object]>> = {
  ES256: ['sha256', { dsaEncoding }],
  ES384: ['sha384', { dsaEncoding }],
  RS256: ['sha256', {}],
  PS256: ['sha256', pss],
  EdDSA: [null, {}],
  Ed25519: [null, {}],
}

/** Real signatures of clients. */
export const publicKeys: PublicKeys = {
  verify(jwk, alg, input, signature) {
    const [hash, options] = algorithms[alg]
    try {
      const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
      return verify(hash, Buffer.from(input), { key, ...options }, signature)
    } catch {
      return false
    }
  },
}

/** A key pair of a client. */
export interface ClientKey {
  readonly jwk: PublicJwk
  readonly alg: JwsAlgorithm
  readonly privateKey: KeyObject
}

const generated = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  Ed25519: () => generateKeyPairSync('ed25519'),
} as const

export function clientKey(alg: JwsAlgorithm = 'ES256', more: Partial<PublicJwk> = {}): ClientKey {
  const { publicKey, privateKey } = generated[alg]()
  return { jwk: { ...(publicKey.export({ format: 'jwk' }) as unknown as PublicJwk), ...more }, alg, privateKey }
}

export const base64Url = (value: unknown): string =>
  (value instanceof Buffer ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))).toString(
    'base64url',
  )

/** A JWS of any header and payload, which are texts or bytes, or made to JSON. */
export function signed(header: object, payload: object | string, { alg, privateKey }: ClientKey): string {
  const input = `${base64Url(header)}.${base64Url(payload)}`
  const [hash, options] = algorithms[alg]
  return `${input}.${sign(hash, Buffer.from(input), { key: privateKey, ...options }).toString('base64url')}`
}

let count = 0

/** A name that none had before. */
export const freshJti = (): string => `jti-${++count}`
