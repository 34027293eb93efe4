import { OAuthError, renderOAuthError } from '../errors.ts'
import type { OAuthRequest, OAuthResponse } from '../message.ts'

/** RFC 6749 §5.1: for everything that is about tokens. */
export const noStoreHeaders = Object.freeze({
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  Pragma: 'no-cache',
})

/** Answers a POST with `work`, whose refusals become answers. Rejects only when a store or key fails. */
export async function answerPost(request: OAuthRequest, work: () => Promise<OAuthResponse>): Promise<OAuthResponse> {
  try {
    if (request.method !== 'POST') {
      throw new OAuthError('method_not_allowed', `method ${request.method}`, { headers: { Allow: 'POST' } })
    }
    return await work()
  } catch (error) {
    if (error instanceof OAuthError) return renderOAuthError(error)
    throw error
  }
}
