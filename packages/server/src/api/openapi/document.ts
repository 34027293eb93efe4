import type { RouteOptions } from 'fastify'
import { operationOf } from './operation.ts'
import { securitySchemes } from './security-schemes.ts'
import { tokenPaths } from './token-paths.ts'

export interface DocumentOptions {
  readonly version: string
  /** Public URL of the server without a trailing slash. */
  readonly publicUrl: () => string
}

const problem = {
  type: 'object',
  required: ['status', 'code', 'detail'],
  properties: {
    status: { type: 'integer', description: 'The HTTP status.' },
    code: { type: 'string', description: 'What is wrong: stable, in kebab-case.' },
    detail: { type: 'string', description: 'What was expected and what was found, for people.' },
  },
}

/** The OpenAPI 3.1 document of Sluice's own APIs. Routes whose schema says `hide`, and `HEAD`, are left out. */
export function openApiDocument(routes: readonly RouteOptions[], { version, publicUrl }: DocumentOptions): object {
  const paths: Record<string, Record<string, object>> = { ...tokenPaths }
  for (const route of routes) {
    if (route.schema?.hide || route.method === 'HEAD') continue
    const path = route.url.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [String(route.method).toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sluice',
      version,
      description:
        'The APIs of the server itself. The Cloud Integration OData API describes itself at /api/v1/$metadata.',
    },
    servers: [{ url: publicUrl() }],
    paths,
    components: {
      schemas: { Problem: problem },
      responses: {
        Problem: {
          description: 'A mistake of the caller or a failure of the server, as problem details (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: securitySchemes(publicUrl()),
    },
  }
}
