import type { Clock, OAuthContext, Random, SecretHasher } from '@sluice/oauth'
import type { Access } from '../../http/access.ts'
import type { AccessLog } from '../../http/access-log.ts'
import type { Guard } from '../../http/route-description.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { SigningKeys } from '../../identity/signing-keys.ts'
import type { Branding, ClientSecrets, Clients, Scopes, Tokens, UserAuthorizations } from '../../store/store.ts'

export interface OAuthApiOptions {
  readonly access: Access
  readonly catalogue: RolesCatalogue
  readonly clients: Clients
  readonly clientSecrets: ClientSecrets
  /** Days before the expiry of a secret from which on it is warned of. */
  readonly secretWarningDays: number
  readonly tokens: Tokens
  readonly authorizations: Pick<UserAuthorizations, 'list' | 'end'>
  readonly branding: Branding
  readonly scopes: Scopes
  readonly hasher: SecretHasher
  readonly clock: Clock
  readonly random: Random
  /** Adds to the request's line of the access log. */
  readonly note: AccessLog['note']
  /** For metadata and keys; its issuer is the public URL. */
  readonly oauth: OAuthContext
  readonly signingKeys: SigningKeys
}

/** Who may read clients and tokens, and who may change them. */
export interface Guards {
  readonly read: Guard
  readonly manage: Guard
}
