import type { OAuthContext } from '../context.ts'
import { parseJws } from '../jose/jws.ts'
import { isSignedBy, readPublicJwk, thumbprintOf } from '../jose/public-jwk.ts'
import { binaryOf, encodeBase64Url } from '../text/encoding.ts'

/** The request that a proof has to be made for. */
export interface ProvenRequest {
  readonly method: string
  /** Without a query. */
  readonly url: string
  /** Undefined at endpoints that issue tokens. */
  readonly accessToken?: string
}

/** Of which key the caller proved to have the private half. */
export interface DpopProof {
  /** RFC 9449 §6.1. */
  readonly jkt: string
  /** What must not be used again until `expiresAt`. */
  readonly usedAs: Uint8Array
  readonly expiresAt: number
}

/** In characters or milliseconds. A proof counts from a little before it was made, as clocks differ, until it is this old. */
export const dpopLimits = Object.freeze({ proof: 4096, jti: 256, age: 60_000, clockSkew: 30_000 })

/** What the proof needs of the authorization server. */
export type DpopContext = Pick<OAuthContext, 'publicKeys' | 'digests' | 'clock'>

/**
 * Judges a DPoP proof by RFC 9449 §4.3, or says what is wrong with it. Whether it was used before is not judged here. There
 * are no server nonces (§8): proofs are good for a minute, and once.
 */
export function verifyDpopProof(text: string, request: ProvenRequest, context: DpopContext): DpopProof | string {
  if (text.length > dpopLimits.proof) return 'the DPoP proof is too long'
  const jws = parseJws(text)
  if (!jws) return 'the DPoP proof is no JWT'
  if (jws.header.typ !== 'dpop+jwt') return 'the typ of the DPoP proof is not dpop+jwt'
  const key = readPublicJwk(jws.header.jwk)
  if (typeof key === 'string') return 'the DPoP proof has no public key that is supported'
  // Its `kid`, which nothing needs, would have to fit that of the header.
  const { kid: _, ...plain } = key
  if (!isSignedBy([plain], jws, context.publicKeys)) return 'the DPoP proof has a wrong signature or algorithm'
  const { jti, iat } = jws.payload
  const problem = claimsProblem(jws.payload, request, context)
  if (problem !== undefined) return problem
  const jkt = thumbprintOf(key, context.digests)
  const usedAs = context.digests.sha256(`dpop ${jkt} ${jti}`)
  return { jkt, usedAs, expiresAt: Math.ceil((iat as number) * 1000) + dpopLimits.age }
}

function claimsProblem(
  { jti, htm, htu, iat, ath }: Readonly<Record<string, unknown>>,
  { method, url, accessToken }: ProvenRequest,
  { digests, clock }: DpopContext,
): string | undefined {
  if (typeof jti !== 'string' || jti === '' || jti.length > dpopLimits.jti) return 'jti is missing or too long'
  if (htm !== method) return 'htm is not the method of the request'
  if (typeof htu !== 'string' || normalized(htu) !== normalized(url)) return 'htu is not the URL of the request'
  const now = clock.now()
  if (typeof iat !== 'number' || now >= iat * 1000 + dpopLimits.age)
    return 'iat is missing, or the DPoP proof is too old'
  if (iat * 1000 > now + dpopLimits.clockSkew) return 'iat lies in the future'
  if (accessToken === undefined) return undefined
  const expected = encodeBase64Url(binaryOf(digests.sha256(accessToken)))
  return ath === expected ? undefined : 'ath is not the digest of the access token'
}

const urlPattern = /^(https?):\/\/([^/?#]+)([^?#]*)/i

/** RFC 9449 §4.3: without query and fragment, after the normalization of RFC 3986 §6.2.2 and §6.2.3. */
function normalized(url: string): string | undefined {
  const [, scheme = '', authority = '', path = ''] = urlPattern.exec(url) ?? []
  if (scheme === '') return undefined
  const port = scheme.toLowerCase() === 'https' ? ':443' : ':80'
  const host = authority.toLowerCase()
  const plainHost = host.endsWith(port) ? host.slice(0, -port.length) : host
  const plainPath = path.replace(/%[0-9a-f]{2}/gi, encoded => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded.toUpperCase()
  })
  return `${scheme.toLowerCase()}://${plainHost}${plainPath || '/'}`
}
