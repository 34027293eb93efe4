import type { OAuthContext } from '../context.ts'
import { oauthPaths } from '../endpoints/metadata.ts'
import type { Parameters } from '../endpoints/parameters.ts'
import { OAuthError } from '../errors.ts'
import { type Jws, parseJws } from '../jose/jws.ts'
import { isSignedBy } from '../jose/public-jwk.ts'
import type { Client } from '../ports.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** All in characters or milliseconds. */
const limits = Object.freeze({
  assertion: 8192,
  jti: 256,
  /** How far `exp` may be away: for so long is `jti` remembered. */
  lifetime: 300_000,
  clockSkew: 30_000,
})

/** RFC 7523 §2.2. Undefined when the request has none. Throws `OAuthError` for another type of assertion. */
export function readAssertion(parameters: Parameters): string | undefined {
  const assertion = parameters.get('client_assertion')
  const type = parameters.get('client_assertion_type')
  if (assertion === undefined && type === undefined) return undefined
  if (type !== assertionType) throw new OAuthError('unsupported_assertion_type', 'another client_assertion_type')
  return assertion ?? ''
}

/** Who signed an assertion, once it was verified with a key of that client. */
export interface VerifiedAssertion {
  readonly client: Client
  /** What must not be used again until `expiresAt`. */
  readonly usedAs: Uint8Array
  readonly expiresAt: number
}

/** The client ID that an assertion claims, and what comes of it. */
export interface AssertionVerdict {
  readonly claimed: string
  readonly verdict: VerifiedAssertion | string
}

/**
 * Judges a client assertion by RFC 7523 §3 and OpenID Connect Core §9: keys are those registered for the client, whatever the
 * header says of others. Whether it was used before is not judged here.
 */
export async function verifyAssertion(text: string, context: OAuthContext): Promise<AssertionVerdict> {
  const jws = text.length > limits.assertion ? undefined : parseJws(text)
  const claimed = typeof jws?.payload.sub === 'string' ? jws.payload.sub : ''
  if (!jws) return { claimed, verdict: 'the assertion is too long or no JWT' }
  const client = await context.findClient(claimed)
  if (!client) return { claimed, verdict: 'no such client is registered' }
  const problem = signatureProblem(jws, client, context) ?? claimsProblem(jws, client, context)
  if (problem !== undefined) return { claimed, verdict: problem }
  const { jti, exp } = jws.payload
  const usedAs = context.digests.sha256(`client_assertion ${client.id} ${jti}`)
  return { claimed, verdict: { client, usedAs, expiresAt: Math.ceil((exp as number) * 1000) + limits.clockSkew } }
}

function signatureProblem(jws: Jws, { keyAuthentication }: Client, { publicKeys }: OAuthContext): string | undefined {
  if (keyAuthentication?.method !== 'private_key_jwt') return 'the client does not authenticate by private_key_jwt'
  const { typ } = jws.header
  if (typ !== undefined && typ !== 'JWT' && typ !== 'client-authentication+jwt') return 'the JWT is no client assertion'
  if (!isSignedBy(keyAuthentication.keys, jws, publicKeys)) return 'no key of the client made the signature'
  return undefined
}

function claimsProblem(
  { payload }: Jws,
  client: Client,
  { clock, settings: { issuer } }: OAuthContext,
): string | undefined {
  const { iss, aud, exp, nbf, iat, jti } = payload
  const now = clock.now()
  if (iss !== client.id) return 'iss is not the client ID'
  if (!isAudience(aud, issuer)) return 'aud is neither the issuer nor the token endpoint'
  if (typeof exp !== 'number' || now >= exp * 1000 + limits.clockSkew) return 'the assertion has expired'
  if (exp * 1000 > now + limits.lifetime) return `exp is more than ${limits.lifetime / 1000} s away`
  for (const time of [nbf, iat]) {
    if (time !== undefined && (typeof time !== 'number' || time * 1000 > now + limits.clockSkew)) {
      return 'the assertion is not valid yet'
    }
  }
  return typeof jti === 'string' && jti !== '' && jti.length <= limits.jti ? undefined : 'jti is missing or too long'
}

const endpoints = [
  oauthPaths.token,
  oauthPaths.platformToken,
  oauthPaths.cloudFoundryToken,
  oauthPaths.pushedAuthorization,
]

/**
 * The issuer, as FAPI 2.0 wants it, or an endpoint (RFC 7523 §3, RFC 9126 §2), and nobody else beside it: who shares an
 * assertion with others could be impersonated by them.
 */
function isAudience(aud: unknown, issuer: string): boolean {
  const only = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  return only === issuer || endpoints.some(path => only === `${issuer}${path}`)
}
