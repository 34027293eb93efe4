export type { CallerKey } from './client-auth/caller-key.ts'
export type { CertificateMethod } from './client-auth/certificate.ts'
export type {
  ClientAuthentication,
  ClientAuthenticationSetting,
  ClientCredentials,
} from './client-auth/client-authentication.ts'
export { createFailureThrottle, type FailureThrottle } from './client-auth/failure-throttle.ts'
export { clientAuthentications } from './client-auth/index.ts'
export { Pace, type PaceLimits } from './client-auth/pace.ts'
export { clientIdOfUser, isClientId, isLikeClientUser, oauthClientUser } from './clients/client-id.ts'
export {
  authorizationCodeSeconds,
  authorizationEnd,
  describeLifetime,
  jwtLifetimeSecondsMax,
  type Lifetime,
  type LifetimeUnit,
  lifetimeSeconds,
  platformTokenLifetimeSeconds,
} from './clients/lifetime.ts'
export { createOAuthContext, type OAuthContext, type OAuthOptions, type OAuthSettings } from './context.ts'
export type { AuthorizationProblem, AuthorizationRequest } from './endpoints/authorization-request.ts'
export {
  type AuthorizationVerdict,
  allowAuthorization,
  type CodeRequest,
  denyAuthorization,
  type EndUser,
  issueCode,
  readAuthorizationRequest,
} from './endpoints/authorize.ts'
export { introspectionEndpoint } from './endpoints/introspection.ts'
export { jsonWebKeySet } from './endpoints/jwks.ts'
export { oauthMetadata, oauthPaths } from './endpoints/metadata.ts'
export { tokenRequestLimits } from './endpoints/parameters.ts'
export { pushedAuthorizationEndpoint } from './endpoints/pushed-request.ts'
export { revocationEndpoint } from './endpoints/revocation.ts'
export { tokenEndpoint } from './endpoints/token.ts'
export { OAuthError, type OAuthErrorCode, oauthErrors } from './errors.ts'
export type { Authorization, Grant } from './grants/grant.ts'
export { grants } from './grants/index.ts'
export {
  type JwsAlgorithm,
  jwsAlgorithms,
  type PublicKeys,
  readPublicJwk,
} from './jose/public-jwk.ts'
export type { OAuthRequest, OAuthResponse } from './message.ts'
export type * from './ports.ts'
export type * from './saml/assertions.ts'
export { type LocalProvider, localProviderOf } from './saml/local-provider.ts'
export { userNameProblem } from './saml/user-name.ts'
export { BoundedMap } from './text/bounded-map.ts'
export { checkPossession, type PossessionProblem, type TokenUse } from './tokens/possession.ts'
export type {
  AcceptedToken,
  RejectedToken,
  TokenState,
  TokenValidator,
  TokenVerdict,
} from './tokens/token-validator.ts'
