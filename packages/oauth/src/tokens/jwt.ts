import { oauthClientUser } from '../clients/client-id.ts'
import type { Authorization } from '../grants/grant.ts'
import { parseJws } from '../jose/jws.ts'
import type { Client, Confirmation, Keys, Random, SigningKey } from '../ports.ts'
import type { ProviderWord } from '../saml/assertions.ts'
import { binaryOf, encodeAsciiJson, encodeBase64Url, encodeHex } from '../text/encoding.ts'

/** What the issuer and the validator of JWTs agree on. */
export interface JwtRealm {
  /** Claim `iss`: the server's public URL. */
  readonly issuer: string
  /** First half of claim `aud`: the account that provides the applications. */
  readonly providerAccount: string
}

/** `jwtrfc` follows RFC 7519 and RFC 9068; `jwt` has an object for `sub`, as the original's older layout seems to. */
export type JwtLayout = 'jwtrfc' | 'jwt'

const typeOf = { jwtrfc: 'at+jwt', jwt: 'JWT' } as const

/** The signed content of a JWT, in the terms of the rest of this package. */
export interface JwtContent {
  readonly clientId: string
  readonly user: string
  /** Undefined when it was issued for another provider's application. */
  readonly application: string | undefined
  readonly scopes: readonly string[]
  /** Seconds since 1970. */
  readonly issuedAt: number
  readonly notBefore: number
  readonly expiresAt: number
  readonly confirmation: Confirmation | undefined
  /** By which its user got it; undefined for what no provider said. */
  readonly word: ProviderWord | undefined
  readonly key: SigningKey
}

/** Builds and signs JWTs (RFC 7515 compact serialization). Nothing is stored. */
export interface JwtIssuer {
  /** `issuedAt` and `lifetime` in seconds. `id`: claim `jti`. */
  issue(
    client: Client,
    authorization: Authorization,
    layout: JwtLayout,
    issuedAt: number,
    lifetime: number,
  ): { readonly text: string; readonly id: string }
}

export function createJwtIssuer(realm: JwtRealm, keys: Keys, random: Random): JwtIssuer {
  let headersOf: SigningKey | undefined
  let headers = { jwtrfc: '', jwt: '' }

  function headerFor(key: SigningKey, layout: JwtLayout): string {
    if (headersOf !== key) {
      headers = { jwtrfc: encodeHeader(key, 'jwtrfc'), jwt: encodeHeader(key, 'jwt') }
      headersOf = key
    }
    return headers[layout]
  }

  return {
    issue(client, { user, scopes, confirmation, word }, layout, issuedAt, lifetime) {
      const key = keys.current()
      const name = user ?? oauthClientUser(client.id)
      const id = encodeHex(random.bytes(16))
      const claims = encodeAsciiJson({
        iss: realm.issuer,
        aud: audienceOf(realm, client.subscription),
        sub: layout === 'jwt' ? { user: name, client: client.id, scopes } : name,
        client_id: client.id,
        scope: scopes.join(' '),
        scopes,
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + lifetime,
        jti: id,
        cnf: confirmation,
        // As the JWTs of SAP's later environment call it.
        origin: word?.provider,
        trusted_since: word?.trustedSince,
      })
      const input = `${headerFor(key, layout)}.${encodeBase64Url(claims)}`
      return { text: `${input}.${encodeBase64Url(binaryOf(key.sign(input)))}`, id }
    },
  }
}

function encodeHeader({ alg, kid }: SigningKey, layout: JwtLayout): string {
  return encodeBase64Url(encodeAsciiJson({ alg, typ: typeOf[layout], kid }))
}

/** `<provider account>/<application>`; tokens for the platform's own APIs have no application. */
function audienceOf(realm: JwtRealm, application: string): string {
  return `${realm.providerAccount}/${application}`
}

/**
 * The content of a JWT that this server signed, or why it is none. Times and the application are not judged here. The
 * key comes from `kid` alone, the algorithm from the key; keys and addresses in the header are not looked at (RFC 8725 §3).
 */
export function verifyJwt(token: string, realm: JwtRealm, keys: Keys): JwtContent | string {
  const jws = parseJws(token)
  if (!jws) return 'the token is neither opaque nor a JWT'
  const { header: declared, payload, input, signature } = jws
  const key = typeof declared.kid === 'string' ? keys.find(declared.kid) : undefined
  if (!key) return 'the JWT was not signed with a key of this server'
  if (declared.alg !== key.alg) return 'the JWT names another algorithm than its key has'
  if (declared.crit !== undefined) return 'the JWT needs an extension that is not supported'
  if (declared.typ !== typeOf.jwtrfc && declared.typ !== typeOf.jwt) return 'the JWT is no access token'
  if (!key.verify(input, signature)) return 'the JWT has a wrong signature'
  return readClaims(payload, realm, key) ?? 'the JWT lacks a claim or was issued by another server'
}

function readClaims(
  claims: Readonly<Record<string, unknown>>,
  { issuer, providerAccount }: JwtRealm,
  key: SigningKey,
): JwtContent | undefined {
  if (claims.iss !== issuer) return undefined
  const { sub, client_id: clientId, aud, scopes, iat, nbf, exp, cnf, origin } = claims
  const user = typeof sub === 'object' && sub !== null && 'user' in sub ? sub.user : sub
  if (typeof user !== 'string' || typeof clientId !== 'string' || typeof aud !== 'string') return undefined
  if (typeof iat !== 'number' || typeof nbf !== 'number' || typeof exp !== 'number') return undefined
  if (!Array.isArray(scopes) || !scopes.every(scope => typeof scope === 'string')) return undefined
  const prefix = `${providerAccount}/`
  const application = aud.startsWith(prefix) ? aud.slice(prefix.length) : undefined
  // Signed by this server, which puts nothing else there.
  const confirmation = cnf as Confirmation | undefined
  const word =
    typeof origin === 'string' ? { provider: origin, trustedSince: claims.trusted_since as number } : undefined
  return { clientId, user, application, scopes, issuedAt: iat, notBefore: nbf, expiresAt: exp, confirmation, word, key }
}
