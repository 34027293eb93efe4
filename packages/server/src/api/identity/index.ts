import type { LocalProvider, Random } from '@sluice/oauth'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PlatformScope } from '../../http/access.ts'
import { type LimitedAccessOptions, limitedAccess } from '../../http/call-limit.ts'
import { type Guard, platformGuard } from '../../http/route-description.ts'
import type { Accounts } from '../../identity/accounts.ts'
import type { PasswordHasher } from '../../identity/secret-hasher.ts'
import type { Store, Users } from '../../store/store.ts'
import { registerExternalUserRoutes } from './external-user-routes.ts'
import { registerProviderRoutes } from './provider-routes.ts'
import { registerUserRoutes } from './user-routes.ts'

export interface IdentityApiOptions extends LimitedAccessOptions {
  readonly accounts: Accounts
  readonly users: Users
  readonly store: Pick<Store, 'identityProviders' | 'groups' | 'externalUsers' | 'mappedGroups'>
  /** What SAML identity providers have to know of this server. */
  readonly localProvider: () => LocalProvider
  /** The address to which an OpenID provider sends browsers back. */
  readonly redirectUriOf: (provider: string) => string
  readonly hasher: Pick<PasswordHasher, 'hash'>
  readonly random: Random
}

/** Who may read users and identity providers, and who may change them. */
export interface Guards {
  readonly read: Guard
  readonly manage: Guard
}

/**
 * The administration API of local users and trusted identity providers (ours). Callers need the platform scopes `readTrustSettings` or
 * `manageTrustSettings`.
 */
export function registerIdentityApi(app: FastifyInstance, options: IdentityApiOptions): void {
  const enter = limitedAccess(options)
  const admit = async (request: FastifyRequest, scopes: readonly PlatformScope[]) => {
    await enter(request, scopes)
  }
  const guards: Guards = {
    read: platformGuard(admit, 'readTrustSettings', 'manageTrustSettings'),
    manage: platformGuard(admit, 'manageTrustSettings'),
  }
  app.register(
    async api => {
      // A form of another site can send text/plain with the credentials of whoever is signed in, but not JSON.
      api.removeContentTypeParser('text/plain')
      registerUserRoutes(api, options, guards)
      registerExternalUserRoutes(api, options, guards)
      registerProviderRoutes(api, options, guards)
    },
    { prefix: '/api/identity/v1' },
  )
}
