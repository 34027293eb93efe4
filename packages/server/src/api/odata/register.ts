import type { IncomingMessage } from 'node:http'
import { ODataError } from '@sluice/odata'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { AuditLog } from '../../audit/audit-log.ts'
import type { Access, Principal } from '../../http/access.ts'
import type { RequestNotes } from '../../http/access-log.ts'
import type { ErrorForm } from '../../http/app.ts'
import { actorOf } from '../../http/audited-routes.ts'
import { BodyIncompleteError, BodyTooLargeError, readBody } from '../../http/body.ts'
import { addressOf } from '../../http/client-address.ts'
import { hideRoute } from '../../http/route-description.ts'
import { createKeystoreProcess, type KeystoreProcess } from '../../keystore/ask-keystore-process.ts'
import type { Store } from '../../store/store.ts'
import { answer } from './answer.ts'
import type { Call, ODataApi } from './call.ts'
import type { Deployer, ODataContext, Roles } from './definition.ts'
import { errorReply, protocolHeaders, refuse } from './error-reply.ts'
import { checkAccess, type Protections, protectionsFor } from './protection.ts'
import type { Reply } from './reply.ts'
import { checkVersion, tunnelled } from './request-headers.ts'

/** CSRF protection of calls that a browser could be made to send. The app itself hands out tokens, on any path. */
export interface CsrfProtection {
  /** Whether the request asks for a token. */
  isFetch(request: IncomingMessage): boolean
  isValid(request: IncomingMessage): boolean
}

export interface ODataApiOptions {
  readonly access: Pick<Access, 'authenticate' | 'hasRole'>
  /** The application whose clients and roles count: `<subaccount>tmn`. */
  readonly application: string
  readonly csrf: CsrfProtection
  readonly store: ODataContext['store'] & Pick<Store, 'transaction'>
  readonly audit: Pick<AuditLog, 'begin' | 'write' | 'record' | 'rowOf'>
  readonly deployer: Deployer
  readonly runs: ODataContext['runs']
  readonly logFiles: ODataContext['logFiles']
  readonly clock: { now(): number }
  /** Public URL of the server without a trailing slash. */
  readonly publicUrl: () => string
  /** Largest request body in bytes, and so about 4/3 of the largest artifact. */
  readonly bodyBytesMax: number
  /** Requests in one batch. */
  readonly batchRequestsMax: number
  readonly artifactVersionsMax: number
  readonly artifactLockMs: number
  readonly log: Logger
  /** Tells the access log about a request. */
  readonly note: (request: IncomingMessage, notes: RequestNotes) => void
}

interface ServiceOptions extends ODataApiOptions {
  /** Path of the service root, without a trailing slash. */
  readonly servicePath: string
  readonly keystoreProcess: KeystoreProcess
}

/** The documented path, and those at which the pages of the original have the same service, in Neo and Cloud Foundry. */
const servicePaths = ['/api/v1', '/itspaces/odata/api/v1', '/odata/api/v1'] as const

/** Errors below the service are OData errors, in Atom or JSON as the caller accepts, whoever finds them. */
export const odataErrorForms: readonly ErrorForm[] = servicePaths.map(path => ({ path, reply: errorReply }))

/** Serves the Cloud Integration OData V2 API below each of its paths; links in answers have the path that was called. */
export function registerService(app: FastifyInstance, api: ODataApi, options: ODataApiOptions): void {
  app.addHttpMethod('MERGE', { hasBody: true })
  const keystoreProcess = createKeystoreProcess()
  for (const servicePath of servicePaths) registerAt(app, api, { ...options, servicePath, keystoreProcess })
}

/**
 * Any content type and an empty body are accepted everywhere, because real clients send them. A body is read when its sender is
 * known, and may do what is asked.
 */
function registerAt(app: FastifyInstance, api: ODataApi, options: ServiceOptions): void {
  const admitted = new WeakMap<FastifyRequest, Admitted>()
  void app.register(
    async scope => {
      scope.addHook('onRoute', hideRoute)
      scope.removeAllContentTypeParsers()
      // Taken in when it is known that the caller may do what needs it.
      scope.addContentTypeParser('*', (_request, _body, done) => done(null))
      scope.addHook('onRequest', async (request, reply) => {
        const contentType = request.raw.headers['content-type']
        admitted.set(request, { principal: await admit(request, options), contentType })
        // Clients send any type, and only that of a batch says how it is read; Fastify would refuse malformed ones.
        delete request.raw.headers['content-type']
        // The SAP Cloud SDK probes URLs that answer to POST only, before each change.
        if (request.method === 'HEAD' && options.csrf.isFetch(request.raw)) await reply.code(200).send()
      })
      const serve = async (request: FastifyRequest, reply: FastifyReply) => {
        const known = admitted.get(request)
        if (!known) throw new Error('Expected the caller to be known')
        return send(reply, await answer(callOf(request, known, api, options)))
      }
      const method = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'MERGE', 'DELETE', 'OPTIONS', 'TRACE']
      for (const url of ['/', '/*']) {
        scope.route({
          method,
          url,
          exposeHeadRoute: false,
          handler: serve,
          config: { audit: false },
        })
      }
    },
    { prefix: options.servicePath },
  )
}

/** Lets a caller in who is known and, for a change by Basic, has a CSRF token; a Bearer token is none that browsers send. */
async function admit({ raw, method }: FastifyRequest, options: ODataApiOptions): Promise<Principal> {
  const principal = await options.access.authenticate(raw, options.application)
  const isRead = method === 'GET' || method === 'HEAD'
  if (isRead || principal.method === 'bearer' || options.csrf.isValid(raw)) return principal
  throw new ODataError('csrf-token-required', 'CSRF token validation failed!', {
    headers: { 'x-csrf-token': 'Required' },
  })
}

interface Admitted {
  readonly principal: Principal
  readonly contentType: string | undefined
}

function callOf(
  { raw, method, headers }: FastifyRequest,
  { principal, contentType }: Admitted,
  api: ODataApi,
  options: ServiceOptions,
): Call {
  const { store, deployer, runs, logFiles, log, servicePath, keystoreProcess } = options
  const publicUrl = options.publicUrl()
  checkVersion(headers)
  const hasRole = (role: string) => options.access.hasRole(principal, options.application, role)
  let known: Promise<Protections> | undefined
  const protections = () => {
    known ??= protectionsFor(store.accessPolicies, hasRole)
    return known
  }
  return {
    api,
    method: tunnelled(method, headers),
    url: urlBelowService(raw.url ?? '', servicePath),
    accept: headers.accept,
    body: () => textOf(raw, options.bodyBytesMax),
    serviceRoot: `${publicUrl}${servicePath}`,
    context: {
      store,
      deployer,
      runs,
      logFiles,
      keystoreProcess,
      now: options.clock.now(),
      user: principal.user,
      requireAccess: async find => checkAccess(await protections(), find),
      publicUrl,
      artifactVersionsMax: options.artifactVersionsMax,
      artifactLockMs: options.artifactLockMs,
    },
    authorize: roles => authorize(principal, roles, options),
    protections,
    audit: auditOf(options.audit, principal, addressOf(raw)),
    batch: {
      contentType,
      servicePath,
      requestsMax: options.batchRequestsMax,
      transaction: work => store.transaction(work),
      clock: options.clock,
      refuse: (error, part) => refuse(error, part, log),
      note: reason => options.note(raw, { reason }),
    },
  }
}

/** The audit log with events of one caller. */
function auditOf(audit: ODataApiOptions['audit'], principal: Principal, address: string): Call['audit'] {
  const by = { ...actorOf(principal), address }
  return {
    begin: event => audit.begin({ ...event, ...by }),
    write: (event, begun) => audit.write({ ...event, ...by }, begun),
    record: (event, begun) => audit.record({ ...event, ...by }, begun),
    rowOf: event => audit.rowOf({ ...event, ...by }),
  }
}

async function authorize(principal: Principal, roles: Roles, options: ODataApiOptions): Promise<void> {
  for (const role of roles) {
    if (await options.access.hasRole(principal, options.application, role)) continue
    const needed = `role ${role} of application ${options.application}`
    throw new ODataError('forbidden', `Expected ${needed}, found that it is missing.`, {
      reason: `${principal.user} lacks ${needed}`,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
    })
  }
}

async function textOf(raw: IncomingMessage, bytesMax: number): Promise<string> {
  try {
    return (await readBody(raw, bytesMax)).toString('utf8')
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw new ODataError('body-too-large', error.message)
    if (error instanceof BodyIncompleteError) throw new ODataError('malformed-body', error.message)
    throw error
  }
}

function urlBelowService(url: string, servicePath: string): string {
  if (!url.startsWith(servicePath))
    throw new ODataError('malformed-url', `Expected ${servicePath} to be written plainly`)
  return url.slice(servicePath.length).replace(/^\/+/, '')
}

function send(reply: FastifyReply, { status, contentType, headers, body }: Reply): FastifyReply {
  reply.code(status).headers(protocolHeaders)
  if (headers) reply.headers(headers)
  if (contentType !== undefined) reply.header('content-type', contentType)
  return reply.send(body instanceof Uint8Array ? Buffer.from(body) : body)
}
