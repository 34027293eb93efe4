import type { ExpiryState } from './client-secrets.ts'
import { call, callJson } from './http.ts'

/** How a client gets its tokens. */
export type Grant = 'client_credentials' | 'authorization_code'

/** A lifetime as administrators state it. */
export interface Lifetime {
  readonly value: number
  readonly unit: 'minutes' | 'hours' | 'days'
}

/** Texts in other languages, by language tag. */
export type Translations = Readonly<Record<string, { readonly name?: string; readonly description?: string }>>

/** How a client authenticates (RFC 7591 §2, RFC 8705 §2). */
export type AuthMethod =
  | 'client_secret_basic'
  | 'none'
  | 'private_key_jwt'
  | 'tls_client_auth'
  | 'self_signed_tls_client_auth'

/** What a client and its users have to show besides, or instead of, a secret. */
export interface ClientProofs {
  /** A JWKS; a text in PEM is taken, too. */
  readonly jwks?: object | string
  readonly tlsClientAuthSubjectDn?: string
  readonly tlsClientAuthSanDns?: string
  readonly tlsClientAuthSanUri?: string
  readonly tlsClientAuthSanIp?: string
  readonly tlsClientAuthSanEmail?: string
  /** In PEM. */
  readonly certificate?: string
  readonly requirePushedAuthorizationRequests?: boolean
  readonly dpopBoundAccessTokens?: boolean
  readonly tlsClientCertificateBoundAccessTokens?: boolean
}

/** A registered OAuth client. */
export interface Client extends ClientProofs {
  readonly tokenEndpointAuthMethod: AuthMethod
  readonly id: string
  readonly kind: 'application' | 'platform'
  readonly name: string
  readonly description: string
  /** The application that its tokens are for; empty for platform clients. */
  readonly subscription: string
  /** The user to assign roles to. */
  readonly user: string
  readonly grant: Grant
  readonly confidential: boolean
  readonly scopes: readonly string[]
  readonly tokenLifetime: Lifetime
  /** Authorization code only. */
  readonly refreshTokenLifetime?: Lifetime
  readonly redirectUri?: string
  readonly skipConsent: boolean
  /** By language tag. */
  readonly translations: Translations
  /** ISO 8601. */
  readonly createdAt: string
  /** Only in the answer to the request that generated it. */
  readonly secret?: string
  /** ISO 8601: when the next of its secrets expires, or the last one has. Absent when none does. */
  readonly secretExpiresAt?: string
  readonly secretState?: ExpiryState
}

/** What can be edited of a client. A secret is sent to change it only. */
export interface ClientUpdate extends ClientProofs {
  readonly tokenEndpointAuthMethod?: AuthMethod
  readonly name?: string
  readonly description?: string
  readonly subscription?: string
  readonly grant?: Grant
  readonly confidential?: boolean
  readonly secret?: string
  readonly tokenLifetime?: Lifetime
  readonly refreshTokenLifetime?: Lifetime
  readonly redirectUri?: string
  readonly skipConsent?: boolean
  readonly translations?: Translations
}

/** What a client is registered with. */
export interface ClientCreation extends ClientUpdate {
  readonly kind?: Client['kind']
  readonly id?: string
  readonly scopes?: readonly string[]
}

/** An opaque token that is still valid. Times are ISO 8601. */
export interface IssuedToken {
  readonly id: string
  readonly clientId: string
  readonly user: string
  readonly application: string
  readonly issuedAt: string
  readonly validUntil: string
}

/** What a user allowed a client, and the client can still use. */
export interface GivenAuthorization {
  readonly id: number
  readonly clientId: string
  readonly user: string
  readonly application: string
  readonly scopes: readonly string[]
  readonly issuedAt: string
  readonly usedAt: string
  readonly validUntil: string
}

/** Where the authorization server is and what it can do (RFC 8414). */
export interface AuthorizationServer {
  readonly issuer: string
  readonly token_endpoint: string
  readonly authorization_endpoint?: string
  readonly jwks_uri: string
  readonly grant_types_supported: readonly string[]
}

/** The scopes that platform clients may have, without their prefix `hcp.`. */
export const platformScopes = [
  'readOAuthSettings',
  'manageOAuthSettings',
  'readAuthorizationSettings',
  'manageAuthorizationSettings',
  'readApplicationRoles',
  'manageApplicationRoles',
  'readTrustSettings',
  'manageTrustSettings',
  'readAuditLogs',
  'manageAuditLogs',
] as const

const root = '/oauth2/api/v1'
const clientPath = (id: string) => `${root}/clients/${encodeURIComponent(id)}`

/** The registered clients of a kind. */
export async function listClients(kind: Client['kind']): Promise<readonly Client[]> {
  const { clients } = await callJson<{ clients: readonly Client[] }>('GET', `${root}/clients`)
  return clients.filter(client => client.kind === kind)
}

export function readClient(id: string): Promise<Client> {
  return callJson('GET', clientPath(id))
}

/** Registers a client; the answer holds its secret where the server generated it. */
export function createClient(json: ClientCreation): Promise<Client> {
  return callJson('POST', `${root}/clients`, { json })
}

/** Replaces what can be edited; the answer holds a secret where the server generated one. */
export function updateClient(id: string, json: ClientUpdate): Promise<Client> {
  return callJson('PUT', clientPath(id), { json })
}

/** Deletes a client and its opaque tokens. */
export async function deleteClient(id: string): Promise<void> {
  await call('DELETE', clientPath(id))
}

/** Whose tokens; empty texts are anybody's. */
export interface TokenSearch {
  readonly clientId: string
  readonly user: string
}

/** The newest valid tokens, at most 200. */
export async function listTokens(search: TokenSearch): Promise<readonly IssuedToken[]> {
  return (await callJson<{ tokens: readonly IssuedToken[] }>('GET', `${root}/tokens?${queryOf(search)}`)).tokens
}

/** What users allowed clients, the 200 used last. */
export async function listAuthorizations(search: TokenSearch): Promise<readonly GivenAuthorization[]> {
  const path = `${root}/authorizations?${queryOf(search)}`
  return (await callJson<{ authorizations: readonly GivenAuthorization[] }>('GET', path)).authorizations
}

function queryOf({ clientId, user }: TokenSearch): URLSearchParams {
  return new URLSearchParams({ limit: '200', ...(clientId !== '' && { clientId }), ...(user !== '' && { user }) })
}

/** Revokes what a user allowed a client, with all its tokens. */
export async function revokeAuthorization(id: number): Promise<void> {
  await call('DELETE', `${root}/authorizations/${id}`)
}

export async function revokeToken(id: string): Promise<void> {
  await call('DELETE', `${root}/tokens/${encodeURIComponent(id)}`)
}

/**
 * Revokes all opaque tokens of a client, of a user, or of everybody, with what users allowed clients; resolves with how many
 * access tokens there were.
 */
export async function revokeTokensOf(
  whose: { readonly clientId: string } | { readonly user: string } | { readonly all: 'true' },
): Promise<number> {
  const query = new URLSearchParams(whose)
  return (await callJson<{ revoked: number }>('DELETE', `${root}/tokens?${query}`)).revoked
}

export function readAuthorizationServer(): Promise<AuthorizationServer> {
  return callJson('GET', '/.well-known/oauth-authorization-server')
}
