import type { Grant } from './grant.ts'
import { grantScopes } from './scopes.ts'

/** RFC 6749 §4.4: the client acts for itself. Every call issues a new token; earlier ones stay valid. */
export const clientCredentials: Grant = {
  type: 'client_credentials',
  allowedFor: ['client_credentials'],
  tokenFormats: ['opaque', 'jwtrfc', 'jwt'],
  parameters: [],
  authorize: (client, parameters) => {
    const requested = parameters.get('scope')
    return { user: undefined, scopes: grantScopes(client.scopes, requested, client.id) ?? client.scopes }
  },
}
