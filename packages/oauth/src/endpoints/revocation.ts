import { authenticateClient } from '../client-auth/authenticate-client.ts'
import { clientParameterNames } from '../client-auth/parameter-names.ts'
import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import type { OAuthRequest, OAuthResponse } from '../message.ts'
import type { Client, OAuthAuditEvent } from '../ports.ts'
import { isOpaqueToken, opaqueTokenKey } from '../tokens/opaque-token.ts'
import { prefixOf } from '../tokens/prefix.ts'
import { answerPost, noStoreHeaders } from './answer.ts'
import { parseParameters } from './parameters.ts'

const parameterNames = new Set(['token', 'token_type_hint', ...clientParameterNames])

/**
 * Token revocation (RFC 7009), which the original does not have: an application client gives back an access token or a
 * refresh token of its own; with a token of a user everything goes that came of the same authorization. Whether there was
 * such a token is not told (§2.2).
 */
export function revocationEndpoint(request: OAuthRequest, context: OAuthContext): Promise<OAuthResponse> {
  return answerPost(request, { object: 'access-token', action: 'revoke' }, context, async () => {
    const parameters = parseParameters(request, parameterNames)
    const client = await authenticateClient(request, parameters, 'application', context)
    // Whoever names a public client has proved nothing, and must not use up what belongs to it.
    if (client.confidential) await context.requests.admit({ id: client.id, address: request.address })
    const token = parameters.get('token')
    if (token === undefined) throw new OAuthError('missing_token', 'token is missing', { clientId: client.id })
    if (token.includes('.')) {
      throw new OAuthError('unsupported_token_type', 'a JWT was to be revoked', { clientId: client.id })
    }
    const isAccessToken = isOpaqueToken(token)
    const user = await (isAccessToken ? revokeAccessToken : revokeRefreshToken)(token, client, context)
    if (user) {
      const object = isAccessToken ? 'access-token' : 'refresh-token'
      const by = { ...user, clientId: client.id, address: request.address }
      context.audit.record({ object, action: 'revoke', id: prefixOf(token), ...by })
    }
    return { status: 200, headers: noStoreHeaders, body: '', reason: undefined, clientId: client.id }
  })
}

/** Whose token it was; undefined when there was none. */
type Revoked = Pick<OAuthAuditEvent, 'user'> | undefined

async function revokeAccessToken(text: string, client: Client, context: OAuthContext): Promise<Revoked> {
  const key = opaqueTokenKey(text, context)
  const found = await context.tokens.find(key)
  if (found?.clientId !== client.id) return undefined
  return (await context.tokens.delete(key)) ? { user: found.user } : undefined
}

async function revokeRefreshToken(text: string, client: Client, context: OAuthContext): Promise<Revoked> {
  const { authorizations, digests } = context
  const found = await authorizations.findByRefreshToken(digests.sha256(text))
  if (found?.clientId !== client.id) return undefined
  await authorizations.end(found.id)
  return { user: found.user }
}
