import type { OAuthContext } from '../context.ts'

/** Paths below the issuer. Token endpoints as documented; metadata as in RFC 8414 §3; the key set is ours. */
export const oauthPaths = Object.freeze({
  authorize: '/oauth2/api/v1/authorize',
  token: '/oauth2/api/v1/token',
  platformToken: '/oauth2/apitoken/v1',
  /** Where the token service of the Cloud Foundry environment is: some clients know no other. */
  cloudFoundryToken: '/oauth/token',
  revocation: '/oauth2/api/v1/revoke',
  introspection: '/oauth2/api/v1/introspect',
  metadata: '/.well-known/oauth-authorization-server',
  jwks: '/.well-known/jwks.json',
})

/** Authorization server metadata of the endpoint for application clients (RFC 8414 §2), built from the registries. */
export function oauthMetadata({ settings, grants, clientAuthentications }: OAuthContext): Record<string, unknown> {
  const { issuer, clientAuthentication, extensions } = settings
  const accepted = clientAuthentications.filter(method => method.acceptedUnder.includes(clientAuthentication))
  const methods = accepted.flatMap(method => method.name ?? [])
  return {
    issuer,
    authorization_endpoint: `${issuer}${oauthPaths.authorize}`,
    token_endpoint: `${issuer}${oauthPaths.token}`,
    jwks_uri: `${issuer}${oauthPaths.jwks}`,
    grant_types_supported: grants.map(grant => grant.type),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    token_endpoint_auth_methods_supported: [...methods, 'none'],
    ...(extensions && {
      revocation_endpoint: `${issuer}${oauthPaths.revocation}`,
      revocation_endpoint_auth_methods_supported: [...methods, 'none'],
      introspection_endpoint: `${issuer}${oauthPaths.introspection}`,
      introspection_endpoint_auth_methods_supported: methods,
    }),
  }
}
