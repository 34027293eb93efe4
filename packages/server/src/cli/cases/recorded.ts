import { Body, type OutgoingMail, type OutgoingMessage } from '@sluice/iflow'
import type { ReceiverCall } from '@sluice/iflow/mocking'
import type { RawCall, RawExpectation } from './case-schema.ts'
import type { CaseRun } from './run-case.ts'

/** A call of a receiver, as a case would expect it. */
export function recordedCall({ exchange, request }: ReceiverCall): RawCall {
  return { body: contentValue(request ? (request.body ?? null) : exchange.body.raw) }
}

/** A message put into a queue, as a case would expect it. */
export function recordedMessage({ content }: OutgoingMessage): Pick<RawCall, 'body'> {
  return { body: contentValue(content.body) }
}

/** A mail, as a case would expect it. */
export function recordedMail({ to, subject, body }: OutgoingMail) {
  return { to: to.map(({ address }) => address).join(', '), subject, body: contentValue(body.content) }
}

/** Content as a case would expect it: text, or an object for bytes that are none. */
export function contentValue(content: string | Uint8Array | null): string | { base64: string } | null {
  if (content === null || typeof content === 'string') return content
  const text = Buffer.from(content).toString('utf8')
  return text.includes('\ufffd') ? { base64: Buffer.from(content).toString('base64') } : text
}

/** What a case would expect that has to see all that a message did and left, but headers, properties and the way. */
export async function recordedExpectation(run: CaseRun): Promise<RawExpectation> {
  const { result, reply, calls, queued, mails } = run
  const { exchange, failure, log, status } = result
  const attachments = [...exchange.attachments].map(([name, { body }]) => [name, contentValue(body.raw)] as const)
  const logAttachments = log.attachments.map(({ name, body }) => [name, contentValue(body.raw)] as const)
  const recorded = {
    attachments: Object.fromEntries(attachments),
    calls: grouped(calls, ({ channel }) => channel.name || channel.id, recordedCall),
    queues: grouped(queued, ({ queue }) => queue, recordedMessage),
    log: {
      ...(log.customStatus !== undefined && { customStatus: log.customStatus }),
      ...(logAttachments.length > 0 && { attachments: Object.fromEntries(logAttachments) }),
    },
    ...(await recordedStore(run)),
  }
  return {
    status: status as NonNullable<RawExpectation['status']>,
    ...(failure
      ? { failure: { code: failure.code, message: failure.message, ...(failure.stepId && { step: failure.stepId }) } }
      : { body: contentValue(exchange.body.raw) }),
    ...(failure && reply && { reply: { status: reply.status, body: contentValue(Body.of(reply.body).raw) } }),
    ...Object.fromEntries(Object.entries(recorded).filter(([, value]) => Object.keys(value).length > 0)),
    ...(mails.length > 0 && { mails: mails.map(recordedMail) }),
  }
}

function grouped<T, R>(all: readonly T[], nameOf: (item: T) => string, record: (item: T) => R): Record<string, R[]> {
  return Object.fromEntries(Array.from(Map.groupBy(all, nameOf), ([name, items]) => [name, items.map(record)]))
}

/** Variables and data store entries in the end, those that the case gave included. */
async function recordedStore({ store, flow, now }: CaseRun) {
  const variables: Record<string, Record<string, string>> = {}
  const dataStores: Record<string, Record<string, Record<string, ReturnType<typeof contentValue>>>> = {}
  const scopeOf = (flowId: string) => (flowId === '' ? 'global' : flowId === flow.id ? 'local' : undefined)
  for (const { flowId, name } of await store.variables.all(now).list({})) {
    const scope = scopeOf(flowId)
    if (scope === undefined) continue
    variables[scope] = { ...variables[scope], [name]: (await store.variables.read(flowId, name, now)) ?? '' }
  }
  for (const { flowId, store: name, id } of await store.dataStores.entries({}, now).list({ top: 100 })) {
    const scope = scopeOf(flowId)
    if (scope === undefined) continue
    const entry = await store.dataStores.find({ flowId, store: name, id }, now)
    const entries = { ...dataStores[scope]?.[name], [id]: contentValue(entry?.body ?? null) }
    dataStores[scope] = { ...dataStores[scope], [name]: entries }
  }
  return { variables, dataStores }
}
