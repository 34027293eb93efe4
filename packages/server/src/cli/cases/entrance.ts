import { Body, type EntryPoint, Exchange, type HttpResponse, type QueueValue, type RunResult } from '@sluice/iflow'
import type { LocalFlow } from '../../local/deployment.ts'
import { elementNames } from './element-names.ts'

/** A message as a case gives it, contents read. */
export interface GivenMessage {
  readonly body: string | Uint8Array | null
  readonly headers: Readonly<Record<string, QueueValue>>
  readonly properties: Readonly<Record<string, QueueValue>>
  readonly attachments: readonly {
    readonly name: string
    readonly contentType: string
    readonly body: string | Uint8Array | null
  }[]
  readonly method: string
  /** Undefined: the address of the channel. */
  readonly path: string | undefined
  readonly query: string
  readonly user: string
}

/** Where a message enters a flow, as the server would let it in. */
export interface Entrance {
  readonly processId: string
  receive(given: GivenMessage, now: number): Exchange
  /** What the caller gets; undefined for senders that wait for nothing. */
  reply(result: RunResult): HttpResponse | undefined
}

/**
 * The entrance that `to` names: a sender channel (name, ID, address), a timer (name, ID; `timer`: the first) or a process (name, ID); by default the first
 * sender, else the first integration process. Otherwise the names there are.
 */
export function findEntrance(
  flow: LocalFlow,
  to: string | undefined,
): Entrance | { readonly known: readonly string[] } {
  const { entryPoints, processes } = flow.plan
  if (to === undefined) {
    const [first] = entryPoints
    const process = [...processes.values()].find(({ kind }) => kind === 'integration')
    if (first) return entranceAt(first)
    return process ? intoProcess(process.id) : { known: [] }
  }
  const nameOf = elementNames(flow.bundle)
  const entry = entryPoints.find(each => namesOfEntry(each, nameOf).includes(to))
  if (entry) return entranceAt(entry)
  const process = [...processes.values()].find(({ id, name }) => id === to || name === to)
  if (process) return intoProcess(process.id)
  const entries = entryPoints.map(each => namesOfEntry(each, nameOf).join(' = '))
  return { known: [...entries, ...Array.from(processes.values(), ({ id, name }) => `${name} = ${id}`)] }
}

/** By what a person may call an entry point. */
function namesOfEntry(entry: EntryPoint, nameOf: ReadonlyMap<string, string>): readonly string[] {
  const id = entry.kind === 'timer' ? entry.stepId : entry.channelId
  const address = entry.kind === 'http' && entry.prefix ? [`${entry.address}/*`, entry.address] : []
  const place = entry.kind === 'queue' ? [entry.queue] : entry.kind === 'timer' ? ['timer'] : [entry.address]
  return [nameOf.get(id) ?? '', id, ...address, ...place].filter(name => name !== '')
}

function intoProcess(processId: string): Entrance {
  return { processId, receive: exchangeOf, reply: () => undefined }
}

function entranceAt(entry: EntryPoint): Entrance {
  const { processId } = entry
  switch (entry.kind) {
    case 'http':
      return {
        processId,
        receive: given => withRest(entry.receive(requestOf(given, entry.address)), given),
        reply: result => entry.reply(result),
      }
    case 'direct':
      return {
        processId,
        receive: given => withRest(entry.receive(exchangeOf(given)), given),
        reply: () => undefined,
      }
    case 'queue':
      return {
        processId,
        receive: (given, now) => entry.receive(deliveryOf(given, entry.queue, now)),
        reply: () => undefined,
      }
    case 'timer':
      return {
        processId,
        receive: given => {
          const exchange = entry.receive()
          exchange.become(exchangeOf(given))
          return exchange
        },
        reply: () => undefined,
      }
  }
}

function requestOf({ body, headers, method, path, query, user }: GivenMessage, address: string) {
  const where = path ?? address
  return {
    method,
    url: `http://localhost:8080/http${where}`,
    contextPath: '/http',
    path: where,
    query,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
    body: typeof body === 'string' ? Buffer.from(body) : (body ?? new Uint8Array()),
    user,
  }
}

function deliveryOf({ body, headers, properties, attachments }: GivenMessage, queue: string, now: number) {
  const content = { body, headers: Object.entries(headers), properties: Object.entries(properties), attachments }
  const dayMs = 86_400_000
  return { id: '1', queue, content, createdAt: now, overdueAt: now + dayMs, expiresAt: now + 30 * dayMs, retries: 0 }
}

function exchangeOf({ body, headers, properties, attachments }: GivenMessage): Exchange {
  return new Exchange({
    body,
    headers: Object.entries(headers),
    properties: Object.entries(properties),
    attachments: attachments.map(({ name, contentType, body: content }) => [
      name,
      { contentType, body: Body.of(content) },
    ]),
  })
}

/** What no sender lets in, but a case may set: properties and attachments. */
function withRest(exchange: Exchange, given: GivenMessage): Exchange {
  const { properties, attachments } = exchangeOf(given)
  for (const [name, value] of properties) exchange.properties.set(name, value)
  for (const [name, attachment] of attachments) exchange.attachments.set(name, attachment)
  return exchange
}
