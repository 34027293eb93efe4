import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Guard } from '../../http/route-description.ts'
import { registry } from '../../runtime/build-flow.ts'
import { componentsOf } from './components.ts'
import { components as schema } from './schemas.ts'

/** `GET /components`: the registry, the same until the server is another version; clients may keep it by its `ETag`. */
export function registerComponents(api: FastifyInstance, guard: Guard): void {
  let made: { readonly text: string; readonly tag: string } | undefined
  const make = () => {
    const text = JSON.stringify(componentsOf(registry))
    return { text, tag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
  }
  api.get(
    '/components',
    {
      ...guard,
      schema: {
        tags: ['Design'],
        summary: 'Read which steps and adapters flows can have, with their properties',
        response: { 200: schema, 304: { type: 'null', description: 'As in `If-None-Match`.' } },
      },
    },
    (request, reply) => {
      made ??= make()
      // Revalidated each time: another version of the server has another registry.
      reply.header('etag', made.tag).header('cache-control', 'private, no-cache')
      const known = request.headers['if-none-match'] ?? ''
      if (known.split(',').some(tag => tag.trim().replace(/^W\//, '') === made?.tag)) return reply.code(304).send()
      return reply.type('application/json; charset=utf-8').send(made.text)
    },
  )
}
