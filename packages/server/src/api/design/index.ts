import type { FastifyInstance } from 'fastify'
import { type RoleGuardOptions, roleGuard } from '../../http/role-guard.ts'
import { readDesign } from '../odata/permissions.ts'
import { registerComponents } from './components-route.ts'

/** What editors of flows need besides the OData API (ours): `/api/design/v1`, for those who may read artifacts. */
export function registerDesignApi(app: FastifyInstance, options: RoleGuardOptions): void {
  app.register(
    async api => {
      registerComponents(api, roleGuard(options, readDesign))
    },
    { prefix: '/api/design/v1' },
  )
}
