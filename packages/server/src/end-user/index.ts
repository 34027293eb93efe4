import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { hideRoute } from '../http/route-description.ts'
import type { BrandingRow } from '../store/store.ts'
import { registerAuthorize } from './authorize-routes.ts'
import { registerCodePage } from './code-routes.ts'
import { registerExternalSignIn } from './external-sign-in.ts'
import { acceptForms } from './form.ts'
import type { EndUserOptions } from './options.ts'
import { stylePath } from './page.ts'
import { registerTokenManagement } from './token-routes.ts'

/** The pages of the authorization server for the people whose data it is about. */
export function registerEndUserPages(app: FastifyInstance, options: EndUserOptions): void {
  app.register(async pages => {
    pages.addHook('onRoute', hideRoute)
    acceptForms(pages)
    registerAuthorize(pages, options)
    registerTokenManagement(pages, options)
    registerCodePage(pages, options)
    registerExternalSignIn(pages, options)
    pages.get(stylePath, async (_request, reply) => {
      const style = readFileSync(new URL('./pages.css', import.meta.url), 'utf8')
      const text = `${style}${colors(await options.branding.find())}`
      return reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(text)
    })
  })
}

/** Colours were checked to be `#RRGGBB` when they were stored. */
function colors(branding: BrandingRow | undefined): string {
  const { background, button, buttonText } = branding?.theme.colors ?? {}
  const named = { '--background': background, '--button': button, '--button-text': buttonText }
  const set = Object.entries(named).flatMap(([name, color]) => (color === undefined ? [] : [`${name}: ${color};`]))
  return set.length === 0 ? '' : `:root {\n  ${set.join('\n  ')}\n}\n`
}
