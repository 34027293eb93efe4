import type { FastifyInstance } from 'fastify'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import type { BrandingRow } from '../../store/store.ts'
import * as schemas from './branding-schemas.ts'
import { logoTypeOf } from './logo-type.ts'
import type { Guards, OAuthApiOptions } from './options.ts'

const tags = ['Branding']
const logoPath = '/oauth2/api/v1/branding/logo'

/** Size of a logo in bytes. */
const logoBytesMax = 256 * 1024

/** `/branding`: how the pages look that end users see. Everybody may read it: the sign-in page needs it. */
export function registerBrandingRoutes(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { branding, clock } = options

  api.get(
    '/branding',
    { schema: { tags, summary: 'Show the branding of end-user pages', response: { 200: schemas.brandingReply } } },
    async () => describe(await branding.find()),
  )

  api.put<{ Body: schemas.BrandingUpdate }>(
    '/branding',
    {
      ...audited(guards.manage, { object: 'branding', action: 'update' }),
      schema: {
        tags,
        summary: 'Replace colours and legal links; the logo stays',
        body: schemas.brandingUpdate,
        response: { 200: schemas.brandingReply },
      },
    },
    async ({ body }) => {
      await branding.putTheme(body, clock.now())
      return describe(await branding.find())
    },
  )

  api.delete(
    '/branding',
    {
      ...audited(guards.manage, { object: 'branding', action: 'delete' }),
      schema: { tags, summary: 'Go back to the default theme, without logo and links', response: { 204: noBody } },
    },
    async (_request, reply) => {
      await branding.reset()
      return reply.code(204).send()
    },
  )

  api.register(async images => registerLogoRoutes(images, options, guards))
}

function registerLogoRoutes(api: FastifyInstance, { branding, clock }: OAuthApiOptions, guards: Guards): void {
  const parse = { parseAs: 'buffer', bodyLimit: logoBytesMax } as const
  api.addContentTypeParser([...schemas.logoTypes], parse, (_request, body, done) => done(null, body))

  api.get(
    '/branding/logo',
    { schema: { tags, summary: 'Download the logo', response: { 200: schemas.logoReply } } },
    async (_request, reply) => {
      const logo = await branding.findLogo()
      if (!logo) throw new Problem(404, 'no-logo', 'There is no logo.')
      return reply.type(logo.type).header('cache-control', 'no-cache').send(Buffer.from(logo.content))
    },
  )

  api.put(
    '/branding/logo',
    {
      ...audited(guards.manage, { object: 'branding', action: 'update' }),
      bodyLimit: logoBytesMax,
      schema: { tags, summary: 'Replace the logo', body: schemas.logoBody, response: { 204: noBody } },
    },
    async ({ body }, reply) => {
      const type = body instanceof Uint8Array ? logoTypeOf(body) : undefined
      // An SVG can hold scripts and ask other servers for more.
      if (!(body instanceof Uint8Array) || type === undefined) {
        throw new Problem(415, 'no-image', 'Expected the logo as PNG, JPEG, GIF or WebP, found something else.')
      }
      await branding.putLogo({ type, content: body }, clock.now())
      return reply.code(204).send()
    },
  )

  api.delete(
    '/branding/logo',
    {
      ...audited(guards.manage, { object: 'branding', action: 'update' }),
      schema: { tags, summary: 'Delete the logo', response: { 204: noBody } },
    },
    async (_request, reply) => {
      await branding.putLogo(undefined, clock.now())
      return reply.code(204).send()
    },
  )
}

function describe(row: BrandingRow | undefined) {
  if (!row) return {}
  return { ...row.theme, ...(row.logoType !== undefined && { logo: `${logoPath}?changed=${row.modifiedAt}` }) }
}
