import { oauthPaths } from '@sluice/oauth'
import { platformScopeMeanings } from '../oauth/platform-scopes.ts'

/** OpenAPI security scheme objects: the ways in which callers say who they are. */
export function securitySchemes(publicUrl: string): Record<string, object> {
  return {
    user: {
      type: 'http',
      scheme: 'basic',
      description: 'A user. Administration needs role Administrator of application cockpit.',
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: 'JSESSIONID',
      description: 'A user who signed in; changes also need the header X-CSRF-Token.',
    },
    client: { type: 'http', scheme: 'basic', description: 'The ID and secret of an OAuth client.' },
    platformToken: clientCredentials(
      'A token of a platform client.',
      `${publicUrl}${oauthPaths.platformToken}`,
      platformScopeMeanings,
    ),
    applicationToken: clientCredentials(
      'A token of a client that is subscribed to the API application.',
      `${publicUrl}${oauthPaths.token}`,
      {},
    ),
  }
}

function clientCredentials(description: string, tokenUrl: string, scopes: object): object {
  return { type: 'oauth2', description, flows: { clientCredentials: { tokenUrl, scopes } } }
}
