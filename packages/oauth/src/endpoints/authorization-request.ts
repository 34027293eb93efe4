import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import { grantScopes } from '../grants/scopes.ts'
import type { ApplicationScope, Client } from '../ports.ts'

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
  /** RFC 9449 §10: the key that the code is bound to. */
  readonly dpopJkt: string | undefined
  /** Where it was pushed: what tells it in `PushedRequestStore`. */
  readonly pushedAs?: Uint8Array
}

/** Why a user sees an error page instead of being sent back to the client. */
export type AuthorizationProblem =
  | 'malformed'
  | 'unknown-client'
  | 'no-redirect-uri'
  | 'other-redirect-uri'
  | 'stale-request'

/** Error codes of RFC 6749 §4.1.2.1 and RFC 9101 §7. */
type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'request_not_supported'
  | 'request_uri_not_supported'

/** What is to be said of a client's request. `refuse`: not to the client; `fail`: to the client; `ask`: it is in order. */
export type AuthorizationJudgement =
  | { readonly kind: 'refuse'; readonly problem: AuthorizationProblem; readonly reason: string }
  | {
      readonly kind: 'fail'
      readonly error: AuthorizationErrorCode
      readonly description: string
      readonly target: Pick<AuthorizationRequest, 'client' | 'redirectUri' | 'state'>
    }
  | { readonly kind: 'ask'; readonly request: AuthorizationRequest }

/** Names of the parameters of an authorization request, wherever it comes from. */
export const authorizationParameterNames = [
  ...(['response_type', 'client_id', 'redirect_uri', 'scope', 'state'] as const),
  ...(['code_challenge', 'code_challenge_method', 'dpop_jkt', 'request'] as const),
] as const

/** BASE64URL of a SHA-256 digest (RFC 7636 §4.2, RFC 9449 §10). */
const digestPattern = /^[A-Za-z0-9_-]{43}$/

/** Judges the parameters of an authorization request. `isPushed`: they came from the client itself (RFC 9126). */
export async function judgeAuthorizationRequest(
  parameters: ReadonlyMap<string, string>,
  client: Client,
  isPushed: boolean,
  { scopes: applications, settings }: OAuthContext,
): Promise<AuthorizationJudgement> {
  const given = parameters.get('redirect_uri')
  if (client.redirectUri === undefined) {
    return { kind: 'refuse', problem: 'no-redirect-uri', reason: `client ${client.id} has no redirect URI` }
  }
  if (given !== undefined && !isSameRedirectUri(client.redirectUri, given)) {
    return { kind: 'refuse', problem: 'other-redirect-uri', reason: `redirect_uri is not that of client ${client.id}` }
  }
  const target = { client, redirectUri: given ?? client.redirectUri, state: parameters.get('state') }
  const fail = (error: AuthorizationErrorCode, description: string): AuthorizationJudgement => {
    return { kind: 'fail', error, description, target }
  }
  if (client.requirePushedAuthorizationRequests && !isPushed) {
    return fail('invalid_request', 'Expected a request_uri, as the client pushes its authorization requests.')
  }
  const dpopJkt = settings.extensions ? parameters.get('dpop_jkt') : undefined
  const mistake = requestMistake(client, parameters) ?? dpopMistake(dpopJkt)
  if (mistake) return fail(...mistake)
  const declared = await applications.ofApplication(client.subscription)
  const scopes = scopesAskedFor(declared, parameters.get('scope'), client)
  if (scopes === undefined) return fail('invalid_scope', 'The application has no such scope.')
  const codeChallenge = parameters.get('code_challenge')
  return { kind: 'ask', request: { ...target, namesRedirectUri: given !== undefined, scopes, codeChallenge, dpopJkt } }
}

type Mistake = readonly [AuthorizationErrorCode, string]

function requestMistake(client: Client, parameters: ReadonlyMap<string, string>): Mistake | undefined {
  // RFC 9101 §7: what a client signed, or left elsewhere, is not to be left out in silence.
  if (parameters.has('request')) return ['request_not_supported', 'Expected no request object.']
  if (parameters.has('request_uri')) return ['request_uri_not_supported', 'Expected no request_uri.']
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
  return digestPattern.test(challenge) ? undefined : ['invalid_request', 'Expected a code_challenge of method S256.']
}

function dpopMistake(dpopJkt: string | undefined): Mistake | undefined {
  if (dpopJkt === undefined || digestPattern.test(dpopJkt)) return undefined
  return ['invalid_request', 'Expected dpop_jkt to be a thumbprint by SHA-256.']
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
  return withoutPort(registered) === withoutPort(given)
}

function withoutPort(uri: string): string {
  return uri.replace(loopbackPattern, (all, host: string, port = '') => (Number(port) > portMax ? all : host))
}
