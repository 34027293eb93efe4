import type { OAuthContext, OAuthSettings } from '../context.ts'
import { jwsAlgorithms } from '../jose/public-jwk.ts'

/** Paths below the issuer. Token endpoints as documented; metadata as in RFC 8414 §3; the key set is ours. */
export const oauthPaths = Object.freeze({
  authorize: '/oauth2/api/v1/authorize',
  token: '/oauth2/api/v1/token',
  platformToken: '/oauth2/apitoken/v1',
  /** Where the token service of the Cloud Foundry environment is: some clients know no other. */
  cloudFoundryToken: '/oauth/token',
  revocation: '/oauth2/api/v1/revoke',
  introspection: '/oauth2/api/v1/introspect',
  pushedAuthorization: '/oauth2/api/v1/par',
  metadata: '/.well-known/oauth-authorization-server',
  jwks: '/.well-known/jwks.json',
})

/** Authorization server metadata of the endpoint for application clients (RFC 8414 §2), built from the registries. */
export function oauthMetadata({ settings, grants, clientAuthentications }: OAuthContext): Record<string, unknown> {
  const { issuer, clientAuthentication, extensions } = settings
  const accepted = clientAuthentications.filter(method => method.acceptedUnder.includes(clientAuthentication))
  const names = accepted.flatMap(method => method.name ?? [])
  const methods = extensions ? [...names, 'private_key_jwt', ...settings.certificateMethods] : names
  return {
    issuer,
    authorization_endpoint: `${issuer}${oauthPaths.authorize}`,
    token_endpoint: `${issuer}${oauthPaths.token}`,
    jwks_uri: `${issuer}${oauthPaths.jwks}`,
    grant_types_supported: grants.map(grant => grant.type),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: extensions,
    token_endpoint_auth_methods_supported: [...methods, 'none'],
    ...(extensions && extensionMetadata(settings, methods)),
  }
}

function extensionMetadata({ issuer, certificateMethods }: OAuthSettings, methods: readonly string[]) {
  return {
    token_endpoint_auth_signing_alg_values_supported: jwsAlgorithms,
    revocation_endpoint: `${issuer}${oauthPaths.revocation}`,
    revocation_endpoint_auth_methods_supported: [...methods, 'none'],
    revocation_endpoint_auth_signing_alg_values_supported: jwsAlgorithms,
    introspection_endpoint: `${issuer}${oauthPaths.introspection}`,
    introspection_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_signing_alg_values_supported: jwsAlgorithms,
    pushed_authorization_request_endpoint: `${issuer}${oauthPaths.pushedAuthorization}`,
    require_pushed_authorization_requests: false,
    dpop_signing_alg_values_supported: jwsAlgorithms,
    tls_client_certificate_bound_access_tokens: certificateMethods.length > 0,
  }
}
