import { grants, oauthErrors, oauthPaths } from '@sluice/oauth'

const refusal = {
  description: 'A refusal (RFC 6749 §5.2).',
  content: json({
    error: { type: 'string', enum: [...new Set(Object.values(oauthErrors).map(({ error }) => error))] },
    error_description: { type: 'string' },
  }),
}

/** The path items of the token endpoints, which are no routes of the application. */
export const tokenPaths = {
  [oauthPaths.token]: {
    post: tokenOperation('Issue a token to an application client', {
      scopes: { type: 'array', items: { type: 'string' } },
    }),
  },
  [oauthPaths.platformToken]: {
    post: tokenOperation('Issue a token to a platform client', {
      scope: { type: 'string', description: 'Names separated by blanks.' },
    }),
  },
  [oauthPaths.cloudFoundryToken]: {
    post: tokenOperation('Issue a token to an application client, in the form that Cloud Foundry has', {}),
  },
}

function tokenOperation(summary: string, granted: Record<string, object>): object {
  const parameters = {
    grant_type: { type: 'string', enum: grants.map(grant => grant.type) },
    scope: { type: 'string', description: 'Names separated by blanks. Default: all that the client has.' },
    token_format: { type: 'string', enum: ['jwt', 'jwtrfc'], description: 'Default: an opaque token.' },
  }
  return {
    tags: ['Token endpoints'],
    summary,
    description: 'Parameters are taken from the query or from a form (RFC 6749 §4.4.2).',
    security: [{ client: [] }],
    parameters: Object.entries(parameters).map(([name, schema]) => ({ name, in: 'query', schema })),
    requestBody: {
      content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties: parameters } } },
    },
    responses: {
      200: {
        description: 'The token.',
        content: json({
          access_token: { type: 'string' },
          token_type: { type: 'string', description: '`Bearer`; `bearer` in the form that Cloud Foundry has.' },
          expires_in: { type: 'integer', description: 'Seconds.' },
          ...granted,
        }),
      },
      ...Object.fromEntries(
        [...new Set(Object.values(oauthErrors).map(({ status }) => status))].map(status => [status, refusal]),
      ),
    },
  }
}

function json(properties: Record<string, object>): object {
  return { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } }
}
