import { OAuthError } from '../errors.ts'
import type { Grant } from './grant.ts'
import { grantScopes } from './scopes.ts'

/** RFC 6749 §4.4: a confidential client acts for itself. Every call issues a new token; earlier ones stay valid. */
export const clientCredentials: Grant = {
  type: 'client_credentials',
  allowedFor: ['client_credentials'],
  tokenFormats: ['opaque', 'jwtrfc', 'jwt'],
  parameters: [],
  authorize: (client, parameters) => {
    // Whoever names a public client has proved nothing, and would get its tokens.
    if (!client.confidential) {
      throw new OAuthError('confidential_client_needed', 'the client is public', { clientId: client.id })
    }
    const requested = parameters.get('scope')
    return { user: undefined, scopes: grantScopes(client.scopes, requested, client.id) ?? client.scopes }
  },
}
