import type { Digests, PublicJwk } from '../ports.ts'
import { binaryOf, bytesOf, decodeBase64Url, encodeBase64Url } from '../text/encoding.ts'
import type { Jws } from './jws.ts'

/** Algorithms of signatures of others (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). All are asymmetric, `none` is not among them. */
export const jwsAlgorithms = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA', 'Ed25519'] as const

/** One of `jwsAlgorithms`. */
export type JwsAlgorithm = (typeof jwsAlgorithms)[number]

/** Verifies signatures of others. */
export interface PublicKeys {
  /** Whether `key`, for which `alg` is meant, verifies it. False for a key that is none, such as a point off its curve. */
  verify(key: PublicJwk, alg: JwsAlgorithm, input: string, signature: Uint8Array): boolean
}

/** Members that only private and symmetric keys have (RFC 7518 §6). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const kidCharactersMax = 256

/** Characters of base64url that hold as many bytes. */
const curves: Readonly<Record<string, { readonly kty: 'EC' | 'OKP'; readonly length: number }>> = {
  'P-256': { kty: 'EC', length: 43 },
  'P-384': { kty: 'EC', length: 64 },
  Ed25519: { kty: 'OKP', length: 43 },
}

/**
 * 2048 to 4096 bits: more takes longer to verify than anybody needs. With 2048, the first bit is set; with more, some bit of the
 * first byte is (RFC 7518 §6.3.1.1), which else would make a short key look like a long one.
 */
const modulusPattern = /^(?:[g-z0-9_-][A-Za-z0-9_-]{341}|(?!A[A-P])[A-Za-z0-9_-]{343,683})$/

/** Up to 4 bytes; nearly always it is 65537. */
const exponentPattern = /^[A-Za-z0-9_-]{2,6}$/

/** The public key that a JWK describes, or what is wrong with it. What else it says, addresses of keys among it, is dropped. */
export function readPublicJwk(value: unknown): PublicJwk | string {
  if (typeof value !== 'object' || value === null) return 'Expected a JWK, an object.'
  const jwk = value as Readonly<Record<string, unknown>>
  if (secretMembers.some(member => member in jwk)) return 'Expected a public key, found a private or symmetric one.'
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'Expected a key for signatures ("use": "sig").'
  const key = membersOf(jwk)
  if (!key) return 'Expected a key on P-256, P-384 or Ed25519, or an RSA key of 2048 to 4096 bits.'
  const { kid, alg } = jwk
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > kidCharactersMax)) {
    return `Expected "kid" to be a text of at most ${kidCharactersMax} characters.`
  }
  if (alg !== undefined && (typeof alg !== 'string' || !algorithmsOf({ ...key, alg }).length)) {
    return `Expected "alg" to be one of ${algorithmsOf(key).join(', ')}.`
  }
  return { ...key, ...(kid !== undefined && { kid }), ...(alg !== undefined && { alg }) }
}

function membersOf({ kty, crv, x, y, n, e }: Readonly<Record<string, unknown>>): PublicJwk | undefined {
  if (kty === 'RSA') return isText(n, modulusPattern) && isExponent(e) ? { kty, n, e } : undefined
  const curve = typeof crv === 'string' && Object.hasOwn(curves, crv) ? curves[crv] : undefined
  if (!curve || kty !== curve.kty) return undefined
  const coordinate = new RegExp(`^[A-Za-z0-9_-]{${curve.length}}$`)
  if (!isText(x, coordinate)) return undefined
  if (curve.kty === 'OKP') return { kty: curve.kty, crv: crv as string, x }
  return isText(y, coordinate) ? { kty: curve.kty, crv: crv as string, x, y } : undefined
}

/** Odd and at least 3 (RFC 8017 §3.1): with 1, everybody could sign. */
function isExponent(value: unknown): value is string {
  if (!isText(value, exponentPattern)) return false
  const exponent = bytesOf(decodeBase64Url(value) ?? '').reduce((sum, byte) => sum * 256 + byte, 0)
  return exponent >= 3 && exponent % 2 === 1
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

/** The algorithms that a key is for: what a header says chooses among them and adds none (RFC 8725 §3.1). */
export function algorithmsOf({ kty, crv, alg }: PublicJwk): readonly JwsAlgorithm[] {
  const possible = kty === 'RSA' ? (['PS256', 'RS256'] as const) : algorithmsOfCurve(crv)
  if (alg === undefined || possible.length === 0) return possible
  if (crv === 'Ed25519') return alg === 'EdDSA' || alg === 'Ed25519' ? possible : []
  return possible.filter(candidate => candidate === alg)
}

function algorithmsOfCurve(crv: string | undefined): readonly JwsAlgorithm[] {
  if (crv === 'P-256') return ['ES256']
  if (crv === 'P-384') return ['ES384']
  // One algorithm with two names.
  return crv === 'Ed25519' ? ['Ed25519', 'EdDSA'] : []
}

/** Whether one of `keys` made the signature. A `kid` leaves out keys that have another one, and finds none elsewhere. */
export function isSignedBy(keys: readonly PublicJwk[], jws: Jws, publicKeys: PublicKeys): boolean {
  const { alg, kid, crit } = jws.header
  if (crit !== undefined) return false
  return keys.some(key => {
    if (kid !== undefined && key.kid !== undefined && key.kid !== kid) return false
    const algorithm = algorithmsOf(key).find(candidate => candidate === alg)
    return algorithm !== undefined && publicKeys.verify(key, algorithm, jws.input, jws.signature)
  })
}

/** SHA-256 in base64url of the members that make the key (RFC 7638). */
export function thumbprintOf({ kty, crv, x, y, n, e }: PublicJwk, digests: Digests): string {
  const members = kty === 'RSA' ? { e, kty, n } : kty === 'OKP' ? { crv, kty, x } : { crv, kty, x, y }
  return encodeBase64Url(binaryOf(digests.sha256(JSON.stringify(members))))
}
