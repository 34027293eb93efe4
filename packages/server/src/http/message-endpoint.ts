import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HttpEntryPoint, HttpResponse } from '@sluice/iflow'
import type { Logger } from 'pino'
import type { Authorizer } from '../identity/authorizer.ts'
import type { Endpoint, EndpointTable } from '../runtime/endpoint-table.ts'
import type { FlowRunner, RunningFlow } from '../runtime/flow-runner.ts'
import type { Principal } from './access.ts'
import type { AccessLog } from './access-log.ts'
import { pathOf } from './app.ts'
import type { Authentication, Refusal } from './authentication.ts'
import { hasNoBody, readBody } from './body.ts'
import { addressOf } from './client-address.ts'
import { type Csrf, setsSession } from './csrf.ts'
import { endOfTurn } from './end-of-turn.ts'
import type { Metrics } from './metrics.ts'
import { Problem } from './problem.ts'
import { problemReply } from './problem-reply.ts'
import { StoredBody } from './stored-body.ts'

export interface MessageEndpointOptions {
  /** The application whose roles the endpoints ask for: `<subaccount>iflmap`. */
  readonly application: string
  readonly table: EndpointTable<RunningFlow>
  readonly runner: FlowRunner
  readonly authentication: Authentication
  readonly authorizer: Authorizer
  readonly csrf: Csrf
  readonly accessLog: AccessLog
  readonly metrics: Metrics
  readonly publicUrl: () => string
  readonly log: Logger
  /** Where large bodies are kept while their messages run. */
  readonly directory: string
  /** Resolves when message logs may be produced again. */
  readonly drained: () => Promise<void>
}

/** What is known about a request when its line goes into the access log. */
interface Outcome {
  readonly status: number
  readonly bytes: number
  readonly user: string | undefined
  readonly reason: string | undefined
}

const contextPath = '/http'

/**
 * The endpoints of deployed flows, `/http/<address>`: endpoint table, authentication, role, CSRF, body limit, run, answer.
 * It sits directly on `node:http` because every message passes here.
 */
export class MessageEndpoint {
  readonly #options: MessageEndpointOptions

  constructor(options: MessageEndpointOptions) {
    this.#options = options
  }

  /** Whether this request is for an endpoint; the path is compared without regard to case. */
  static owns(url: string): boolean {
    return url.startsWith('/http/') || /^\/http\//i.test(url)
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const time = Date.now()
    const startedAt = performance.now()
    this.#respond(request, response)
      .catch((error: unknown) => this.#fail(error, response))
      .then(outcome => {
        this.#options.accessLog.write({
          ...outcome,
          time,
          address: addressOf(request),
          method: request.method ?? '',
          path: pathOf(request.url ?? ''),
          durationMs: performance.now() - startedAt,
        })
      })
      .catch((bug: unknown) => this.#options.log.error({ err: bug }, 'unexpected error after a message was answered'))
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<Outcome> {
    const options = this.#options
    const url = request.url ?? ''
    const path = pathOf(url).slice(contextPath.length)
    const endpoint = options.table.findHttp(path)
    if (!endpoint)
      throw new Problem(404, 'no-endpoint', `No deployed integration flow listens at ${contextPath}${path}.`)
    const checked = options.authentication.check(request, options.application)
    const { principal, refusal } = checked instanceof Promise ? await checked : checked
    if (refusal) return this.#refuse(refusal, undefined, response)
    const allowed = options.authorizer.hasRole(principal.user, options.application, endpoint.entry.role)
    if (!(allowed instanceof Promise ? await allowed : allowed)) {
      const needed = `role ${endpoint.entry.role} of application ${options.application}`
      return this.#refuse(options.authentication.forbidden(principal, needed, request), principal.user, response)
    }
    if (endpoint.entry.csrfProtected) {
      const outcome = this.#protect(request, response, principal)
      if (outcome) return outcome
    }
    return this.#run(endpoint, principal, request, response, path)
  }

  async #run(
    { owner, entry }: Endpoint<RunningFlow, HttpEntryPoint>,
    principal: Principal,
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<Outcome> {
    const options = this.#options
    const turn = endOfTurn()
    const url = request.url ?? ''
    const body = hasNoBody(request) ? noBody : await readBody(request, entry.bodyBytesMax, options.directory)
    try {
      const exchange = entry.receive({
        method: request.method ?? 'GET',
        url: `${options.publicUrl()}${contextPath}${path}`,
        contextPath,
        path,
        query: url.slice(pathOf(url).length + 1),
        headers: request.headers,
        body,
        user: principal.user,
      })
      const running = options.runner.run(owner, entry, exchange)
      const result = running instanceof Promise ? await running : running
      await options.drained()
      await turn
      const answer = entry.reply(result)
      const reply = { ...answer, headers: answer.headers.filter(([name, value]) => !setsSession(name, value)) }
      const reason = result.failure && `message ${result.log.messageGuid} failed`
      const hasBody = reply.status !== 204 && reply.status !== 304
      if (hasBody && reply.body instanceof StoredBody)
        return await sendStored(response, reply, reply.body, principal.user, reason)
      return send(response, reply, principal.user, reason)
    } finally {
      if (body instanceof StoredBody) await body.close()
    }
  }

  /** CSRF protection as documented for HTTPS senders: undefined when the message may go on to the flow. */
  #protect(request: IncomingMessage, response: ServerResponse, principal: Principal): Outcome | undefined {
    const { csrf } = this.#options
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    if (isReading && csrf.isFetch(request)) {
      const { token, cookie } = csrf.fetch(request)
      const headers: [string, string][] = [['X-CSRF-Token', token]]
      if (cookie) headers.push(['Set-Cookie', cookie])
      return send(response, { status: 200, headers, body: '' }, principal.user, 'CSRF token fetched')
    }
    if (isReading || csrf.isValid(request)) return undefined
    throw new Problem(
      403,
      'csrf-token-required',
      'CSRF token validation failed. Fetch a token with X-CSRF-Token: Fetch.',
      {
        reason: `${principal.user} sent no valid X-CSRF-Token for its session`,
        headers: { 'x-csrf-token': 'Required', 'www-authenticate': 'Bearer error="insufficient_scope"' },
      },
    )
  }

  #refuse(refusal: Refusal, user: string | undefined, response: ServerResponse): Outcome {
    const { status, code, detail, challenges, retryAfter } = refusal
    this.#options.metrics.refusal(status)
    const headers: [string, string][] = challenges.map(challenge => ['WWW-Authenticate', challenge])
    headers.push(['Content-Type', 'application/problem+json'], ['Cache-Control', 'no-store'])
    if (retryAfter !== undefined) headers.push(['Retry-After', String(retryAfter)])
    return send(response, { status, headers, body: JSON.stringify({ status, code, detail }) }, user, refusal.reason)
  }

  #fail(error: unknown, response: ServerResponse): Outcome {
    const { status, headers, body, reason } = problemReply(error, this.#options.log)
    this.#options.metrics.refusal(status)
    if (response.headersSent) {
      response.destroy()
      return { status, bytes: 0, user: undefined, reason }
    }
    return send(response, { status, headers: Object.entries(headers), body }, undefined, reason)
  }
}

const noBody = new Uint8Array(0)

/**
 * With every answer, beside a policy of the flow's own, so that browsers apply both (Content Security Policy Level 3 §8.1): a
 * page that a flow makes may do what pages do, but in an origin of its own. That of the server is the console's, whose
 * session would be the page's otherwise. Programs do not look at it.
 */
const pagePolicy = [
  'Content-Security-Policy',
  'sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts',
] as const

function rawHeaders(headers: HttpResponse['headers']): string[] {
  const raw: string[] = [...pagePolicy]
  for (const [name, value] of headers) raw.push(name, value)
  return raw
}

async function sendStored(
  response: ServerResponse,
  { status, headers }: HttpResponse,
  body: StoredBody,
  user: string | undefined,
  reason: string | undefined,
): Promise<Outcome> {
  response.writeHead(status, [...rawHeaders(headers), 'Content-Length', String(body.length)])
  // A sender that goes away misses its answer; the message was processed all the same.
  for (const piece of body.pieces()) {
    if (response.destroyed) break
    await written(response, piece)
  }
  response.end()
  return { status, bytes: body.length, user, reason }
}

/** Resolves when the system has the piece, or nobody wants it any more. */
function written(response: ServerResponse, piece: Uint8Array): Promise<void> {
  return new Promise(resolve => {
    const settle = () => {
      response.off('close', settle)
      resolve()
    }
    response.once('close', settle).write(piece, settle)
  })
}

function send(
  response: ServerResponse,
  reply: HttpResponse,
  user: string | undefined,
  reason: string | undefined,
): Outcome {
  const { status, headers, body } = reply
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const raw = rawHeaders(headers)
  if (status !== 204 && status !== 304) raw.push('Content-Length', String(bytes))
  response.writeHead(status, raw)
  response.end(status === 204 || status === 304 ? undefined : body)
  return { status, bytes, user, reason }
}
