import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { callerOf, roleGuard } from '../../http/role-guard.ts'
import { audited } from '../../http/route-description.ts'
import type { Entrance, ResentMessage } from '../../runtime/resender.ts'
import { readMonitoring, readPayloads } from '../odata/permissions.ts'
import { keptSubjects } from '../odata/protected-subjects.ts'
import { requireAccess } from '../odata/protection.ts'
import type { MonitoringApiOptions } from './options.ts'
import * as schemas from './resend-schemas.ts'

/** What the role of senders is called that a ProcessDirect sender does not ask for. */
const senderRole = 'ESBMessaging.send'

type Kept = Pick<ResentMessage, 'headers' | 'body'> & { readonly flowId: string }

/** `/messages/{id}/resend`: has a flow process a message again that it has kept (ours). */
export function registerResendRoutes(api: FastifyInstance, options: MonitoringApiOptions): void {
  type Route = { Params: FromSchema<typeof schemas.messagePath>; Body: FromSchema<typeof schemas.resendBody> }
  api.post<Route>(
    '/messages/:messageGuid/resend',
    {
      ...audited(roleGuard(options, [...readMonitoring, ...readPayloads]), {
        object: 'message',
        action: 'resend',
        id: 'params.messageGuid',
      }),
      schema: {
        tags: ['Monitoring'],
        summary: 'Send a stored message to its flow again',
        params: schemas.messagePath,
        body: schemas.resendBody,
        response: { 200: schemas.resendReply },
      },
    },
    async request => {
      const { messageGuid } = request.params
      const { store, resender } = options
      const kept = await findKept(messageGuid, request.body, options)
      await requireRights(request, { flowId: kept.flowId, messageGuid }, options)
      const entrance = entranceIn(resender.entrancesOf(kept.flowId), request.body.address)
      await requireSenderRole(request, entrance, options)
      const log = await store.messageLogs.find(messageGuid)
      const message = { ...kept, messageGuid, correlationId: log?.correlationId ?? messageGuid }
      const result = await resender.resend(entrance, message, callerOf(request).user)
      return { messageGuid: result.log.messageGuid, status: result.status, resentFrom: messageGuid }
    },
  )
}

/** Throws `Problem` (400, 404, 409). */
async function findKept(
  messageGuid: string,
  { storeEntry, traceMessage }: FromSchema<typeof schemas.resendBody>,
  { store, clock }: MonitoringApiOptions,
): Promise<Kept> {
  if ((storeEntry === undefined) === (traceMessage === undefined)) {
    throw new Problem(400, 'invalid-request', 'Expected "storeEntry" or "traceMessage", found both or neither.')
  }
  const now = clock.now()
  if (storeEntry !== undefined) {
    const found = await store.persistedMessages.find(storeEntry, now)
    const content =
      found?.messageGuid === messageGuid ? await store.persistedMessages.content(storeEntry, now) : undefined
    if (!found || !content) throw unknown(`an entry of the message store with ID "${storeEntry}"`)
    const headers = Object.entries(content.headers).map(([name, value]) => [name, String(value)])
    return { flowId: found.flowId, headers: Object.fromEntries(headers), body: content.body }
  }
  const id = Number(traceMessage)
  const found = await store.traces.findMessage(id, now)
  const content = found?.messageGuid === messageGuid ? await store.traces.content(id, now) : undefined
  const log = await store.messageLogs.find(messageGuid)
  if (!content || !log) throw unknown(`a traced message with ID ${traceMessage}`)
  if (content.body.length < content.size) {
    const expected = `Expected a body that was traced as a whole, found ${content.body.length} of ${content.size} bytes.`
    throw new Problem(409, 'incomplete-message', expected)
  }
  return { flowId: log.artifactId, headers: content.headers, body: content.body }
}

function unknown(what: string): Problem {
  return new Problem(404, 'unknown-message', `Expected ${what} of this message, found none. They expire.`)
}

/** Throws `Problem` (403) when an access policy protects from the caller what the message holds. */
async function requireRights(
  request: FastifyRequest,
  message: { readonly flowId: string; readonly messageGuid: string },
  { access, catalogue, store }: MonitoringApiOptions,
): Promise<void> {
  const hasRole = (role: string) => access.hasRole(callerOf(request), catalogue.api, role)
  await requireAccess(store.accessPolicies, hasRole, () => keptSubjects(message, { store }))
}

/** The sender to use: the one with this address or, where none is given, the only one. Throws `Problem` (400, 409). */
function entranceIn(entrances: readonly Entrance[], address: string | undefined): Entrance {
  const addresses = entrances.map(({ entry }) => entry.address).join(', ')
  const [only, ...others] = entrances
  if (!only) {
    const expected = 'Expected a started flow with an HTTPS or ProcessDirect sender, found none'
    throw new Problem(409, 'no-sender', `${expected}: deploy it, or send the message by other means.`)
  }
  if (address === undefined) {
    if (others.length === 0) return only
    throw new Problem(400, 'ambiguous-sender', `Expected "address" to be one of ${addresses}, found none.`)
  }
  const found = entrances.find(({ entry }) => entry.address === address)
  if (found) return found
  throw new Problem(400, 'unknown-sender', `Expected "address" to be one of ${addresses}, found "${address}".`)
}

/** Throws `Problem` (403) for a caller who may not send messages to the flow. */
async function requireSenderRole(
  request: FastifyRequest,
  { entry }: Entrance,
  { access, catalogue }: MonitoringApiOptions,
): Promise<void> {
  const role = entry.kind === 'http' ? entry.role : senderRole
  const caller = callerOf(request)
  if (await access.hasRole(caller, catalogue.runtime, role)) return
  const detail = `Expected role ${role} of the runtime application, found that it is missing.`
  throw new Problem(403, 'forbidden', detail, { reason: `${caller.user} lacks ${role} of ${catalogue.runtime}` })
}
