import type { FastifyInstance, RouteOptions } from 'fastify'
import { type DocumentOptions, openApiDocument } from './document.ts'

/**
 * Serves `/openapi.json`: an OpenAPI 3.1 description of the routes that are registered after this call and of the token
 * endpoints. It is put together when somebody asks for it first.
 */
export function registerOpenApi(app: FastifyInstance, options: DocumentOptions): void {
  const routes: RouteOptions[] = []
  let document: object | undefined
  app.addHook('onRoute', route => {
    routes.push(route)
  })
  app.get(
    '/openapi.json',
    { schema: { tags: ['Operation'], summary: 'Describe these APIs', response: { 200: { type: 'object' } } } },
    async () => {
      document ??= openApiDocument(routes, options)
      return document
    },
  )
}
