import type { Grant } from './grant.ts'
import { grantScopes } from './scopes.ts'

/** RFC 6749 §4.4: the client acts for itself. Every call issues a new token; earlier ones stay valid. */
export const clientCredentials: Grant = {
  type: 'client_credentials',
  allowedFor: ['client_credentials'],
  parameters: [],
  authorize: (client, parameters) => ({ user: undefined, scopes: grantScopes(client, parameters.get('scope')) }),
}
