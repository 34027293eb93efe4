import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Access } from '../../http/access.ts'
import { Problem } from '../../http/problem.ts'
import { noBody } from '../../http/route-description.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import { type LogLevel, logLevels, type Tracing } from '../../runtime/tracing.ts'
import type { Traces } from '../../store/store.ts'

export interface TraceApiOptions {
  readonly access: Access
  readonly catalogue: RolesCatalogue
  readonly tracing: Pick<Tracing, 'levelOf' | 'setLevel'>
  readonly traces: Pick<Traces, 'ofRun'>
  readonly isDeployed: (flowId: string) => boolean
  readonly clock: { now(): number }
}

const tags = ['Trace']
const security = [{ user: [] }, { applicationToken: [] }]
const text = { type: 'string' } as const
const whole = { type: 'integer' } as const
const texts = { type: 'object', additionalProperties: text } as const
const level = { type: 'string', enum: logLevels } as const
const flowPath = { type: 'object', required: ['flow'], properties: { flow: text } } as const
const levelOfFlow = { type: 'object', required: ['level'], properties: { level }, additionalProperties: false } as const
const message = {
  type: 'object',
  required: ['headers', 'properties', 'body', 'isCut'],
  properties: {
    headers: texts,
    properties: texts,
    body: { ...text, description: 'Base64.' },
    isCut: { type: 'boolean' },
  },
} as const
const step = {
  type: 'object',
  required: [
    'step',
    'elementId',
    'elementName',
    'processId',
    'callDepth',
    'branch',
    'startedAt',
    'endedAt',
    'before',
    'after',
  ],
  properties: {
    step: whole,
    elementId: text,
    elementName: text,
    processId: text,
    callDepth: whole,
    branch: text,
    startedAt: { ...whole, description: 'Milliseconds since 1970, as endedAt.' },
    endedAt: whole,
    error: text,
    before: message,
    after: message,
  },
} as const
const traceReply = {
  type: 'object',
  required: ['steps'],
  properties: { steps: { type: 'array', items: step } },
} as const

/** `/api/trace/v1`: log levels of deployed flows, and what messages were at each step. Sluice's own. */
export function registerTraceApi(app: FastifyInstance, options: TraceApiOptions): void {
  app.register(
    async api => {
      // As for the OAuth API: another site can send text/plain, but not JSON.
      api.removeContentTypeParser('text/plain')
      registerLevels(api, options)
      registerTraces(api, options)
    },
    { prefix: '/api/trace/v1' },
  )
}

function registerLevels(api: FastifyInstance, options: TraceApiOptions): void {
  const { tracing, isDeployed } = options
  const check = (flow: string) => {
    if (!isDeployed(flow))
      throw new Problem(404, 'unknown-flow', `Expected a deployed flow, found none with ID "${flow}".`)
  }
  api.get<{ Params: { flow: string } }>(
    '/flows/:flow/log-level',
    {
      config: { security },
      preHandler: requireRoles(options, 'IntegrationOperationServer.read'),
      schema: { tags, summary: 'Show the log level of a flow', params: flowPath, response: { 200: levelOfFlow } },
    },
    async ({ params }) => {
      check(params.flow)
      return { level: tracing.levelOf(params.flow) }
    },
  )
  api.put<{ Params: { flow: string }; Body: { level: LogLevel } }>(
    '/flows/:flow/log-level',
    {
      config: { security },
      preHandler: requireRoles(options, 'IntegrationOperationServer.read', 'NodeManager.deploycontent'),
      schema: {
        tags,
        summary: 'Set the log level of a flow; TRACE lasts for 10 minutes',
        params: flowPath,
        body: levelOfFlow,
        response: { 204: noBody },
      },
    },
    async ({ params, body }, reply) => {
      check(params.flow)
      tracing.setLevel(params.flow, body.level)
      return reply.code(204).send()
    },
  )
}

function registerTraces(api: FastifyInstance, options: TraceApiOptions): void {
  const { traces, clock } = options
  const params = { type: 'object', required: ['message'], properties: { message: text } } as const
  api.get<{ Params: { message: string } }>(
    '/messages/:message',
    {
      config: { security },
      preHandler: requireRoles(options, 'IntegrationOperationServer.read', 'ESBDataStore.readPayload'),
      schema: { tags, summary: 'Show a message before and after each step', params, response: { 200: traceReply } },
    },
    async ({ params: { message: guid } }) => {
      const steps = await traces.ofRun(guid, clock.now())
      if (steps.length === 0) {
        throw new Problem(404, 'no-trace', 'Expected a message that was traced and not long ago, found none.')
      }
      return {
        steps: steps.map(({ before, after, ...rest }) => ({
          ...rest,
          before: { ...before, body: Buffer.from(before.body).toString('base64') },
          after: { ...after, body: Buffer.from(after.body).toString('base64') },
        })),
      }
    },
  )
}

/** All of the roles of the API application. */
function requireRoles({ access, catalogue }: TraceApiOptions, ...roles: string[]) {
  return async ({ raw }: FastifyRequest) => {
    const principal = await access.authenticate(raw, catalogue.api)
    for (const role of roles) {
      if (await access.hasRole(principal, catalogue.api, role)) continue
      throw new Problem(403, 'forbidden', `Expected role ${role} of the API application, found that it is missing.`)
    }
  }
}
