import { authenticateClient } from '../client-auth/authenticate-client.ts'
import { clientParameterNames } from '../client-auth/parameter-names.ts'
import type { OAuthContext } from '../context.ts'
import { OAuthError } from '../errors.ts'
import type { OAuthRequest, OAuthResponse } from '../message.ts'
import type { Client } from '../ports.ts'
import type { AcceptedToken } from '../tokens/token-validator.ts'
import { answerPost, noStoreHeaders } from './answer.ts'
import { parseParameters } from './parameters.ts'

const parameterNames = new Set(['token', 'token_type_hint', ...clientParameterNames])

/**
 * Token introspection (RFC 7662), which the original does not have: a confidential client asks about access tokens of the
 * application it is subscribed to. Everything else is not active, whatever the reason (§2.2).
 */
export function introspectionEndpoint(request: OAuthRequest, context: OAuthContext): Promise<OAuthResponse> {
  return answerPost(request, { object: 'access-token', action: 'introspect' }, context, async () => {
    const parameters = parseParameters(request, parameterNames)
    const client = await authenticateClient(request, parameters, 'application', context)
    // RFC 7662 §4: whoever could ask without a secret could try tokens out.
    if (!client.confidential) {
      throw new OAuthError('no_client_credentials', 'a public client asked about a token', { clientId: client.id })
    }
    await context.requests.admit({ id: client.id, address: request.address })
    const token = parameters.get('token')
    if (token === undefined) throw new OAuthError('missing_token', 'token is missing', { clientId: client.id })
    const verdict = await context.validator.validate(token, client.subscription, context.clock.now())
    const body = verdict.accepted ? describe(verdict, client, context) : { active: false }
    const reason = verdict.accepted ? undefined : verdict.reason
    return { status: 200, headers: noStoreHeaders, body: JSON.stringify(body), reason, clientId: client.id }
  })
}

function describe(accepted: AcceptedToken, caller: Client, { settings }: OAuthContext) {
  const { clientId, user, scopes, expiresAt, confirmation } = accepted
  return {
    active: true,
    token_type: confirmation?.jkt === undefined ? 'Bearer' : 'DPoP',
    scope: scopes.join(' '),
    client_id: clientId,
    username: user,
    sub: user,
    aud: `${settings.providerAccount}/${caller.subscription}`,
    iss: settings.issuer,
    exp: Math.floor(expiresAt / 1000),
    // RFC 8705 §3.2, RFC 9449 §6.2.
    ...(confirmation && { cnf: confirmation }),
  }
}
