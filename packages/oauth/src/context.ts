import type { ClientAuthentication, ClientAuthenticationSetting } from './client-auth/client-authentication.ts'
import { createRequestThrottle, type RequestThrottle } from './client-auth/request-throttle.ts'
import { createSecretVerifier, type SecretVerifier } from './client-auth/secret-verifier.ts'
import { createClientCache } from './clients/client-cache.ts'
import { isClientId } from './clients/client-id.ts'
import type { Grant } from './grants/grant.ts'
import type {
  AuthorizationStore,
  BlockCipher,
  Client,
  ClientStore,
  Clock,
  Digests,
  Keys,
  Random,
  ScopeStore,
  SecretHasher,
  TokenStore,
} from './ports.ts'
import { createJwtIssuer, type JwtIssuer, type JwtRealm } from './tokens/jwt.ts'
import { createTokenValidator, type TokenValidator } from './tokens/token-validator.ts'

/** What an operator decides. */
export interface OAuthSettings extends JwtRealm {
  readonly clientAuthentication: ClientAuthenticationSetting
  /** Whether revocation and introspection, which the original does not have, are offered. */
  readonly extensions: boolean
  /** What one client may ask of the token endpoint and those beside it in a minute, from each address. */
  readonly requestsPerMinute: number
}

/** Everything the authorization server is given. */
export interface OAuthOptions {
  readonly settings: OAuthSettings
  readonly clients: ClientStore
  readonly tokens: TokenStore
  readonly authorizations: AuthorizationStore
  readonly scopes: ScopeStore
  readonly hasher: SecretHasher
  readonly keys: Keys
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
  readonly jwtIssuer: JwtIssuer
  readonly validator: TokenValidator
  /** A registered client, from memory where it was used lately. */
  findClient(id: string): Promise<Client | undefined>
  /** To be called whenever a client was changed or deleted; with an empty ID when it is not known which. */
  forgetClient(id: string): void
}

const parameterNames = ['grant_type', 'scope', 'token_format', 'client_id', 'client_secret']

/** Creates the authorization server. It reads nothing until the first request. */
export function createOAuthContext(options: OAuthOptions): OAuthContext {
  const { clients, tokens, hasher, keys, digests, tokenCipher, clock, random, settings, grants } = options
  const cache = createClientCache(clients)
  return {
    ...options,
    parameterNames: new Set([...parameterNames, ...grants.flatMap(grant => grant.parameters)]),
    secrets: createSecretVerifier({ clients, cache, hasher, digests, clock }),
    requests: createRequestThrottle(clock, settings.requestsPerMinute),
    jwtIssuer: createJwtIssuer(settings, keys, random),
    validator: createTokenValidator({ realm: settings, tokens, cache, keys, digests, tokenCipher }),
    findClient: async id => (isClientId(id) ? (await cache.find(id))?.client : undefined),
    forgetClient: id => cache.forget(id),
  }
}
