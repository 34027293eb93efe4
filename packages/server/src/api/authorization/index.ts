import type { FastifyInstance } from 'fastify'
import type { LimitedAccessOptions } from '../../http/call-limit.ts'
import { hideRoute } from '../../http/route-description.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { Groups, Roles } from '../../store/store.ts'
import { registerApplicationRoutes } from './application-routes.ts'
import { registerGroupRoutes } from './group-routes.ts'
import { createGuards } from './guards.ts'
import { registerSubjectRoutes } from './subject-routes.ts'

export interface AuthorizationApiOptions extends LimitedAccessOptions {
  readonly catalogue: RolesCatalogue
  readonly groups: Groups
  readonly roles: Roles
}

/**
 * The authorization management API, `/authorization/v1/accounts/{subaccount}/…`: paths, envelopes and statuses of the
 * original's reference. Every PUT adds to what is assigned already. `app` should ignore trailing slashes, which some
 * clients send. User and group names are compared without regard to case, role names exactly.
 */
export function registerAuthorizationApi(app: FastifyInstance, options: AuthorizationApiOptions): void {
  const guards = createGuards(options)
  app.register(
    async api => {
      registerApplicationRoutes(api, '/apps/:app/roles', options, guards)
      registerSubjectRoutes(api, options, guards)
      registerGroupRoutes(api, options, guards)
      api.register(async alias => {
        alias.addHook('onRoute', hideRoute)
        registerApplicationRoutes(alias, '/applications/:app/roles', options, guards)
      })
    },
    { prefix: '/authorization/v1/accounts/:subaccount' },
  )
}
