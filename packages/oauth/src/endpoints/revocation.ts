import { authenticateClient } from '../client-auth/authenticate-client.ts'
import { clientParameterNames } from '../client-auth/parameter-names.ts'
import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import type { OAuthRequest, OAuthResponse } from '../message.ts'
import type { Client } from '../ports.ts'
import { isOpaqueToken, opaqueTokenKey } from '../tokens/opaque-token.ts'
import { answerPost, noStoreHeaders } from './answer.ts'
import { parseParameters } from './parameters.ts'

const parameterNames = new Set(['token', 'token_type_hint', ...clientParameterNames])

/**
 * Token revocation (RFC 7009), which the original does not have: an application client gives back an access token or a
 * refresh token of its own; with a token of a user everything goes that came of the same authorization. Whether there was
 * such a token is not told (§2.2).
 */
export function revocationEndpoint(request: OAuthRequest, context: OAuthContext): Promise<OAuthResponse> {
  return answerPost(request, async () => {
    const parameters = parseParameters(request, parameterNames)
    const client = await authenticateClient(request, parameters, 'application', context)
    // Whoever names a public client has proved nothing, and must not use up what belongs to it.
    if (client.confidential) await context.requests.admit({ id: client.id, address: request.address })
    const token = parameters.get('token')
    if (token === undefined) throw new OAuthError('missing_token', 'token is missing', { clientId: client.id })
    if (token.includes('.')) {
      throw new OAuthError('unsupported_token_type', 'a JWT was to be revoked', { clientId: client.id })
    }
    if (isOpaqueToken(token)) await revokeAccessToken(token, client, context)
    else await revokeRefreshToken(token, client, context)
    return { status: 200, headers: noStoreHeaders, body: '', reason: undefined, clientId: client.id }
  })
}

async function revokeAccessToken(text: string, client: Client, context: OAuthContext): Promise<void> {
  const key = opaqueTokenKey(text, context)
  const found = await context.tokens.find(key)
  if (found?.clientId === client.id) await context.tokens.delete(key)
}

async function revokeRefreshToken(text: string, client: Client, context: OAuthContext): Promise<void> {
  const { authorizations, digests } = context
  const found = await authorizations.findByRefreshToken(digests.sha256(text))
  if (found?.clientId === client.id) await authorizations.end(found.id)
}
