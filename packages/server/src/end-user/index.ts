import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { hideRoute } from '../http/route-description.ts'
import { registerAuthorize } from './authorize-routes.ts'
import { acceptForms } from './form.ts'
import type { EndUserOptions } from './options.ts'
import { stylePath } from './page.ts'

/** The pages of the authorization server for the people whose data it is about. */
export function registerEndUserPages(app: FastifyInstance, options: EndUserOptions): void {
  app.register(async pages => {
    pages.addHook('onRoute', hideRoute)
    acceptForms(pages)
    registerAuthorize(pages, options)
    pages.get(stylePath, async (_request, reply) => {
      const style = readFileSync(new URL('./pages.css', import.meta.url))
      return reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(style)
    })
  })
}
