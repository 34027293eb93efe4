import type {
  DataStoreEntry,
  DataStoreReference,
  DataStores,
  EntryKey,
  Ports,
  SelectLimits,
  StoredChange,
} from '../ports.ts'
import { Failure } from './failure.ts'

/** What became of an entry or variable within the transaction; undefined: deleted. */
type Latest<T> = ReadonlyMap<string, T | undefined>

/**
 * What a process with transaction handling leaves behind, kept back until it has ended well: "the Data Store entry is only
 * committed if the whole process is executed successfully" (Define Transaction Handling). The process itself sees its
 * changes through `ports`.
 */
export class Transaction implements DataStores {
  /** The world with the changes of the transaction. */
  readonly ports: Ports
  readonly #world: Ports
  readonly #changes: StoredChange[] = []
  readonly #entries = new Map<string, { readonly store: DataStoreReference; entry: DataStoreEntry | undefined }>()
  readonly #variables = new Map<string, string | undefined>()
  /**
   * A duplicate that was refused. It has ended the transaction: "this exception can't be handled by an Exception subprocess"
   * (Define Data Store Write Operations).
   */
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

  get changes(): readonly StoredChange[] {
    return this.#changes
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
