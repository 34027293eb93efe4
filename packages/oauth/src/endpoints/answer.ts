import type { OAuthContext } from '../context.ts'
import { OAuthError, type OAuthErrorCode, renderOAuthError } from '../errors.ts'
import type { OAuthRequest, OAuthResponse } from '../message.ts'
import type { OAuthAuditEvent } from '../ports.ts'

/** RFC 6749 §5.1: for everything that is about tokens. */
export const noStoreHeaders = Object.freeze({
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
})

/** What a refused request of an endpoint was about. */
type Refused = Pick<OAuthAuditEvent, 'object' | 'action'>

/** Refusals that say that it is not known who is calling. */
const unauthenticated: ReadonlySet<OAuthErrorCode> = new Set<OAuthErrorCode>([
  'no_client_credentials',
  'client_credentials_misplaced',
  'invalid_client',
  'invalid_client_assertion',
  'invalid_client_certificate',
  'too_many_failures',
])

/**
 * Answers a POST with `work`, whose refusals become answers and, as tries of `what`, events. Rejects only when a store or key
 * fails.
 */
export async function answerPost(
  request: OAuthRequest,
  what: Refused,
  { audit }: Pick<OAuthContext, 'audit'>,
  work: () => Promise<OAuthResponse>,
): Promise<OAuthResponse> {
  try {
    if (request.method !== 'POST') {
      throw new OAuthError('method_not_allowed', `method ${request.method}`, { headers: { Allow: 'POST' } })
    }
    return await work()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const { clientId, reason } = error
    const tried: Refused = unauthenticated.has(error.code)
      ? { object: 'client-authentication', action: 'authenticate' }
      : what
    audit.record({ ...tried, clientId, address: request.address, reason })
    return renderOAuthError(error)
  }
}
