import type { RouteOptions } from 'fastify'
import { STATUS_CODES } from '../../http/node-http.ts'

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>
  readonly required?: readonly string[]
}

interface ReplySchema {
  readonly type?: string
  readonly description?: string
  readonly content?: object
}

/** The OpenAPI operation object of a route, from its schemas and its guard. */
export function operationOf({ schema = {}, config }: RouteOptions): object {
  const { tags, summary, params, querystring, body, response } = schema
  const security = config?.security ?? []
  const refusals = [...(params || querystring || body ? ['400'] : []), ...(security.length > 0 ? ['401', '403'] : [])]
  return {
    tags,
    summary,
    security,
    parameters: [...parameters('path', params as ObjectSchema), ...parameters('query', querystring as ObjectSchema)],
    ...(body ? { requestBody: { required: true, content: contentOf(body) } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries((response ?? {}) as Record<string, ReplySchema>).map(([status, reply]) => [
          status,
          responseOf(status, reply),
        ]),
      ),
      ...Object.fromEntries([...refusals, 'default'].map(status => [status, problem])),
    },
  }
}

const problem = { $ref: '#/components/responses/Problem' }

function parameters(place: 'path' | 'query', { properties = {}, required = [] }: ObjectSchema = {}): object[] {
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
}

function responseOf(status: string, schema: ReplySchema): object {
  const description = schema.description ?? STATUS_CODES[status] ?? status
  if (schema.type === 'null') return { description }
  return { description, content: contentOf(schema) }
}

/** By media type: what the schema says, or JSON. */
function contentOf(schema: { readonly content?: object }): object {
  return schema.content ?? { 'application/json': { schema } }
}
