import type {
  DataStoreEntry,
  DataStoreReference,
  DataStores,
  EntryKey,
  OutgoingMessage,
  Ports,
  SelectLimits,
  StoredChange,
} from '../ports.ts'
import { Failure } from './failure.ts'
import type { TransactionKind } from './plan.ts'

/** What a process with transaction handling does to the tenant, kept back until it has ended well. */
export interface Transaction {
  readonly kind: TransactionKind
  /** The world as the process sees it. */
  readonly ports: Ports
  /** What has ended the transaction, whatever the process goes on to do. */
  readonly failure: Failure | undefined
  readonly isEmpty: boolean
  /** Does what was kept back, then `completions`. Rejects with a `Failure` when it cannot be done. */
  commit(completions: readonly StoredChange[]): Promise<void>
}

/** Begins a transaction in `world`, which may itself be that of a transaction of the other kind. */
export function beginTransaction(kind: TransactionKind, world: Ports): Transaction {
  return kind === 'queues' ? new QueueTransaction(world) : new DataStoreTransaction(world)
}

/** What became of an entry or variable within the transaction; undefined: deleted. */
type Latest<T> = ReadonlyMap<string, T | undefined>

/**
 * What a process leaves in data stores and variables: "the Data Store entry is only committed if the whole process is executed
 * successfully" (Define Transaction Handling). The process itself sees its changes through `ports`.
 */
class DataStoreTransaction implements DataStores, Transaction {
  readonly kind = 'data-stores'
  readonly ports: Ports
  readonly #world: Ports
  readonly #changes: StoredChange[] = []
  readonly #entries = new Map<string, { readonly store: DataStoreReference; entry: DataStoreEntry | undefined }>()
  readonly #variables = new Map<string, string | undefined>()
  /** A duplicate that was refused: "this exception can't be handled by an Exception subprocess" (Define Data Store Write Operations). */
  failure: Failure | undefined

  constructor(world: Ports) {
    this.#world = world
    this.ports = {
      ...world,
      dataStores: this,
      variables: {
        read: async (scope, flowId, name) => {
          const key = keyOf(scope === 'global' ? '' : flowId, name)
          const own: Latest<string> = this.#variables
          return own.has(key) ? own.get(key) : world.variables.read(scope, flowId, name)
        },
      },
    }
  }

  get isEmpty(): boolean {
    return this.#changes.length === 0
  }

  async commit(completions: readonly StoredChange[]): Promise<void> {
    await this.#world.dataStores.apply([...this.#changes, ...completions])
  }

  async find(key: EntryKey): Promise<DataStoreEntry | undefined> {
    const own = this.#entries.get(keyOf(key.flowId, key.store, key.id))
    return own === undefined ? this.#world.dataStores.find(key) : own.entry
  }

  async select(store: DataStoreReference, { count, bytesMax }: SelectLimits): Promise<readonly DataStoreEntry[]> {
    const own = [...this.#entries.values()].filter(
      ({ store: { flowId, store: name } }) => flowId === store.flowId && name === store.store,
    )
    const hidden = new Set([...this.#entries.keys()])
    const stored = await this.#world.dataStores.select(store, { count: count + own.length, bytesMax })
    const visible = stored.filter(({ id }) => !hidden.has(keyOf(store.flowId, store.store, id)))
    const written = own.flatMap(({ entry }) => entry ?? [])
    return [...visible, ...written].slice(0, count)
  }

  async apply(changes: readonly StoredChange[]): Promise<void> {
    for (const change of changes) {
      await this.#refuseDuplicate(change)
      this.#changes.push(change)
      this.#note(change)
    }
  }

  async #refuseDuplicate(change: StoredChange): Promise<void> {
    if (change.kind !== 'put-entry' || change.overwrites) return
    const { flowId, store, entry } = change
    if ((await this.find({ flowId, store, id: entry.id })) === undefined) return
    this.failure ??= duplicateEntry(store, entry.id)
    throw this.failure
  }

  #note(change: StoredChange): void {
    const { flowId } = change
    switch (change.kind) {
      case 'put-entry':
        this.#entries.set(keyOf(flowId, change.store, change.entry.id), { store: change, entry: change.entry })
        break
      case 'delete-entry':
        this.#entries.set(keyOf(flowId, change.store, change.id), { store: change, entry: undefined })
        break
      case 'write-variable':
        this.#variables.set(keyOf(flowId, change.name), change.value)
        break
      case 'delete-variable':
        this.#variables.set(keyOf(flowId, change.name), undefined)
        break
      default:
    }
  }
}

/**
 * What a process puts into queues: "Required for JMS" (Define Transaction Handling). None of it is in its queue until the process
 * has ended well, then all of it is at once.
 */
class QueueTransaction implements Transaction {
  readonly kind = 'queues'
  readonly ports: Ports
  readonly failure = undefined
  readonly #world: Ports
  readonly #messages: OutgoingMessage[] = []

  constructor(world: Ports) {
    this.#world = world
    this.ports = { ...world, queues: { put: async messages => void this.#messages.push(...messages) } }
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0
  }

  async commit(completions: readonly StoredChange[]): Promise<void> {
    const { queues, dataStores } = this.#world
    if (!this.isEmpty) await queues.put(this.#messages)
    if (completions.length > 0) await dataStores.apply(completions)
  }
}

/** The failure of writing an entry that exists. */
export function duplicateEntry(store: string, id: string): Failure {
  return new Failure(`Expected no entry "${id}" in data store "${store}", found one: allow it to be overwritten.`, {
    code: 'duplicate-entry',
    exception: { className: 'com.sap.esb.datastore.DuplicateEntryException', properties: {} },
  })
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts)
}
