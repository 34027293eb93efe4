import { isClientId } from './clients/client-id.ts'
import type { OAuthResponse } from './message.ts'

/** One kind of refusal. `error` and `description` are for the caller, everything else about it for the log. */
interface OAuthErrorEntry {
  readonly status: 400 | 401 | 405 | 429
  /** RFC 6749 §5.2. */
  readonly error: string
  /** RFC 6749 §5.2: printable ASCII without quotation mark and backslash. Never holds what the caller sent. */
  readonly description: string
  /** RFC 7235 §3.1 and RFC 6749 §5.2: a 401 says how to authenticate. */
  readonly challenge?: true
}

const entry = (value: OAuthErrorEntry) => Object.freeze(value)

/** Every refusal of the OAuth endpoints, by its stable code. 429 is RFC 6585 §4. */
export const oauthErrors = Object.freeze({
  method_not_allowed: entry({
    status: 405,
    error: 'invalid_request',
    description: 'Expected the method POST.',
  }),
  request_too_large: entry({
    status: 400,
    error: 'invalid_request',
    description: 'The query, body, Authorization header or number of parameters exceeds its limit.',
  }),
  malformed_parameter: entry({
    status: 400,
    error: 'invalid_request',
    description: 'A parameter is not valid application/x-www-form-urlencoded.',
  }),
  duplicate_parameter: entry({
    status: 400,
    error: 'invalid_request',
    description: 'A parameter was sent more than once with different values.',
  }),
  missing_grant_type: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected the parameter grant_type in the query or in an application/x-www-form-urlencoded body.',
  }),
  unsupported_grant_type: entry({
    status: 400,
    error: 'unsupported_grant_type',
    description: 'This server does not offer the grant_type.',
  }),
  unsupported_token_format: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected token_format to be absent, jwtrfc or jwt.',
  }),
  invalid_scope: entry({
    status: 400,
    error: 'invalid_scope',
    description: 'A requested scope is not granted to the client.',
  }),
  grant_not_allowed: entry({
    status: 400,
    error: 'unauthorized_client',
    description: 'The client is registered for another authorization grant.',
  }),
  missing_code: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected the parameter code.',
  }),
  invalid_code: entry({
    status: 400,
    error: 'invalid_grant',
    description:
      'The authorization code is unknown, expired or used, or the client, redirect_uri or code_verifier is not the one it was issued for.',
  }),
  missing_token: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected the parameter token.',
  }),
  unsupported_token_type: entry({
    status: 400,
    error: 'unsupported_token_type',
    description: 'A JWT cannot be revoked: it runs out by itself.',
  }),
  missing_refresh_token: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected the parameter refresh_token.',
  }),
  invalid_refresh_token: entry({
    status: 400,
    error: 'invalid_grant',
    description: 'The refresh token is unknown, expired or used, or was issued to another client.',
  }),
  confidential_client_needed: entry({
    status: 400,
    error: 'unauthorized_client',
    description: 'This grant needs an application client that authenticates.',
  }),
  missing_assertion: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected the parameter assertion.',
  }),
  invalid_assertion: entry({
    status: 400,
    error: 'invalid_grant',
    description:
      'Expected a SAML 2.0 assertion in base64url, signed by an enabled identity provider with a certificate that is trusted and valid, and issued by it or by the client.',
  }),
  ambiguous_assertion: entry({
    status: 400,
    error: 'invalid_grant',
    description: 'The signature fits more than one identity provider. Expected the name of one in saml2idp.',
  }),
  assertion_for_others: entry({
    status: 400,
    error: 'invalid_grant',
    description:
      'Expected this server as an audience of the assertion, and its token endpoint as the recipient of the confirmation.',
  }),
  assertion_not_valid_now: entry({
    status: 400,
    error: 'invalid_grant',
    description:
      'The assertion has expired, is not yet valid, does not say until when it is, or is for more than a day.',
  }),
  assertion_used: entry({
    status: 400,
    error: 'invalid_grant',
    description: 'The assertion was used before.',
  }),
  assertion_user: entry({
    status: 400,
    error: 'invalid_grant',
    description: 'The assertion names no user, or one that this server does not take from an identity provider.',
  }),
  format_not_allowed: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected no token_format: this grant gives opaque tokens only.',
  }),
  no_client_credentials: entry({
    status: 401,
    error: 'unauthorized_client',
    description: 'Expected the client ID and secret in an Authorization header of type Basic.',
    challenge: true,
  }),
  client_credentials_misplaced: entry({
    status: 401,
    error: 'unauthorized_client',
    description:
      'Expected the client ID and secret in an Authorization header of type Basic, found credentials in the body or query.',
    challenge: true,
  }),
  invalid_client: entry({
    status: 401,
    error: 'invalid_client',
    description: 'The client ID or the client secret is wrong.',
    challenge: true,
  }),
  several_client_authentications: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected one way of client authentication, found more than one.',
  }),
  unsupported_assertion_type: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected client_assertion_type urn:ietf:params:oauth:client-assertion-type:jwt-bearer.',
  }),
  invalid_client_assertion: entry({
    status: 401,
    error: 'invalid_client',
    description: 'The client assertion was not accepted.',
    challenge: true,
  }),
  invalid_client_certificate: entry({
    status: 401,
    error: 'invalid_client',
    description: 'The TLS client certificate is not one of this client.',
    challenge: true,
  }),
  missing_client_certificate: entry({
    status: 400,
    error: 'invalid_request',
    description: 'Expected a TLS client certificate, as tokens of this client are bound to it.',
  }),
  invalid_dpop_proof: entry({
    status: 400,
    error: 'invalid_dpop_proof',
    description: 'The DPoP proof is missing or was not accepted.',
  }),
  too_many_pushed_requests: entry({
    status: 429,
    error: 'temporarily_unavailable',
    description: 'Too many pushed authorization requests of this client wait for their users.',
  }),
  too_many_failures: entry({
    status: 429,
    error: 'temporarily_unavailable',
    description: 'Too many failed attempts. Try again after the time in the Retry-After header.',
  }),
  too_many_requests: entry({
    status: 429,
    error: 'temporarily_unavailable',
    description:
      'Too many requests of this client. Use tokens until they expire, and try again after the time in the Retry-After header.',
  }),
})

/** The stable code of a refusal. */
export type OAuthErrorCode = keyof typeof oauthErrors

/** The caller's mistake. Rendered by `renderOAuthError`; `reason` is for the log only and never holds a secret. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode
  readonly reason: string
  readonly clientId: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: OAuthErrorCode,
    reason: string,
    more: { clientId?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(`${code}: ${reason}`)
    this.name = 'OAuthError'
    this.code = code
    this.reason = reason
    // Whatever a caller claims reaches the log only if it could be an ID.
    this.clientId = more.clientId !== undefined && isClientId(more.clientId) ? more.clientId : undefined
    this.headers = more.headers ?? {}
  }
}

/** Turns a refusal into its answer: the one place that does (RFC 6749 §5.2). */
export function renderOAuthError(error: OAuthError): OAuthResponse {
  const { status, error: name, description, challenge }: OAuthErrorEntry = oauthErrors[error.code]
  return {
    status,
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      Pragma: 'no-cache',
      ...(challenge ? { 'WWW-Authenticate': 'Basic realm="oauth2", charset="UTF-8"' } : {}),
      ...error.headers,
    },
    body: JSON.stringify({ error: name, error_description: description }),
    reason: error.reason,
    clientId: error.clientId,
  }
}
