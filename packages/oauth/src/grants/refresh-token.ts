import { refreshTokenEnd } from '../clients/lifetime.ts'
import { OAuthError } from '../errors.ts'
import { satisfies } from '../tokens/token-binding.ts'
import { endedByReuse, type Grant } from './grant.ts'
import { grantScopes } from './scopes.ts'

/**
 * RFC 6749 §6 with rotation (documented behaviour): each refresh token is good for one request, which answers with the next.
 * When one comes a second time, somebody else has it too: the whole family ends (RFC 9700 §4.14.2).
 */
export const refreshToken: Grant = {
  type: 'refresh_token',
  allowedFor: ['authorization_code'],
  tokenFormats: ['opaque'],
  parameters: ['refresh_token'],
  async authorize(client, parameters, context, confirmation) {
    const { authorizations, digests, clock, audit, scopes: registered, settings } = context
    const text = parameters.get('refresh_token')
    if (text === undefined) {
      throw new OAuthError('missing_refresh_token', 'refresh_token is missing', { clientId: client.id })
    }
    const refuse = (reason: string) => new OAuthError('invalid_refresh_token', reason, { clientId: client.id })
    const token = digests.sha256(text)
    const found = await authorizations.findByRefreshToken(token)
    if (!found) throw refuse('the refresh token is unknown, or its family has ended')
    if (found.clientId !== client.id) throw refuse(`the refresh token was issued to client ${found.clientId}`)
    const { id, user, isUsed, tokenIssuedAt, issuedAt } = found
    const end = async () => {
      if (await authorizations.end(id)) audit.record(endedByReuse(found))
    }
    if (isUsed) {
      await end()
      throw refuse('the refresh token was used before; all tokens of its family have ended')
    }
    if (clock.now() >= refreshTokenEnd({ issuedAt: tokenIssuedAt, allowedAt: issuedAt }, client, settings)) {
      throw refuse('the refresh token has expired')
    }
    // RFC 9449 §5, RFC 8705 §4: others authenticate.
    if (!client.confidential && !satisfies(confirmation, found.confirmation)) {
      throw refuse('the refresh token is bound to another key or certificate')
    }
    const current = new Set((await registered.ofApplication(client.subscription)).map(scope => scope.id))
    const scopes = found.scopes.filter(scope => current.has(scope))
    return {
      user,
      scopes: grantScopes(scopes, parameters.get('scope'), client.id) ?? scopes,
      family: {
        id,
        presented: { object: 'refresh-token', text },
        async store(tokens) {
          if (await authorizations.rotate(token, tokens)) return
          await end()
          throw refuse(
            'the refresh token was used by another request at the same time, or its family has ended meanwhile',
          )
        },
      },
    }
  },
}
