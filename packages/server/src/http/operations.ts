import type { FastifyInstance } from 'fastify'
import type { RolesCatalogue } from '../identity/roles-catalogue.ts'
import type { Access } from './access.ts'
import type { Gauge, Metrics } from './metrics.ts'
import { Problem } from './problem.ts'

export interface OperationsOptions {
  readonly access: Access
  readonly catalogue: RolesCatalogue
  readonly metrics: Metrics
  readonly version: string
  readonly publicUrl: () => string
  readonly gauges: () => Promise<readonly Gauge[]>
  /** Rejects when nothing can be written to the store. */
  readonly probeStore: () => Promise<void>
}

const tags = ['Operation']
const text = { type: 'string' } as const
const statusReply = { type: 'object', required: ['status'], properties: { status: text } } as const
const serverReply = {
  type: 'object',
  required: ['version', 'subaccount', 'applications', 'url'],
  properties: {
    version: text,
    subaccount: text,
    applications: { type: 'object', required: ['runtime', 'api'], properties: { runtime: text, api: text } },
    url: text,
  },
} as const
const metricsReply = { content: { 'text/plain': { schema: text } } } as const

/** What operators and first visitors need: health, readiness, metrics, the server's own description. */
export function registerOperations(app: FastifyInstance, options: OperationsOptions): void {
  const { catalogue } = options
  app.get(
    '/healthz',
    { schema: { tags, summary: 'Tell whether the server runs', response: { 200: statusReply } } },
    async () => ({ status: 'ok' }),
  )

  const ready = { tags, summary: 'Tell whether the server can do its work', response: { 200: statusReply } }
  app.get('/readyz', { schema: ready }, async () => {
    try {
      await options.probeStore()
    } catch (cause) {
      throw new Problem(503, 'not-ready', 'Nothing can be written to the store.', { cause })
    }
    return { status: 'ready' }
  })

  const described = { tags, summary: 'Tell version, subaccount and applications', response: { 200: serverReply } }
  app.get('/.well-known/sluice', { schema: described }, async () => ({
    version: options.version,
    subaccount: catalogue.subaccount,
    applications: { runtime: catalogue.runtime, api: catalogue.api },
    url: options.publicUrl(),
  }))

  registerMetrics(app, options)
}

function registerMetrics(app: FastifyInstance, { access, catalogue, metrics, gauges }: OperationsOptions): void {
  const config = { security: [{ user: [] }, { session: [] }, { applicationToken: [] }] }
  const schema = { tags, summary: 'Show counters in the text format of Prometheus', response: { 200: metricsReply } }
  app.get('/metrics', { config, schema }, async (request, reply) => {
    const principal = await access.authenticate(request.raw, catalogue.api)
    if (!(await access.hasRole(principal, catalogue.api, 'IntegrationOperationServer.read'))) {
      throw new Problem(403, 'forbidden', 'Metrics need role IntegrationOperationServer.read of the API application.')
    }
    const { contentType, body } = await metrics.render(await gauges())
    return reply.type(contentType).send(body)
  })
}
