import type { Generated } from 'kysely'

/** The tables of who is who and who may do what: clients, tokens, users, sessions, identity providers, groups, roles. */
export interface IdentitySchema {
  clients: {
    /** Short reference for the tokens table; never reused. */
    key: Generated<number>
    id: string
    id_lower: string
    kind: string
    name: string
    description: string
    subscription: string
    grant_type: string
    confidential: number
    /** Space separated. */
    scopes: string
    token_lifetime_seconds: number
    redirect_uri: string | null
    skip_consent: number
    /** A JSON object. */
    translations: Generated<string>
    created_at: number
    refresh_token_lifetime_seconds: number
    /** `KeyAuthentication` as JSON; null for clients with a secret and for public ones. */
    key_authentication: string | null
    token_binding: string | null
    require_pushed_authorization_requests: Generated<number>
  }
  client_secrets: {
    key: Generated<number>
    client: number
    /** 1 or 2. */
    place: number
    hash: string
    created_at: number
    expires_at: number | null
    last_used_at: number | null
  }
  /** No expiry: it is `issued_at` plus the client's lifetime. */
  tokens: {
    key: Uint8Array
    client: number
    issued_at: number
    user_name: string | null
    /** Space separated; null when there are none. */
    scopes: string | null
    /** The key of `user_authorizations`; null when no user gave one. */
    authorization: Generated<number | null>
    /** `Confirmation` as JSON; null for tokens that everybody who has them can use. */
    confirmation: Generated<string | null>
  }
  branding: { id: string; theme: string; logo_type: string | null; logo: Uint8Array | null; modified_at: number }
  /** `translations`: a JSON object, language to description. */
  application_scopes: { application: string; id: string; description: string; translations: string }
  /** What users allowed. Its tokens go with it. */
  user_authorizations: {
    key: Generated<number>
    client: number
    user_name: string
    /** Space separated. */
    scopes: string
    /** SHA-256. */
    code: Uint8Array
    code_challenge: string | null
    redirect_uri: string | null
    issued_at: number
    redeemed: number
    /** When the last tokens were issued. */
    used_at: number
    /** `Confirmation` as JSON: the key that the code, or the refresh tokens of a public client, are bound to. */
    confirmation: Generated<string | null>
  }
  /** Authorization requests by SHA-256 of their `request_uri`. `parameters`: as in a query. */
  pushed_requests: {
    key: Uint8Array
    client: number
    address: string
    parameters: string
    opened: number
    expires_at: number
  }
  /** What was accepted and must not be again. `key`: SHA-256 of a JWT's owner and `jti`, or of the `state` of a sign-in. */
  used_proofs: { key: Uint8Array; expires_at: number }
  /** Used ones stay until they would have expired, so that one that comes again is known. `key` is SHA-256. */
  refresh_tokens: { key: Uint8Array; authorization: number; client: number; issued_at: number; used: number }
  users: {
    name_lower: string
    name: string
    password_hash: string
    created_at: number
    email: Generated<string>
    display_name: Generated<string>
    /** Name, address and display name in lower case, a line each. */
    search_text: string
    enabled: Generated<number>
    must_change_password: Generated<number>
    /** Wrong passwords in a row, and the time of the last. */
    failures: Generated<number>
    failed_at: Generated<number>
    /** 0 where nothing locks the user. */
    locked_until: Generated<number>
    signed_in_at: number | null
  }
  /** `settings`: a JSON object. */
  identity_providers: {
    name_lower: string
    name: string
    description: string
    enabled: number
    settings: string
    /** Sealed. */
    client_secret: Uint8Array | null
    created_at: number
    modified_at: number
    /** A time from when on what its users have by its word counts: another one after each end. */
    trusted_since: Generated<number>
  }
  /** Memberships that identity providers gave. */
  mapped_groups: { user_lower: string; provider_lower: string; group_lower: string }
  /** Users of identity providers. `subject`: empty for SAML. `search_text`: as that of `users`. */
  external_users: {
    name_lower: string
    name: string
    provider_lower: string
    subject: string
    email: string
    display_name: string
    search_text: string
    signed_in_at: number
  }
  /** SAML assertions that were exchanged for a token, by the SHA-256 of issuer and ID. */
  used_assertions: { key: Uint8Array; expires_at: number }
  groups: { name_lower: string; name: string }
  group_users: { group_lower: string; user_lower: string; user_name: string }
  custom_roles: { application: string; role: string }
  role_users: { application: string; role: string; user_lower: string; user_name: string }
  role_groups: { application: string; role: string; group_lower: string }
  /** Of users who signed in, by the SHA-256 of their ID. `provider_lower`: where, unless here. */
  sessions: {
    key: Uint8Array
    user_name: string
    created_at: number
    used_at: number
    provider_lower: Generated<string | null>
  }
}
