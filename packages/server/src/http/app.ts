import type { RequestListener, Server } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { AccessLog } from './access-log.ts'
import type { Csrf } from './csrf.ts'
import { fieldProblem } from './field-problems.ts'
import { problemReply } from './problem-reply.ts'
import { schemaCompilers } from './schema-compilers.ts'

export interface AppOptions {
  readonly log: Logger
  readonly accessLog: AccessLog
  readonly csrf: Csrf
  readonly bodyBytesMax: number
  /** Builds the server that hands requests to `listener`; the hot endpoints sit in front of it. */
  readonly serverFactory: (listener: RequestListener) => Server
}

/** Sent with every answer of the APIs and pages. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy':
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
}

/**
 * The Fastify instance of everything that is not a hot path: APIs, operation and console. Errors become answers in one
 * place, every answer gets its line in the access log.
 */
export function createApp(options: AppOptions): FastifyInstance {
  const { accessLog } = options
  const app = Fastify({
    bodyLimit: options.bodyBytesMax,
    serverFactory: listener => options.serverFactory(listener),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    schemaController: { compilersFactory: schemaCompilers() },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, options),
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    if (options.csrf.isFetch(request.raw)) grantCsrfToken(request, reply, options.csrf)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { user, reason } = accessLog.notesOf(request.raw)
    accessLog.write({
      time: Date.now() - reply.elapsedTime,
      address: request.ip,
      user,
      method: request.method,
      path: pathOf(request.raw.url ?? ''),
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
      bytes: Number(reply.getHeader('content-length') ?? 0),
      reason,
    })
  })
  app.setSchemaErrorFormatter(fieldProblem)
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, options))
  app.setNotFoundHandler((request, reply) => {
    accessLog.note(request.raw, { reason: 'nothing is served at this path' })
    return reply
      .code(404)
      .type('application/problem+json')
      .send(JSON.stringify({ status: 404, code: 'not-found', detail: `Nothing is served at ${pathOf(request.url)}.` }))
  })
  return app
}

/** Clients of the original fetch tokens on any path, `/` included, by GET and by HEAD. */
function grantCsrfToken(request: FastifyRequest, reply: FastifyReply, csrf: Csrf): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return
  const { token, cookie } = csrf.fetch(request.raw)
  reply.header('x-csrf-token', token)
  if (cookie) reply.header('set-cookie', cookie)
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, options: AppOptions): FastifyReply {
  const { status, headers, body, reason } = problemReply(error, options.log)
  options.accessLog.note(request.raw, { reason })
  return reply.code(status).headers(headers).send(body)
}

/** The path without the query, which may hold credentials. */
export function pathOf(url: string): string {
  const question = url.indexOf('?')
  return question < 0 ? url : url.slice(0, question)
}
