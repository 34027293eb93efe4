import type { CachedClient, ClientCache } from '../clients/client-cache.ts'
import { oauthClientUser } from '../clients/client-id.ts'
import type { BlockCipher, Confirmation, Digests, Keys, OpaqueToken, SigningKey, TokenStore } from '../ports.ts'
import type { Assertions } from '../saml/assertions.ts'
import { BoundedMap } from '../text/bounded-map.ts'
import { encodeHex } from '../text/encoding.ts'
import { type JwtContent, type JwtRealm, verifyJwt } from './jwt.ts'
import { isOpaqueToken, opaqueTokenKey } from './opaque-token.ts'

/** A token that may be used for the application. */
export interface AcceptedToken {
  readonly accepted: true
  readonly clientId: string
  /** `oauth_client_<client ID>` unless it was issued to a person. */
  readonly user: string
  readonly scopes: readonly string[]
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly format: 'opaque' | 'jwt'
  /** What its user has to have besides, see `checkPossession`; undefined when whoever has it can use it. */
  readonly confirmation?: Confirmation
}

/**
 * Why a token is refused. `unknown`: never issued, or revoked, or deleted with its client, or cleaned up after it had
 * expired, or what a provider said of its user has ended. `client_deleted`: a JWT whose client is gone.
 */
export type TokenState = 'malformed' | 'unknown' | 'expired' | 'not_yet_valid' | 'client_deleted' | 'other_subscription'

/** A token that is answered with 401. */
export interface RejectedToken {
  readonly accepted: false
  readonly state: TokenState
  /** One sentence for the access log; the caller must not see it. */
  readonly reason: string
}

/** What the authorization server says about a token. */
export type TokenVerdict = AcceptedToken | RejectedToken

/** Validates access tokens for resource servers in the same process. */
export interface TokenValidator {
  /**
   * `application` is the one that is being called, empty for the platform's own APIs; `now` in milliseconds since 1970.
   * Answers at once for tokens it has seen, rejects only when a store fails.
   */
  validate(token: string, application: string, now: number): TokenVerdict | Promise<TokenVerdict>
  /** To be called with its key whenever an opaque token was deleted; empty when several were, or the word of a provider ended. */
  forgetToken(key: Uint8Array): void
}

interface TokenValidatorOptions {
  readonly realm: JwtRealm
  readonly tokens: TokenStore
  readonly cache: ClientCache
  readonly keys: Keys
  readonly digests: Digests
  readonly tokenCipher: BlockCipher
  readonly assertions: Pick<Assertions, 'counts'>
}

/** Limits: tokens remembered, characters of a token, and seconds by which the clocks of two servers may differ. */
const tokensMax = 10_000
const tokenCharactersMax = 8192
const clockSkewMs = 30_000

interface KnownToken {
  readonly verdict: AcceptedToken
  /** What the token was issued for; for opaque tokens that is whatever their client is subscribed to. */
  readonly application: string | undefined
  readonly notBefore: number
  readonly owner: CachedClient
  /** JWT only. */
  readonly key: SigningKey | undefined
  /** Opaque tokens only: `OpaqueToken.key` in hexadecimal. */
  readonly storedAt: string | undefined
}

export function createTokenValidator(options: TokenValidatorOptions): TokenValidator {
  const { tokens, cache, keys, realm } = options
  const known = new BoundedMap<string, KnownToken>(tokensMax)
  /** Texts of the opaque ones by `storedAt`: whoever revokes a token need not know its text. */
  const texts = new Map<string, string>()
  /** Counts deletions, so that a token read before one is not remembered after it. */
  let deletions = 0

  function remember(text: string, token: KnownToken): void {
    const dropped = known.set(text, token)
    if (token.storedAt !== undefined) texts.set(token.storedAt, text)
    if (dropped?.storedAt !== undefined) texts.delete(dropped.storedAt)
  }

  async function readOpaque(text: string): Promise<KnownToken | RejectedToken> {
    const key = opaqueTokenKey(text, options)
    const deletionsBefore = deletions
    const stored = await tokens.find(key)
    const owner = stored && (await cache.find(stored.clientId))
    // A token that was being issued while its client was deleted must not serve a later client of the same ID.
    if (!stored || !owner || stored.issuedAt < owner.client.createdAt) {
      return reject('unknown', 'the token is unknown or has been revoked')
    }
    const token = describeOpaque(stored, encodeHex(key), owner)
    if (deletions === deletionsBefore) remember(text, token)
    return token
  }

  async function readJwt(text: string): Promise<KnownToken | RejectedToken> {
    const content = verifyJwt(text, realm, keys)
    if (typeof content === 'string') return reject('malformed', content)
    const deletionsBefore = deletions
    const owner = await cache.find(content.clientId)
    // A client that was deleted and registered again does not inherit tokens; `iat` has whole seconds.
    if (!owner || (content.issuedAt + 1) * 1000 <= owner.client.createdAt) {
      return reject('client_deleted', `the client ${content.clientId} of the JWT is no longer registered`)
    }
    const { user, word } = content
    if (word && !(await options.assertions.counts(user, word))) {
      return reject('unknown', `the word of identity provider ${word.provider} for the user of the JWT has ended`)
    }
    const token = describeJwt(content, owner)
    if (deletions === deletionsBefore) remember(text, token)
    return token
  }

  return {
    validate(text, application, now) {
      const isOpaque = isOpaqueToken(text)
      if (!isOpaque && text.length > tokenCharactersMax) return reject('malformed', 'the token is too long')
      const token = known.get(text)
      if (token?.owner.isCurrent && isKeyKept(token, keys)) return judge(token, application, now)
      const read = isOpaque ? readOpaque(text) : readJwt(text)
      return read.then(found => ('accepted' in found ? found : judge(found, application, now)))
    },
    forgetToken(key) {
      deletions += 1
      if (key.length === 0) {
        known.clear()
        texts.clear()
        return
      }
      const gone = encodeHex(key)
      const text = texts.get(gone)
      if (text === undefined) return
      known.delete(text)
      texts.delete(gone)
    },
  }
}

function describeOpaque(
  { clientId, user, scopes, issuedAt, confirmation }: OpaqueToken,
  storedAt: string,
  owner: CachedClient,
): KnownToken {
  const { subscription, tokenLifetimeSeconds } = owner.client
  const expiresAt = issuedAt + tokenLifetimeSeconds * 1000
  return {
    verdict: {
      accepted: true,
      clientId,
      user: user ?? oauthClientUser(clientId),
      scopes,
      expiresAt,
      format: 'opaque',
      ...(confirmation && { confirmation }),
    },
    application: subscription,
    notBefore: 0,
    owner,
    key: undefined,
    storedAt,
  }
}

function describeJwt(content: JwtContent, owner: CachedClient): KnownToken {
  const { clientId, user, scopes, application, confirmation, key } = content
  return {
    verdict: {
      accepted: true,
      clientId,
      user,
      scopes,
      expiresAt: content.expiresAt * 1000,
      format: 'jwt',
      ...(confirmation && { confirmation }),
    },
    application,
    notBefore: content.notBefore * 1000,
    owner,
    key,
    storedAt: undefined,
  }
}

function isKeyKept({ key }: KnownToken, keys: Keys): boolean {
  return key === undefined || keys.find(key.kid) === key
}

function judge(token: KnownToken, application: string, now: number): TokenVerdict {
  const { verdict, application: issuedFor, notBefore, owner } = token
  const { clientId } = verdict
  if (now >= verdict.expiresAt) return reject('expired', `the token of client ${clientId} has expired`)
  if (now < notBefore - clockSkewMs) return reject('not_yet_valid', `the JWT of client ${clientId} is not valid yet`)
  if (issuedFor !== application || owner.client.subscription !== application) {
    const target = issuedFor === '' ? "the platform's own APIs" : (issuedFor ?? 'another application')
    return reject('other_subscription', `the token of client ${clientId} was issued for ${target}`)
  }
  return verdict
}

function reject(state: TokenState, reason: string): RejectedToken {
  return { accepted: false, state, reason }
}
