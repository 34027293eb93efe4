import { flowTemplates } from '@sluice/iflow'
import { ODataError } from '@sluice/odata'
import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import type { Guard } from '../../http/route-description.ts'
import { writeArchive } from '../../runtime/archive.ts'
import { checkId } from '../odata/check-id.ts'
import { createSkeleton } from '../odata/skeleton.ts'

const text = { type: 'string' } as const
const list = {
  type: 'object',
  required: ['templates'],
  properties: {
    templates: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'label', 'doc'],
        properties: { type: text, label: text, doc: text },
      },
    },
  },
} as const
const params = { type: 'object', required: ['type'], properties: { type: text } } as const
const query = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { ...text, description: 'ID of the artifact.' },
    name: { type: 'string', maxLength: 150, description: 'Its name; default: the ID.' },
  },
} as const
const zip = {
  description: 'The artifact.',
  content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
}

/** `GET /flow-templates` and `/flow-templates/{type}`: flows to begin with, as artifacts that the OData API takes. */
export function registerFlowTemplates(api: FastifyInstance, guard: Guard): void {
  api.get(
    '/flow-templates',
    { ...guard, schema: { tags: ['Design'], summary: 'List the flows to begin with', response: { 200: list } } },
    async () => ({ templates: flowTemplates.map(({ type, label, doc }) => ({ type, label, doc })) }),
  )
  api.get<{ Params: FromSchema<typeof params>; Querystring: FromSchema<typeof query> }>(
    '/flow-templates/:type',
    {
      ...guard,
      schema: {
        tags: ['Design'],
        summary: 'Make an artifact from a flow to begin with',
        params,
        querystring: query,
        response: { 200: zip },
      },
    },
    async (request, reply) => {
      const { type } = request.params
      const { id, name } = request.query
      const template = flowTemplates.find(candidate => candidate.type === type)
      if (!template) throw new Problem(404, 'unknown-template', `Expected the type of a template, found "${type}".`)
      const files = createSkeleton('IntegrationFlow', { id: checked(id), name: name || id }, template)
      return reply.type('application/zip').send(Buffer.from(await writeArchive(files)))
    },
  )
}

/** An ID that the OData API takes, too. Throws `Problem`. */
function checked(id: string): string {
  try {
    return checkId('id', id)
  } catch (error) {
    throw error instanceof ODataError ? new Problem(400, 'invalid-id', error.message) : error
  }
}
