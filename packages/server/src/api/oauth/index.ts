import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PlatformScope } from '../../http/access.ts'
import { platformGuard } from '../../http/route-description.ts'
import { registerAuthorizationRoutes } from './authorization-routes.ts'
import { registerBrandingRoutes } from './branding-routes.ts'
import { registerClientRoutes } from './client-routes.ts'
import { registerClientSecretRoutes } from './client-secret-routes.ts'
import { registerMetadataRoutes } from './metadata-routes.ts'
import type { Guards, OAuthApiOptions } from './options.ts'
import { registerScopeRoutes } from './scope-routes.ts'
import { registerSigningKeyRoutes } from './signing-key-routes.ts'
import { registerTokenRoutes } from './token-routes.ts'
import { registerTokenServices } from './token-service-routes.ts'

/**
 * The administration API of OAuth clients, tokens and branding below `/oauth2/api/v1` (ours: the original has a cockpit only), and
 * the public metadata. Callers need the platform scopes `readOAuthSettings` or `manageOAuthSettings`.
 */
export function registerOAuthApi(app: FastifyInstance, options: OAuthApiOptions): void {
  const { access } = options
  const admit = async ({ raw }: FastifyRequest, scopes: readonly PlatformScope[]) => {
    await access.requirePlatformScope(raw, ...scopes)
  }
  const guards: Guards = {
    read: platformGuard(admit, 'readOAuthSettings', 'manageOAuthSettings'),
    manage: platformGuard(admit, 'manageOAuthSettings'),
  }
  registerMetadataRoutes(app, options)
  registerTokenServices(app, options)
  app.register(
    async api => {
      // A form of another site can send text/plain with the credentials of whoever is signed in, but not JSON.
      api.removeContentTypeParser('text/plain')
      registerClientRoutes(api, options, guards)
      registerClientSecretRoutes(api, options, guards)
      registerScopeRoutes(api, options, guards)
      registerTokenRoutes(api, options, guards)
      registerAuthorizationRoutes(api, options, guards)
      registerBrandingRoutes(api, options, guards)
      registerSigningKeyRoutes(api, options, guards)
    },
    { prefix: '/oauth2/api/v1' },
  )
}
