import { clientIdOfUser } from '@sluice/oauth'
import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditAction, AuditEvent, AuditObject } from '../store/store.ts'
import { type Principal, principalOf } from './access.ts'
import type { AccessLog } from './access-log.ts'
import { addressOf } from './client-address.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What a route that changes something tells the audit log; false where a request with a changing method changes nothing.
     * The event is on disk before the answer leaves, and what is known of it before the handler runs.
     */
    readonly audit?: AuditedRoute | false
  }
}

/** The event of a route: its outcome is that of the answer, its actor who passed the guard. */
export interface AuditedRoute {
  readonly object: AuditObject
  readonly action: AuditAction
  /** Where the request names the object; a handler that knows better says so with `noteAudit`. */
  readonly id?: `${'params' | 'query' | 'body'}.${string}`
}

/** What a handler knows of its event: which object, what changed, how many, another user than the caller. */
export type AuditNotes = Partial<
  Pick<AuditEvent, 'object' | 'action' | 'id' | 'user' | 'clientId' | 'changes' | 'count' | 'method'>
>

const notes = new WeakMap<FastifyRequest, AuditNotes>()
/** Keys of changes that were begun. */
const begun = new WeakMap<FastifyRequest, number>()
const told = new WeakSet<FastifyRequest>()

/** Adds to the event of the request's route (`config.audit`). */
export function noteAudit(request: FastifyRequest, more: AuditNotes): void {
  notes.set(request, { ...notes.get(request), ...more })
}

/** Names of the fields that differ, deeply compared; those that only one has among them. For `AuditNotes.changes`. */
export function changedFields(before: object, after: object): string[] {
  const [old, current] = [before, after] as [Record<string, unknown>, Record<string, unknown>]
  const names = new Set([...Object.keys(old), ...Object.keys(current)])
  return [...names].filter(name => JSON.stringify(old[name]) !== JSON.stringify(current[name]))
}

/** Who a principal is to the audit log: a client that acts for itself is no user. */
export function actorOf(principal: Principal | undefined): Pick<AuditEvent, 'user' | 'clientId'> {
  if (!principal) return {}
  const { user, clientId } = principal
  const ofClient = clientIdOfUser(user)
  return ofClient === undefined ? { user, clientId } : { clientId: clientId ?? ofClient }
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Has the routes of `app` tell the audit log what they declare. Throws for a route with a changing method that declares nothing. */
export function auditRoutes(app: FastifyInstance, audit: AuditLog, accessLog: Pick<AccessLog, 'notesOf'>): void {
  app.addHook('onRoute', route => {
    const { method, url, config, preHandler = [] } = route
    const declared = config?.audit
    const isChange = [method].flat().some(name => !reading.has(name))
    if (isChange && declared === undefined) {
      throw new Error(
        `Expected ${method} ${url} to declare what the audit log is told of it (config.audit), found nothing`,
      )
    }
    if (!declared) return
    const begin: preHandlerAsyncHookHandler = async request => {
      begun.set(request, await audit.begin(eventOf(request, declared)))
    }
    route.preHandler = [...[preHandler].flat(), begin]
  })
  app.addHook('onSend', async (request, reply) => {
    const declared = request.routeOptions.config.audit
    // The answer to a failure of this hook comes here, too.
    if (!declared || told.has(request)) return
    told.add(request)
    const event = eventOf(request, declared)
    if (reply.statusCode < 400) return audit.write(event, begun.get(request))
    const reason = accessLog.notesOf(request.raw).reason ?? `status ${reply.statusCode}`
    audit.record({ ...event, reason }, begun.get(request))
  })
}

function eventOf(request: FastifyRequest, { object, action, id }: AuditedRoute): AuditEvent {
  return {
    ...{ object, action, id: id && valueAt(request, id), address: addressOf(request.raw) },
    ...actorOf(principalOf(request.raw)),
    ...notes.get(request),
  }
}

function valueAt(request: FastifyRequest, path: NonNullable<AuditedRoute['id']>): string | undefined {
  const [part = '', name = ''] = path.split('.')
  const values = request[part as 'params' | 'query' | 'body'] as Readonly<Record<string, unknown>> | undefined | null
  const value = values?.[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
