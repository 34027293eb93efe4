/** Milliseconds since 1970-01-01T00:00:00Z, and waiting. Tests use a settable clock; nothing here reads the real one. */
export interface Clock {
  now(): number
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>
}

/** Unpredictable bytes. Tests use a fixed sequence. */
export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array
}

/**
 * `application`: registered by an administrator for one subscription; `platform`: for the platform's own APIs,
 * with generated ID and secret and a fixed lifetime.
 */
export type ClientKind = 'application' | 'platform'

/** The authorization grant that a client is registered for (RFC 6749 §1.3). */
export type ClientGrant = 'client_credentials' | 'authorization_code'

/** An OAuth client as the token endpoint needs it. */
export interface Client {
  readonly kind: ClientKind
  /** Compared exactly; two IDs that differ only in case cannot both be registered. */
  readonly id: string
  readonly name: string
  readonly description: string
  /** The application its tokens are for, for example `devtmn`; empty for platform clients. */
  readonly subscription: string
  readonly grant: ClientGrant
  readonly confidential: boolean
  /** Platform clients: granted scopes such as `hcp.readAuthorizationSettings`. Application clients: none yet. */
  readonly scopes: readonly string[]
  /** Lifetime of opaque tokens in seconds, at most 180 days. Platform clients: 1500. */
  readonly tokenLifetimeSeconds: number
  /** Authorization code only: lifetime of refresh tokens in seconds, at most 180 days. */
  readonly refreshTokenLifetimeSeconds: number
  /** Authorization code only. */
  readonly redirectUri: string | undefined
  readonly skipConsent: boolean
  /** Name and description in other languages, by language tag (RFC 5646) such as `de`. */
  readonly translations: Translations
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** Texts for end users by language tag; what a language lacks is the client's own. */
export type Translations = Readonly<Record<string, { readonly name?: string; readonly description?: string }>>

/** Registered clients, as the server stores them. */
export interface ClientStore {
  /** Undefined when no such client is registered. The result is cached until `OAuthContext.forgetClient`. */
  find(id: string): Promise<Client | undefined>
  /** The stored form of the secret (see `SecretHasher`); undefined for public and unknown clients. */
  findSecretHash(id: string): Promise<string | undefined>
}

/** An issued opaque token. Its expiry is not stored: it follows from `issuedAt` and the client's lifetime, so that changing the lifetime re-dates every token. */
export interface OpaqueToken {
  /** Where it is stored: when it was issued (4 bytes), then SHA-256 of its text (32 bytes). Sorts by time. */
  readonly key: Uint8Array
  readonly clientId: string
  /** Undefined for client credentials, whose user is `oauth_client_<client id>`. */
  readonly user: string | undefined
  readonly scopes: readonly string[]
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  /** The authorization that it ends with; undefined when no user gave one. */
  readonly authorization?: number
}

/** Issued opaque tokens, as the server stores them. */
export interface TokenStore {
  /** Resolves when the token is durable, not before. */
  insert(token: OpaqueToken): Promise<void>
  find(key: Uint8Array): Promise<OpaqueToken | undefined>
  /** With all other tokens of the same authorization of a user. False when there was none. */
  delete(key: Uint8Array): Promise<boolean>
}

/** What a user allows a client on one occasion, by an authorization code (RFC 6749 §4.1). */
export interface UserAuthorization {
  readonly clientId: string
  readonly user: string
  readonly scopes: readonly string[]
  /** As the request had it; undefined when it relied on the registered one. */
  readonly redirectUri: string | undefined
  /** Method S256 (RFC 7636 §4.2); undefined when the request had none. */
  readonly codeChallenge: string | undefined
  /** Milliseconds since 1970. */
  readonly issuedAt: number
}

/** An authorization as it is stored. Its code, its refresh tokens and their access tokens end with it. */
export interface StoredAuthorization extends UserAuthorization {
  readonly id: number
}

/** What one token request gets for an authorization. */
export interface IssuedTokens {
  readonly accessToken: OpaqueToken
  /** SHA-256 of its text. */
  readonly refreshToken: Uint8Array
}

/** Authorizations that users gave, as the server stores them. Codes and refresh tokens are stored as SHA-256 only. */
export interface AuthorizationStore {
  /** Resolves when it is durable. */
  insert(code: Uint8Array, authorization: UserAuthorization): Promise<void>
  findByCode(code: Uint8Array): Promise<(StoredAuthorization & { readonly isRedeemed: boolean }) | undefined>
  /** Durable when it resolves; false, without effect, when the code was redeemed before or is gone. */
  redeem(id: number, tokens: IssuedTokens): Promise<boolean>
  findByRefreshToken(
    token: Uint8Array,
  ): Promise<(StoredAuthorization & { readonly isUsed: boolean; readonly tokenIssuedAt: number }) | undefined>
  /** Replaces a refresh token by the next; false, without effect, when it was used before or is gone. */
  rotate(used: Uint8Array, tokens: IssuedTokens): Promise<boolean>
  /** Ends an authorization and all that came of it. */
  end(id: number): Promise<void>
}

/** A scope that an application declares. */
export interface ApplicationScope {
  readonly id: string
  /** For people: what it lets a client do. */
  readonly description: string
  /** Descriptions in other languages, by their BCP 47 tag. */
  readonly translations: Readonly<Record<string, string>>
}

/** Scopes of applications, as the server stores them. */
export interface ScopeStore {
  ofApplication(application: string): Promise<readonly ApplicationScope[]>
}

/**
 * A keyed permutation of blocks of 16 bytes, such as AES-128: without its key, what it makes of them cannot be told from
 * random bytes. All servers on one store share the key.
 */
export interface BlockCipher {
  encrypt(block: Uint8Array): Uint8Array
  /** The inverse of `encrypt`. */
  decrypt(block: Uint8Array): Uint8Array
}

/** One-way storage of client secrets and passwords. */
export interface SecretHasher {
  /** A self-describing string (algorithm, cost, salt, digest). */
  hash(secret: string): Promise<string>
  /** Timing-safe. False for any malformed `stored`. */
  verify(secret: string, stored: string): Promise<boolean>
}

/** A signing key as JOSE sees it. */
export interface SigningKey {
  /** RFC 7517 key ID. */
  readonly kid: string
  readonly alg: 'ES256'
  /** Signs the JWS signing input and returns the raw (r‖s) signature. */
  sign(input: string): Uint8Array
  verify(input: string, signature: Uint8Array): boolean
  /** The public half as a JWK (RFC 7517), with `kid`, `alg` and `use`. */
  readonly publicJwk: Readonly<Record<string, string>>
}

/** The keys that sign and verify JWTs. */
export interface Keys {
  /** The key that signs new tokens. */
  current(): SigningKey
  /** Also keys that no longer sign and still verify. */
  find(kid: string): SigningKey | undefined
  all(): readonly SigningKey[]
}

/** Fast digests. For secrets that people choose, see `SecretHasher`. */
export interface Digests {
  sha256(text: string): Uint8Array
  /** Keyed with a key drawn when the process started; for comparing secrets without keeping them. */
  keyed(text: string): Uint8Array
  /** Timing-safe; false when the lengths differ. */
  equal(a: Uint8Array, b: Uint8Array): boolean
}
