import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import type { ApplicationScope, Client } from '../ports.ts'
import { prefixOf } from '../tokens/prefix.ts'
import { createUserSecret } from '../tokens/user-secret.ts'
import {
  type AuthorizationProblem,
  type AuthorizationRequest,
  authorizationParameterNames,
  judgeAuthorizationRequest,
} from './authorization-request.ts'
import { parseEncoded, tokenRequestLimits } from './parameters.ts'
import { openPushedRequest } from './pushed-request.ts'

/**
 * What becomes of an authorization request. `refuse`: a page for the user, as there is no address that can be trusted
 * (RFC 6749 §4.1.2.1); `redirect`: the client is told, once the user has signed in (RFC 9700 §4.11.2); `ask`: the user
 * decides.
 */
export type AuthorizationVerdict =
  | { readonly kind: 'refuse'; readonly problem: AuthorizationProblem; readonly reason: string }
  | { readonly kind: 'redirect'; readonly location: string; readonly reason: string; readonly client: Client }
  | { readonly kind: 'ask'; readonly request: AuthorizationRequest }

const parameterNames = new Set([...authorizationParameterNames, 'request_uri'])

/** Judges an authorization request by its query, raw and without the question mark. */
export async function readAuthorizationRequest(query: string, context: OAuthContext): Promise<AuthorizationVerdict> {
  const parameters = parse(query)
  if (typeof parameters === 'string') return { kind: 'refuse', problem: 'malformed', reason: parameters }
  const clientId = parameters.get('client_id') ?? ''
  const client = await context.findClient(clientId)
  if (client?.kind !== 'application') {
    return { kind: 'refuse', problem: 'unknown-client', reason: 'no such application client is registered' }
  }
  const requestUri = context.settings.extensions ? parameters.get('request_uri') : undefined
  const pushed = requestUri === undefined ? undefined : await openPushedRequest(requestUri, client, context)
  if (typeof pushed === 'string') return { kind: 'refuse', problem: 'stale-request', reason: pushed }
  const given = pushed?.parameters ?? parameters
  const judged = await judgeAuthorizationRequest(given, client, pushed !== undefined, context)
  if (judged.kind === 'fail') {
    const { error, description, target } = judged
    const location = answer(target, context, { error, error_description: description })
    return { kind: 'redirect', location, reason: description, client }
  }
  if (judged.kind === 'refuse' || !pushed) return judged
  return { kind: 'ask', request: { ...judged.request, pushedAs: pushed.pushedAs } }
}

/** Who answers an authorization request. */
export interface EndUser {
  readonly user: string
  /** Where the user's browser is. */
  readonly address: string
  /** `UserAuthorization.session`. */
  readonly session?: Uint8Array
}

/**
 * The user agrees, or need not be asked: issues a code, and tells where the browser takes it. Resolves when the code is
 * durable. A pushed request is answered once. Undefined when the client, the user or the session is gone meanwhile.
 */
export async function allowAuthorization(
  request: AuthorizationRequest,
  endUser: EndUser,
  context: OAuthContext,
): Promise<string | undefined> {
  if (!(await isFirstAnswer(request, context))) return answeredBefore(request, context)
  const { client, scopes, codeChallenge, dpopJkt } = request
  const redirectUri = request.namesRedirectUri ? request.redirectUri : undefined
  const method = client.skipConsent ? 'registered-to-skip' : undefined
  context.audit.record({ ...consentOf(request, endUser), action: 'give', method })
  const code = await issueCode({ client, ...endUser, scopes, redirectUri, codeChallenge, dpopJkt }, context)
  return code === undefined ? undefined : answer(request, context, { code })
}

/** What a code is issued for. */
export interface CodeRequest extends EndUser {
  readonly client: Client
  readonly scopes: readonly ApplicationScope[]
  /** Undefined: none has to be told when it is redeemed. */
  readonly redirectUri: string | undefined
  readonly codeChallenge: string | undefined
  readonly dpopJkt: string | undefined
}

/**
 * Issues an authorization code; resolves with its text when it is durable. Undefined when the client, the user or the session
 * is gone meanwhile.
 */
export async function issueCode(
  { client, user, address, session, scopes, redirectUri, codeChallenge, dpopJkt }: CodeRequest,
  { authorizations, digests, random, clock, audit }: OAuthContext,
): Promise<string | undefined> {
  const code = createUserSecret(random)
  const isStored = await authorizations.insert(digests.sha256(code), {
    ...{ clientId: client.id, user, scopes: scopes.map(({ id }) => id) },
    ...{ redirectUri, codeChallenge, issuedAt: clock.now() },
    ...(dpopJkt !== undefined && { confirmation: { jkt: dpopJkt } }),
    ...(session && { session }),
  })
  const event = { object: 'authorization-code', action: 'issue', user, clientId: client.id, address } as const
  if (isStored) audit.record({ ...event, id: prefixOf(code) })
  else audit.record({ ...event, reason: 'the client, the user or the session is gone meanwhile' })
  return isStored ? code : undefined
}

/** The user does not agree: where the browser goes to tell so. A pushed request is answered once. */
export async function denyAuthorization(
  request: AuthorizationRequest,
  endUser: EndUser,
  context: OAuthContext,
): Promise<string> {
  if (!(await isFirstAnswer(request, context))) return answeredBefore(request, context)
  context.audit.record({ ...consentOf(request, endUser), action: 'refuse' })
  return answer(request, context, { error: 'access_denied', error_description: 'The user did not agree.' })
}

/** The scopes are what it is about. */
function consentOf({ client, scopes }: AuthorizationRequest, { user, address }: EndUser) {
  const id = scopes.length === 0 ? undefined : scopes.map(scope => scope.id).join('\n')
  return { object: 'consent', id, clientId: client.id, user, address } as const
}

async function isFirstAnswer({ pushedAs }: AuthorizationRequest, { pushedRequests }: OAuthContext): Promise<boolean> {
  return pushedAs === undefined || pushedRequests.take(pushedAs)
}

function answeredBefore(request: AuthorizationRequest, context: OAuthContext): string {
  const description = 'The request_uri was used before.'
  return answer(request, context, { error: 'invalid_request', error_description: description })
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

/** RFC 6749 §4.1.2; as an extension with the issuer, so that the client can tell servers apart (RFC 9207). */
function answer(
  { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
  { settings }: OAuthContext,
  parameters: Readonly<Record<string, string>>,
): string {
  const { extensions, issuer } = settings
  const all = { ...parameters, ...(state !== undefined && { state }), ...(extensions && { iss: issuer }) }
  const query = Object.entries(all).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.join('&')}`
}
