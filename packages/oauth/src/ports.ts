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
  /** Platform clients: granted scopes such as `hcp.readAuthorizationSettings`. Application clients: none. */
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
  /** What it proves to have instead of a secret; undefined for clients with a secret and for public ones. */
  readonly keyAuthentication?: KeyAuthentication
  /** What its access tokens must be bound to; undefined when it is left to the client. */
  readonly tokenBinding?: TokenBinding
  /** RFC 9126 §6: whether its users are sent with a `request_uri` only. */
  readonly requirePushedAuthorizationRequests?: boolean
}

/** How a client authenticates without a secret, by the names of RFC 7591 §2 and RFC 8705 §2. */
export type KeyAuthentication =
  | { readonly method: 'private_key_jwt'; readonly keys: readonly PublicJwk[] }
  | { readonly method: 'tls_client_auth'; readonly name: CertificateNameKind; readonly value: string }
  | {
      readonly method: 'self_signed_tls_client_auth'
      readonly certificates: readonly { readonly thumbprint: string; readonly pem: string }[]
    }

/** Which name in a certificate tells a client of `tls_client_auth` (RFC 8705 §2.1.2); IP addresses in their canonical form. */
export type CertificateNameKind = 'subject_dn' | 'san_dns' | 'san_uri' | 'san_ip' | 'san_email'

/** `dpop`: to a key of the client (RFC 9449); `certificate`: to its TLS client certificate (RFC 8705 §3). */
export type TokenBinding = 'dpop' | 'certificate'

/**
 * What the user of a token has to have (RFC 7800 §3.1), one of: the key with this thumbprint (RFC 9449 §6.1), the certificate
 * with this thumbprint (RFC 8705 §3.1). Both are SHA-256 in base64url.
 */
export interface Confirmation {
  readonly jkt?: string
  readonly 'x5t#S256'?: string
}

/** A public key as a JWK (RFC 7517), with the members of its type and nothing else but `kid` and `alg`. */
export interface PublicJwk {
  readonly kty: 'EC' | 'OKP' | 'RSA'
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
  readonly kid?: string
  readonly alg?: string
}

/** The TLS client certificate of a connection, whose private key the caller has proved to have. */
export interface ClientCertificate {
  /** SHA-256 of the DER form in base64url (RFC 8705 §3.1). */
  readonly thumbprint: string
  /** Whether an authority vouches for it that the operator trusts in this. */
  readonly isTrusted: boolean
  /** Milliseconds since 1970. */
  readonly validFrom: number
  readonly validTo: number
  /** Whether it has this name. */
  hasName(kind: CertificateNameKind, value: string): boolean
}

/** Texts for end users by language tag; what a language lacks is the client's own. */
export type Translations = Readonly<Record<string, { readonly name?: string; readonly description?: string }>>

/** What is needed to check a secret of a client. */
export interface StoredClientSecret {
  readonly id: string
  /** See `SecretHasher`. */
  readonly hash: string
  /** Milliseconds since 1970; undefined: never. */
  readonly expiresAt: number | undefined
}

/** Registered clients, as the server stores them. */
export interface ClientStore {
  /** Undefined when no such client is registered. The result is cached until `OAuthContext.forgetClient`. */
  find(id: string): Promise<Client | undefined>
  /** The secrets of a client, at most two; none for clients without secrets and unknown ones. */
  findSecrets(id: string): Promise<readonly StoredClientSecret[]>
  /**
   * A secret was right, at a time in milliseconds since 1970. Told once in some minutes for each secret, and not waited for.
   */
  secretUsed(secretId: string, at: number): void
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
  /** Undefined when whoever has it can use it. */
  readonly confirmation?: Confirmation
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
  /**
   * Until the code is redeemed: what that needs (RFC 9449 §10). Then, of a public client: what using its refresh tokens needs
   * (RFC 9449 §5, RFC 8705 §4).
   */
  readonly confirmation?: Confirmation
  /** By which the user was signed in, as the server knows it: it has to last until the code is stored. */
  readonly session?: Uint8Array
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
  /** Becomes the `confirmation` of the authorization; undefined leaves that as it is. */
  readonly refreshBinding?: Confirmation
}

/** Authorizations that users gave, as the server stores them. Codes and refresh tokens are stored as SHA-256 only. */
export interface AuthorizationStore {
  /** Durable when it resolves; false, without effect, when the client, the user or the user's session is gone meanwhile. */
  insert(code: Uint8Array, authorization: UserAuthorization): Promise<boolean>
  findByCode(code: Uint8Array): Promise<(StoredAuthorization & { readonly isRedeemed: boolean }) | undefined>
  /** Durable when it resolves; false, without effect, when the code was redeemed before or is gone. */
  redeem(id: number, tokens: IssuedTokens): Promise<boolean>
  findByRefreshToken(
    token: Uint8Array,
  ): Promise<(StoredAuthorization & { readonly isUsed: boolean; readonly tokenIssuedAt: number }) | undefined>
  /** Replaces a refresh token by the next; false, without effect, when it was used before or is gone. */
  rotate(used: Uint8Array, tokens: IssuedTokens): Promise<boolean>
  /** Ends an authorization and all that came of it. False when it was over already. */
  end(id: number): Promise<boolean>
}

/** A pushed authorization request (RFC 9126). */
export interface PushedRequest {
  readonly clientId: string
  /** As in the query of an authorization request. */
  readonly parameters: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** How many pushed requests of a client may wait, altogether and from one address or IPv6 network. */
export interface PushedRequestLimits {
  readonly perClient: number
  readonly perAddress: number
}

/** Pushed authorization requests, as the server stores them: by SHA-256 of their `request_uri`. */
export interface PushedRequestStore {
  /** `address`: where it came from, an address or an IPv6 network. False, without effect, when the client is gone or has `max` of them already. */
  insert(key: Uint8Array, request: PushedRequest, address: string, max: PushedRequestLimits): Promise<boolean>
  /** `isOpened`: whether its user has come. Undefined when it has expired or is gone. */
  find(key: Uint8Array, now: number): Promise<(PushedRequest & { readonly isOpened: boolean }) | undefined>
  /** Its user has come: it expires at `until` now, unless it was opened before. */
  open(key: Uint8Array, until: number): Promise<void>
  /** Deletes it; false when it is gone. */
  take(key: Uint8Array): Promise<boolean>
}

/** Which JWTs were accepted that may be used once; all servers on one store know it, also after a restart. */
export interface UsedProofStore {
  /** Remembers it until `expiresAt`; durable when it resolves. False when it was there already. */
  use(key: Uint8Array, expiresAt: number): Promise<boolean>
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

/** Something that the audit log is told. No more of a token or code than its first 5 characters, and no secret. */
export interface OAuthAuditEvent {
  readonly object:
    | 'access-token'
    | 'jwt-access-token'
    | 'refresh-token'
    | 'authorization-code'
    | 'authorization'
    | 'consent'
    | 'client-authentication'
  readonly action: 'issue' | 'redeem' | 'revoke' | 'introspect' | 'authenticate' | 'give' | 'refuse'
  /** First 5 characters of a token or code; of a JWT, of its `jti`. */
  readonly id?: string | undefined
  /** Undefined where a client acts for itself. */
  readonly user?: string | undefined
  readonly clientId?: string | undefined
  /** Where the request came from. */
  readonly address?: string | undefined
  /** A `grant_type`, or what brought it about. */
  readonly method?: AuditMethod | undefined
  /** Why the request was refused; what succeeded has none. */
  readonly reason?: string | undefined
}

/** How something came about: by a grant, because a code or token was used twice, or without asking the user. */
export type AuditMethod = GrantType | 'reuse' | 'registered-to-skip'

/** Values of `grant_type` that are offered. */
export type GrantType =
  | 'client_credentials'
  | 'authorization_code'
  | 'refresh_token'
  | 'urn:ietf:params:oauth:grant-type:saml2-bearer'

/** Writes down what happens. Neither waited for nor able to fail. */
export interface AuditLog {
  record(event: OAuthAuditEvent): void
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
  /**
   * A self-describing string (algorithm, cost, salt, digest). With the salt of `like`, so that one computation tells whether
   * a secret is either. */
  hash(secret: string, like?: string): Promise<string>
  /** Timing-safe. False for any malformed `stored`. */
  verify(secret: string, stored: string): Promise<boolean>
  /** Which of several `stored` a secret fits, -1 when none: one computation where they have the same salt. Timing-safe. */
  find(secret: string, stored: readonly string[]): Promise<number>
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
