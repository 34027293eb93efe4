import { existsSync, globSync, readFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The console's own router knows what is at and below these; `shell` is where links in message logs lead to. */
const places = ['cockpit', 'design', 'monitor', 'test', 'shell']

const notBuilt =
  '<!doctype html><title>Sluice</title><p>The server is running. Its console is not built: run <code>npm run build</code>, then start it again.'

/**
 * Serves what `npm run build` made of the console from `directory`: pages at their addresses, files below `/console/`. Files
 * whose name changes with their content may be kept for ever. Each may lie there compressed, too (`.gz`).
 */
export function registerConsole(app: FastifyInstance, directory: string): void {
  const schema = { hide: true } as const
  const file = (path: string) => readFileSync(join(directory, path))
  const known = new Set(globSync('**/*.*', { cwd: directory }).map(path => path.split(sep).join('/')))
  const send = (request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply => {
    reply.type(contentTypes[extname(path)] ?? 'application/octet-stream').header('vary', 'accept-encoding')
    if (!known.has(`${path}.gz`) || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
      return reply.send(file(path))
    return reply.header('content-encoding', 'gzip').send(file(`${path}.gz`))
  }
  for (const page of ['/', ...places.flatMap(place => [`/${place}`, `/${place}/*`])]) {
    app.get(page, { schema }, async (request, reply) => {
      reply.header('cache-control', 'no-cache')
      if (known.has('index.html')) return send(request, reply, 'index.html')
      return reply.type('text/html; charset=utf-8').send(notBuilt)
    })
  }
  app.get<{ Params: { '*': string } }>('/console/*', { schema }, async (request, reply) => {
    const path = request.params['*']
    if (!known.has(path) || path.endsWith('.gz') || !existsSync(join(directory, path))) return reply.callNotFound()
    reply.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    return send(request, reply, path)
  })
}
