import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import { grantScopes } from '../grants/scopes.ts'
import type { ApplicationScope, Client } from '../ports.ts'
import { createUserSecret } from '../tokens/user-secret.ts'
import { parseEncoded, tokenRequestLimits } from './parameters.ts'

/** A request of a client that a user has to answer (RFC 6749 §4.1.1). */
export interface AuthorizationRequest {
  readonly client: Client
  /** Where the answer goes. */
  readonly redirectUri: string
  /** Whether the request named it. */
  readonly namesRedirectUri: boolean
  /** What the client asks for, with descriptions for the user. */
  readonly scopes: readonly ApplicationScope[]
  readonly state: string | undefined
  readonly codeChallenge: string | undefined
}

/**
 * What becomes of an authorization request. `refuse`: a page for the user, as there is no address that can be trusted
 * (RFC 6749 §4.1.2.1); `redirect`: the client is told; `ask`: the user decides.
 */
export type AuthorizationVerdict =
  | { readonly kind: 'refuse'; readonly problem: AuthorizationProblem; readonly reason: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly reason: string; readonly clientId: string }
  | { readonly kind: 'ask'; readonly request: AuthorizationRequest }

/** Why a user sees an error page instead of being sent back to the client. */
export type AuthorizationProblem = 'malformed' | 'unknown-client' | 'no-redirect-uri' | 'other-redirect-uri'

/** Error codes of RFC 6749 §4.1.2.1. */
type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'

const parameterNames = new Set([
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
])

/** BASE64URL of a SHA-256 digest (RFC 7636 §4.2). */
const challengePattern = /^[A-Za-z0-9_-]{43}$/

/** Judges an authorization request by its query, raw and without the question mark. */
export async function readAuthorizationRequest(query: string, context: OAuthContext): Promise<AuthorizationVerdict> {
  const parameters = parse(query)
  if (typeof parameters === 'string') return { kind: 'refuse', problem: 'malformed', reason: parameters }
  const clientId = parameters.get('client_id') ?? ''
  const client = await context.findClient(clientId)
  if (client?.kind !== 'application') {
    return { kind: 'refuse', problem: 'unknown-client', reason: 'no such application client is registered' }
  }
  const given = parameters.get('redirect_uri')
  if (client.redirectUri === undefined) {
    return { kind: 'refuse', problem: 'no-redirect-uri', reason: `client ${client.id} has no redirect URI` }
  }
  if (given !== undefined && !isSameRedirectUri(client.redirectUri, given)) {
    return { kind: 'refuse', problem: 'other-redirect-uri', reason: `redirect_uri is not that of client ${client.id}` }
  }
  const target = { client, redirectUri: given ?? client.redirectUri, state: parameters.get('state') }
  const fail = (error: AuthorizationErrorCode, description: string): AuthorizationVerdict => {
    const location = answer(target, context, { error, error_description: description })
    return { kind: 'redirect', location, reason: description, clientId: client.id }
  }
  const mistake = requestMistake(client, parameters)
  if (mistake) return fail(...mistake)
  const declared = await context.scopes.ofApplication(client.subscription)
  const scopes = scopesAskedFor(declared, parameters.get('scope'), client)
  if (scopes === undefined) return fail('invalid_scope', 'The application has no such scope.')
  const codeChallenge = parameters.get('code_challenge')
  return { kind: 'ask', request: { ...target, namesRedirectUri: given !== undefined, scopes, codeChallenge } }
}

/** The user agrees: issues a code, and tells where the browser takes it. Resolves when the code is durable. */
export async function allowAuthorization(
  request: AuthorizationRequest,
  user: string,
  context: OAuthContext,
): Promise<string> {
  const { client, scopes, codeChallenge } = request
  const redirectUri = request.namesRedirectUri ? request.redirectUri : undefined
  const code = await issueCode({ client, user, scopes, redirectUri, codeChallenge }, context)
  return answer(request, context, { code })
}

/** What a code is issued for. */
export interface CodeRequest {
  readonly client: Client
  readonly user: string
  readonly scopes: readonly ApplicationScope[]
  /** Undefined: none has to be told when it is redeemed. */
  readonly redirectUri: string | undefined
  readonly codeChallenge: string | undefined
}

/** Issues an authorization code; resolves with its text when it is durable. */
export async function issueCode(
  { client, user, scopes, redirectUri, codeChallenge }: CodeRequest,
  { authorizations, digests, random, clock }: OAuthContext,
): Promise<string> {
  const code = createUserSecret(random)
  await authorizations.insert(digests.sha256(code), {
    ...{ clientId: client.id, user, scopes: scopes.map(({ id }) => id) },
    ...{ redirectUri, codeChallenge, issuedAt: clock.now() },
  })
  return code
}

/** The user does not agree: where the browser goes to tell so. */
export function denyAuthorization(request: AuthorizationRequest, context: OAuthContext): string {
  return answer(request, context, { error: 'access_denied', error_description: 'The user did not agree.' })
}

function parse(query: string): ReadonlyMap<string, string> | string {
  if (query.length > tokenRequestLimits.query) return `query of ${query.length} characters`
  try {
    return parseEncoded(query, parameterNames, 'query')
  } catch (error) {
    if (error instanceof OAuthError) return error.reason
    throw error
  }
}

function requestMistake(
  client: Client,
  parameters: ReadonlyMap<string, string>,
): readonly [AuthorizationErrorCode, string] | undefined {
  const type = parameters.get('response_type')
  if (type === undefined) return ['invalid_request', 'Expected the parameter response_type.']
  if (type !== 'code') return ['unsupported_response_type', 'Expected the response_type code.']
  if (client.grant !== 'authorization_code') {
    return ['unauthorized_client', 'The client is registered for another authorization grant.']
  }
  const challenge = parameters.get('code_challenge')
  if (challenge === undefined) {
    // RFC 9700 §2.1.1: whoever has no secret must prove to be who asked.
    return client.confidential ? undefined : ['invalid_request', 'Expected a code_challenge, as the client is public.']
  }
  // RFC 7636 §4.3: without a method it is plain, which protects nothing that could be read (RFC 9700 §2.1.1).
  if (parameters.get('code_challenge_method') !== 'S256') {
    return ['invalid_request', 'Expected the code_challenge_method S256.']
  }
  return challengePattern.test(challenge) ? undefined : ['invalid_request', 'Expected a code_challenge of method S256.']
}

function scopesAskedFor(
  declared: readonly ApplicationScope[],
  requested: string | undefined,
  client: Client,
): readonly ApplicationScope[] | undefined {
  try {
    const granted = grantScopes(
      declared.map(({ id }) => id),
      requested,
      client.id,
    )
    return declared.filter(({ id }) => granted?.includes(id))
  } catch (error) {
    if (error instanceof OAuthError) return undefined
    throw error
  }
}

const loopbackPattern = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::(\d{1,5}))?(?=[/?]|$)/
const portMax = 65_535

/**
 * Compared as texts (RFC 9700 §4.1.3), but for the port of a loopback address, which a program on the user's machine does
 * not choose (RFC 8252 §7.3).
 */
function isSameRedirectUri(registered: string, given: string): boolean {
  return registered === given || (loopbackPattern.test(registered) && withoutPort(registered) === withoutPort(given))
}

function withoutPort(uri: string): string {
  return uri.replace(loopbackPattern, (all, host: string, port = '') => (Number(port) > portMax ? all : host))
}

/** RFC 6749 §4.1.2, with the issuer so that the client can tell servers apart (RFC 9207). */
function answer(
  { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
  { settings }: OAuthContext,
  parameters: Readonly<Record<string, string>>,
): string {
  const all = { ...parameters, ...(state !== undefined && { state }), iss: settings.issuer }
  const query = Object.entries(all).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.join('&')}`
}
