import type { DataStoreEntry, DataStoreReference, DataStores, EntryKey, SelectLimits, StoredChange } from '../ports.ts'
import { duplicateEntry } from '../run/transaction.ts'

/** What the fake keeps, as plain texts that tests can read and write. */
export interface FakeDataStoresOptions {
  /** By `local/NAME` or `global/NAME`. */
  readonly variables: Record<string, unknown>
  /** By `local/STORE/ID` or `global/STORE/ID`. */
  readonly entries?: Record<string, string> | undefined
  readonly persisted?: Record<string, string> | undefined
  now(): number
}

/** Data stores in plain objects. There is one flow. */
export class FakeDataStores implements DataStores {
  readonly #options: FakeDataStoresOptions
  readonly #texts: Record<string, string>
  /** What was written here; entries that a test gave are made up when they are read. */
  readonly #written = new Map<string, DataStoreEntry>()

  constructor(options: FakeDataStoresOptions) {
    this.#options = options
    this.#texts = options.entries ?? {}
  }

  async find(key: EntryKey): Promise<DataStoreEntry | undefined> {
    return this.#at(`${placeOf(key)}/${key.id}`, key.id)
  }

  async select(store: DataStoreReference, { count }: SelectLimits): Promise<readonly DataStoreEntry[]> {
    const place = `${placeOf(store)}/`
    const found = Object.keys(this.#texts).filter(path => path.startsWith(place))
    return found.slice(0, count).flatMap(path => this.#at(path, path.slice(place.length)) ?? [])
  }

  async apply(changes: readonly StoredChange[]): Promise<void> {
    for (const change of changes) {
      if (change.kind !== 'put-entry' || change.overwrites) continue
      const { store, entry } = change
      if (this.#texts[`${placeOf(change)}/${entry.id}`] !== undefined) throw duplicateEntry(store, entry.id)
    }
    for (const change of changes) this.#make(change)
  }

  #at(path: string, id: string): DataStoreEntry | undefined {
    const text = this.#texts[path]
    if (text === undefined) return undefined
    const body = new TextEncoder().encode(text)
    const now = this.#options.now()
    return (
      this.#written.get(path) ?? { id, body, headers: {}, messageGuid: '', createdAt: now, expiresAt: now + 86_400_000 }
    )
  }

  #make(change: StoredChange): void {
    const { variables, persisted } = this.#options
    switch (change.kind) {
      case 'put-entry': {
        const path = `${placeOf(change)}/${change.entry.id}`
        this.#texts[path] = new TextDecoder().decode(change.entry.body)
        this.#written.set(path, change.entry)
        break
      }
      case 'delete-entry': {
        const path = `${placeOf(change)}/${change.id}`
        const { writtenBy } = change
        if (writtenBy === undefined || writtenBy === this.#written.get(path)?.messageGuid) delete this.#texts[path]
        break
      }
      case 'write-variable':
        variables[`${scopeOf(change)}/${change.name}`] = change.value
        break
      case 'delete-variable':
        delete variables[`${scopeOf(change)}/${change.name}`]
        break
      case 'persist-message':
        if (persisted !== undefined) persisted[change.stepId] = new TextDecoder().decode(change.body)
    }
  }
}

function scopeOf({ flowId }: { readonly flowId: string }): string {
  return flowId === '' ? 'global' : 'local'
}

function placeOf(reference: DataStoreReference): string {
  return `${scopeOf(reference)}/${reference.store}`
}
