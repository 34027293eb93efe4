import type { IncomingMessage, RequestListener, Server } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { AuditLog } from '../audit/audit-log.ts'
import { principalOf } from './access.ts'
import type { AccessLog } from './access-log.ts'
import { auditRoutes } from './audited-routes.ts'
import { addressOf } from './client-address.ts'
import type { Csrf } from './csrf.ts'
import { fieldProblem } from './field-problems.ts'
import { Problem } from './problem.ts'
import { type ErrorReply, problemReply } from './problem-reply.ts'
import { schemaCompilers } from './schema-compilers.ts'

/** How an API with a protocol of its own tells errors. */
export interface ErrorForm {
  /** Path that the API is at and below. */
  readonly path: string
  readonly reply: (error: unknown, request: IncomingMessage, log: Logger) => ErrorReply
}

export interface AppOptions {
  readonly log: Logger
  readonly accessLog: AccessLog
  readonly audit: AuditLog
  readonly csrf: Csrf
  readonly bodyBytesMax: number
  /** Builds the server that hands requests to `listener`; the hot endpoints sit in front of it. */
  readonly serverFactory: (listener: RequestListener) => Server
  /** For errors everywhere else there are problem details. */
  readonly errorForms: readonly ErrorForm[]
}

/** The policy of every answer; `formTargets` are where its forms may lead beside this server. */
export function contentSecurityPolicy(formTargets: readonly string[] = []): string {
  const formAction = ["'self'", ...formTargets].join(' ')
  return `default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action ${formAction}; object-src 'none'`
}

/** Sent with every answer of the APIs and pages; what anybody may keep says so itself. */
const securityHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': contentSecurityPolicy(),
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
    // No hook runs for these: what the hooks below do has to be done here.
    frameworkErrors: (error, request, reply) => {
      reply.raw.once('finish', () => logAnswer(request, reply, accessLog))
      return sendError(error, request, reply.headers(securityHeaders), options)
    },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    if (options.csrf.isFetch(request.raw)) grantCsrfToken(request, reply, options.csrf)
    // Before a body is read: nobody needs what anybody may send here.
    if (request.is404) await sendError(nothingAt(request), request, reply, options)
  })
  app.addHook('onSend', async (_request, reply) => {
    // What anybody may keep, such as keys, must not be kept with somebody's session.
    if (reply.hasHeader('set-cookie') || reply.hasHeader('x-csrf-token')) reply.header('cache-control', 'no-store')
  })
  takeEmptyJson(app)
  auditRoutes(app, options.audit, accessLog)
  app.addHook('onResponse', async (request, reply) => logAnswer(request, reply, accessLog))
  app.setSchemaErrorFormatter(fieldProblem)
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply, options))
  app.setNotFoundHandler((request, reply) => sendError(nothingAt(request), request, reply, options))
  return app
}

/** Clients with the same headers for all requests say that nothing is JSON; what needs a body says so itself. */
function takeEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parse(request, body as string, done),
  )
}

function nothingAt({ url }: FastifyRequest): Problem {
  const reason = 'nothing is served at this path'
  return new Problem(404, 'not-found', `Nothing is served at ${pathOf(url)}.`, { reason })
}

function logAnswer(request: FastifyRequest, reply: FastifyReply, accessLog: AccessLog): void {
  const { user = principalOf(request.raw)?.user, reason } = accessLog.notesOf(request.raw)
  accessLog.write({
    time: Date.now() - reply.elapsedTime,
    address: addressOf(request.raw),
    user,
    method: request.method,
    path: pathOf(request.raw.url ?? ''),
    status: reply.statusCode,
    durationMs: reply.elapsedTime,
    bytes: Number(reply.getHeader('content-length') ?? 0),
    reason,
  })
}

/** Clients of the original fetch tokens on any path, `/` included, by GET and by HEAD. */
function grantCsrfToken(request: FastifyRequest, reply: FastifyReply, csrf: Csrf): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return
  const { token, cookie } = csrf.fetch(request.raw)
  reply.header('x-csrf-token', token)
  if (cookie) reply.header('set-cookie', cookie)
}

function sendError(
  error: unknown,
  { raw }: FastifyRequest,
  reply: FastifyReply,
  { errorForms, log, accessLog }: AppOptions,
): FastifyReply {
  const path = pathOf(raw.url ?? '')
  const form = errorForms.find(form => path === form.path || path.startsWith(`${form.path}/`))
  const { status, headers, body, reason } = form ? form.reply(error, raw, log) : problemReply(error, log)
  accessLog.note(raw, { reason })
  return reply.code(status).headers(headers).send(body)
}

/** The path without the query, which may hold credentials. */
export function pathOf(url: string): string {
  const question = url.indexOf('?')
  return question < 0 ? url : url.slice(0, question)
}
