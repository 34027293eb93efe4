import type { PolledMessage } from '../../compile/entry-point.ts'
import type { DataStoreEntry, DataStoreReference, DeleteEntry, HeaderValue, Ports, PutEntry } from '../../ports.ts'
import { Body } from '../../run/body.ts'
import { Exchange } from '../../run/exchange.ts'
import { Failure } from '../../run/failure.ts'
import type { RunScope } from '../../run/scope.ts'
import { decodeXml } from '../../run/xml.ts'
import { rootElementOf } from '../../run/xml-reader.ts'
import { dataStoreLimits, dayMs, randomId, storedHeaders } from '../data-store/data-store.ts'
import { identicalMessages } from '../multi-mapping/messages.ts'

/** How many messages one aggregate has, and how many aggregates are completed at a time. */
const countMax = 10_000
/** "The message is retried every 5 minutes until it is successfully completed" (Define Aggregator). */
const retryMs = 300_000
/** How long an aggregate is kept beyond its time, should its flow not run. */
const keptMs = 90 * dayMs
const selection = { count: countMax, bytesMax: dataStoreLimits.selectBytesMax }

/** What a step is told of its aggregates. */
export interface AggregatesOptions {
  /** Name of the data store. */
  readonly name: string
  /** Without a message for as long, an aggregate is complete. */
  readonly timeoutMs: number
  readonly inSequence: boolean
}

/** What a message says about itself. */
export interface Member {
  /** Which aggregate it belongs to. */
  readonly key: string
  /** In a sequence: its place, from 1. */
  readonly number: number | undefined
  readonly isLast: boolean
}

/** What the entry of an aggregate says, as JSON in its body. */
interface State {
  readonly dueAt: number
  readonly count: number
  readonly size: number
}

/**
 * The aggregates of a step, in data stores of the flow: one store has an entry for each aggregate, and each aggregate a store
 * of its own with its messages. So they outlast the server, and people see them.
 */
export class Aggregates {
  readonly #options: AggregatesOptions

  constructor(options: AggregatesOptions) {
    this.#options = options
  }

  /**
   * Adds a message. When that completes the aggregate, the exchange becomes the whole of it, which is forgotten when the run
   * has ended well: true. Else the message waits: false.
   */
  async add(exchange: Exchange, member: Member, scope: RunScope): Promise<boolean> {
    const { ports, flowId, messageGuid } = scope
    const body = new TextEncoder().encode(rootOf(exchange))
    const known = await ports.dataStores.find({ ...this.#index(flowId), id: member.key })
    const state = known && readState(known)
    const [count, size] = [(state?.count ?? 0) + 1, (state?.size ?? 0) + body.length]
    if (count > countMax || size > dataStoreLimits.selectBytesMax) {
      const limits = `${countMax} messages and ${dataStoreLimits.selectBytesMax} bytes`
      throw new Failure(`Expected an aggregate of at most ${limits}, found more.`, { code: 'size-limit' })
    }
    const id = member.number === undefined ? `${padded(count)}-${randomId(scope)}` : padded(member.number)
    const headers = { AggregationIsLastMessage: member.isLast }
    const now = ports.clock.now()
    const own: DataStoreEntry = { id, body, headers, messageGuid, createdAt: now, expiresAt: now + keptMs }
    if (this.#options.inSequence || member.isLast) {
      const stored = await ports.dataStores.select(this.#messages(member.key, flowId), selection)
      const entries = [...stored.filter(entry => entry.id !== id), own]
      if (isComplete(entries, own, this.#options.inSequence)) {
        await fill(exchange, entries, { key: member.key, completedBy: 'predicate' }, ports)
        for (const entry of stored) {
          scope.onCompletion({ kind: 'delete-entry', ...this.#messages(member.key, flowId), id: entry.id })
        }
        // A message that comes before that begins the next aggregate, which needs the entry.
        if (known) scope.onCompletion(this.#forgetting(known, flowId))
        return true
      }
    }
    const dueAt = now + this.#options.timeoutMs
    await ports.dataStores.apply([
      put(this.#messages(member.key, flowId), own, dueAt),
      this.#putState(member.key, { dueAt, count, size }, storedHeaders(exchange), { flowId, now, messageGuid }),
    ])
    return false
  }

  /** Aggregates that have waited long enough. Each is found again after five minutes unless it is processed. */
  async due(ports: Ports, flowId: string): Promise<readonly PolledMessage[]> {
    const now = ports.clock.now()
    const found: PolledMessage[] = []
    for (const entry of await ports.dataStores.select(this.#index(flowId), selection)) {
      const state = readState(entry)
      if (state === undefined || state.dueAt > now) continue
      const entries = await ports.dataStores.select(this.#messages(entry.id, flowId), selection)
      const { messageGuid, headers } = entry
      const later = { ...state, dueAt: now + retryMs }
      await ports.dataStores.apply([this.#putState(entry.id, later, headers, { flowId, now, messageGuid })])
      const exchange = new Exchange({ headers: Object.entries(headers) })
      if (entries.length > 0) await fill(exchange, entries, { key: entry.id, completedBy: 'timeout' }, ports)
      found.push({ exchange, processed: () => this.#forget(entry, entries, ports, flowId) })
    }
    return found
  }

  /** Messages that came meanwhile stay, and wait on. */
  async #forget(
    index: DataStoreEntry,
    entries: readonly DataStoreEntry[],
    ports: Ports,
    flowId: string,
  ): Promise<void> {
    const messages = this.#messages(index.id, flowId)
    const deleted = entries.map(({ id }): DeleteEntry => ({ kind: 'delete-entry', ...messages, id }))
    await ports.dataStores.apply([...deleted, this.#forgetting(index, flowId)])
  }

  #forgetting({ id, messageGuid }: DataStoreEntry, flowId: string): DeleteEntry {
    return { kind: 'delete-entry', ...this.#index(flowId), id, writtenBy: messageGuid }
  }

  #putState(
    key: string,
    state: State,
    headers: Readonly<Record<string, HeaderValue>>,
    { flowId, now, messageGuid }: { readonly flowId: string; readonly now: number; readonly messageGuid: string },
  ): PutEntry {
    const body = new TextEncoder().encode(JSON.stringify(state))
    const expiresAt = state.dueAt + keptMs
    return put(this.#index(flowId), { id: key, body, headers, messageGuid, createdAt: now, expiresAt }, state.dueAt)
  }

  #index(flowId: string): DataStoreReference {
    return { flowId, store: this.#options.name }
  }

  #messages(key: string, flowId: string): DataStoreReference {
    return { flowId, store: `${this.#options.name}:${key}` }
  }
}

function put(reference: DataStoreReference, entry: DataStoreEntry, dueAt: number): PutEntry {
  return { kind: 'put-entry', ...reference, entry, overdueAt: dueAt + 2 * dayMs, encrypted: true, overwrites: true }
}

/** Undefined for an entry that another step put into the store. */
function readState({ body }: DataStoreEntry): State | undefined {
  try {
    const state = JSON.parse(new TextDecoder().decode(body)) as Partial<State> | null
    return typeof state?.dueAt === 'number' ? { count: 0, size: 0, dueAt: 0, ...state } : undefined
  } catch {
    return undefined
  }
}

/** A sequence is complete when the last message is there and all before it are. */
function isComplete(entries: readonly DataStoreEntry[], own: DataStoreEntry, inSequence: boolean): boolean {
  if (!inSequence) return own.headers.AggregationIsLastMessage === true
  const last = entries.find(({ headers }) => headers.AggregationIsLastMessage === true)
  return last !== undefined && entries.filter(({ id }) => id <= last.id).length === Number(last.id)
}

/** Makes the exchange the whole of the messages, in their order. */
async function fill(
  exchange: Exchange,
  entries: readonly DataStoreEntry[],
  how: { readonly key: string; readonly completedBy: 'predicate' | 'timeout' },
  ports: Ports,
): Promise<void> {
  const sorted = [...entries].sort((left, right) => (left.id < right.id ? -1 : 1))
  exchange.body = Body.of(
    await identicalMessages(
      sorted.map(({ body }) => new Exchange({ body })),
      ports,
    ),
  )
  exchange.attachments.clear()
  exchange.headers.set('CamelAggregatedCompletedBy', how.completedBy)
  exchange.headers.set('CamelAggregatedCorrelationKey', how.key)
}

function rootOf({ body, charset }: Exchange): string {
  const { raw } = body
  return rootElementOf(raw instanceof Uint8Array ? decodeXml(raw, charset) : (raw ?? ''))
}

/** As text in the order of numbers. */
function padded(number: number): string {
  return String(number).padStart(10, '0')
}
