import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Longest body of a form, in bytes. */
const bodyBytesMax = 65_536

/** Has the routes of a plugin take forms and nothing else. */
export function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const options = { parseAs: 'string', bodyLimit: bodyBytesMax } as const
  app.addContentTypeParser('application/x-www-form-urlencoded', options, (_request, body, done) => {
    done(null, new URLSearchParams(String(body)))
  })
  // Nothing parses a body that is not there.
  app.addHook('preValidation', async request => {
    request.body ??= new URLSearchParams()
  })
}

/**
 * Whether a form was sent by a page of this server. Browsers tell (Fetch Metadata, where the connection is trusted; `Origin`
 * else); whoever sends neither is no browser that somebody could be tricked with. The origin is that of the public URL, or of
 * the host that was asked: not without encryption where the public URL has it, since anybody on the way can make such pages.
 */
export function isOfThisSite({ headers }: IncomingMessage, publicUrl: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin, host } = headers
  if (origin === undefined) return true
  const expected = new URL(publicUrl)
  if (origin === expected.origin) return true
  if (!URL.canParse(origin)) return false
  const found = new URL(origin)
  return found.host === host && (found.protocol === 'https:' || expected.protocol === 'http:')
}

/** `config` of routes that take several forms: what becomes of each tells the audit log itself. */
export const ownEvents = { audit: false } as const
