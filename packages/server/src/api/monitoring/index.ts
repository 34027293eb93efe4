import type { FastifyInstance } from 'fastify'
import { registerAccessLogRoutes } from './access-log-routes.ts'
import type { MonitoringApiOptions } from './options.ts'
import { registerResendRoutes } from './resend-routes.ts'
import { registerUsageRoutes } from './usage-routes.ts'

/** What the original has pages for and no API, below `/api/monitoring/v1` (ours). */
export function registerMonitoringApi(app: FastifyInstance, options: MonitoringApiOptions): void {
  app.register(
    async api => {
      // A form of another site can send text/plain with the credentials of whoever is signed in, but not JSON.
      api.removeContentTypeParser('text/plain')
      registerAccessLogRoutes(api, options)
      registerResendRoutes(api, options)
      registerUsageRoutes(api, options)
    },
    { prefix: '/api/monitoring/v1' },
  )
}
