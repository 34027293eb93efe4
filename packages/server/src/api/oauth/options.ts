import type { Clock, OAuthContext, Random, SecretHasher } from '@sluice/oauth'
import type { FastifyRequest } from 'fastify'
import type { Access } from '../../http/access.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { Clients, Tokens } from '../../store/store.ts'

export interface OAuthApiOptions {
  readonly access: Access
  readonly catalogue: RolesCatalogue
  readonly clients: Clients
  readonly tokens: Tokens
  readonly hasher: SecretHasher
  readonly clock: Clock
  readonly random: Random
  /** For metadata and keys; its issuer is the public URL. */
  readonly oauth: OAuthContext
}

/** `onRequest` hooks: each lets a caller pass or throws its `Problem`, before a body is read. */
export interface Guards {
  readonly read: (request: FastifyRequest) => Promise<void>
  readonly manage: (request: FastifyRequest) => Promise<void>
}
