import type { CertificateMethod } from './client-auth/certificate.ts'
import type { ClientAuthentication, ClientAuthenticationSetting } from './client-auth/client-authentication.ts'
import { createFailureThrottle, type FailureThrottle } from './client-auth/failure-throttle.ts'
import { clientParameterNames } from './client-auth/parameter-names.ts'
import { createRequestThrottle, type RequestThrottle } from './client-auth/request-throttle.ts'
import { createSecretVerifier, type SecretVerifier } from './client-auth/secret-verifier.ts'
import { createClientCache } from './clients/client-cache.ts'
import { isClientId } from './clients/client-id.ts'
import type { Grant } from './grants/grant.ts'
import type { PublicKeys } from './jose/public-jwk.ts'
import type {
  AuditLog,
  AuthorizationStore,
  BlockCipher,
  Client,
  ClientStore,
  Clock,
  Digests,
  Keys,
  PushedRequestStore,
  Random,
  ScopeStore,
  SecretHasher,
  TokenStore,
  UsedProofStore,
} from './ports.ts'
import type { Assertions } from './saml/assertions.ts'
import { createJwtIssuer, type JwtIssuer, type JwtRealm } from './tokens/jwt.ts'
import { createTokenValidator, type TokenValidator } from './tokens/token-validator.ts'

/** What an operator decides. */
export interface OAuthSettings extends JwtRealm {
  readonly clientAuthentication: ClientAuthenticationSetting
  /**
   * Whether what the original does not have is offered: revocation, introspection, client authentication by keys and
   * certificates, tokens bound to them, pushed authorization requests, the issuer in authorization responses.
   */
  readonly extensions: boolean
  /** What one client may ask of the token endpoint and those beside it in a minute, from each address. */
  readonly requestsPerMinute: number
  /** The ways of client authentication by TLS client certificates that the listener makes possible. */
  readonly certificateMethods: readonly CertificateMethod[]
  /** Days after a user allowed it for which what they allowed can be refreshed, however often it is. */
  readonly authorizationDaysMax: number
  /** The audience of SAML assertions; empty for the issuer. */
  readonly localProviderName: string
}

/** Everything the authorization server is given. */
export interface OAuthOptions {
  readonly settings: OAuthSettings
  readonly clients: ClientStore
  readonly tokens: TokenStore
  readonly authorizations: AuthorizationStore
  readonly scopes: ScopeStore
  readonly pushedRequests: PushedRequestStore
  readonly usedProofs: UsedProofStore
  readonly audit: AuditLog
  readonly assertions: Assertions
  readonly hasher: SecretHasher
  readonly keys: Keys
  readonly publicKeys: PublicKeys
  readonly digests: Digests
  /** Makes the texts of opaque tokens. */
  readonly tokenCipher: BlockCipher
  readonly clock: Clock
  readonly random: Random
  readonly grants: readonly Grant[]
  readonly clientAuthentications: readonly ClientAuthentication[]
}

/** The authorization server of one process: what its endpoints and validation have in common. */
export interface OAuthContext extends OAuthOptions {
  /** Names of all parameters that some part of the token endpoint reads. */
  readonly parameterNames: ReadonlySet<string>
  readonly secrets: SecretVerifier
  readonly requests: RequestThrottle
  /** Slows failed client authentications of every kind. */
  readonly throttle: FailureThrottle
  readonly jwtIssuer: JwtIssuer
  readonly validator: TokenValidator
  /** A registered client, from memory where it was used lately. */
  findClient(id: string): Promise<Client | undefined>
  /** To be called whenever a client was changed or deleted; with an empty ID when it is not known which. */
  forgetClient(id: string): void
}

const parameterNames = ['grant_type', 'scope', 'token_format', ...clientParameterNames]

/** Creates the authorization server. It reads nothing until the first request. */
export function createOAuthContext(options: OAuthOptions): OAuthContext {
  const { clients, tokens, hasher, keys, digests, tokenCipher, clock, random, settings, grants, assertions } = options
  const cache = createClientCache(clients)
  const throttle = createFailureThrottle(clock)
  return {
    ...options,
    parameterNames: new Set([...parameterNames, ...grants.flatMap(grant => grant.parameters)]),
    requests: createRequestThrottle(clock, settings.requestsPerMinute),
    secrets: createSecretVerifier({ clients, cache, hasher, digests, throttle }),
    throttle,
    jwtIssuer: createJwtIssuer(settings, keys, random),
    validator: createTokenValidator({ realm: settings, tokens, cache, keys, digests, tokenCipher, assertions }),
    findClient: async id => (isClientId(id) ? (await cache.find(id))?.client : undefined),
    forgetClient: id => cache.forget(id),
  }
}
