import type { FastifyInstance } from 'fastify'
import { roleGuard } from '../../http/role-guard.ts'
import { deployArtifact, readDesign, writeDesign } from '../odata/permissions.ts'
import { registerChecks } from './checks.ts'
import { registerComponents } from './components-route.ts'
import { registerFlowTemplates } from './flow-templates.ts'
import type { DesignApiOptions } from './options.ts'
import { registerSimulations } from './simulations.ts'

/** What editors of flows need besides the OData API (ours): `/api/design/v1`, for those who may read or edit artifacts. */
export function registerDesignApi(app: FastifyInstance, options: DesignApiOptions): void {
  const edit = roleGuard(options, writeDesign)
  // Scripts run in the server's own processes: whoever may not deploy them may not have them run this way either.
  const simulate = roleGuard(options, [...new Set([...writeDesign, ...deployArtifact])])
  const read = roleGuard(options, readDesign)
  app.register(
    async api => {
      // A form of another site can send text/plain with the credentials of whoever is signed in, but not JSON.
      api.removeContentTypeParser('text/plain')
      registerChecks(api, options, edit)
      registerComponents(api, read)
      registerFlowTemplates(api, read)
      registerSimulations(api, options, simulate)
    },
    { prefix: '/api/design/v1' },
  )
}
