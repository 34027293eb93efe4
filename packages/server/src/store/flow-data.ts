import type {
  DataStoreEntry,
  DataStoreReference,
  EntryKey,
  PersistMessage,
  ProcessedMessage,
  SelectLimits,
  StoredChange,
} from '@sluice/iflow'

/** Values of variables, as text. */
export interface VariableValues {
  /** `flowId` is empty for global variables. */
  read(flowId: string, name: string, now: number): Promise<string | undefined>
  /** By flow and name, without values. */
  list(now: number): Promise<StoredVariable[]>
  delete(flowId: string, name: string): Promise<boolean>
  /** Deletes at most `limit` expired ones; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

export interface StoredVariable {
  readonly flowId: string
  readonly name: string
  readonly writtenAt: number
  readonly expiresAt: number
}

/** Entries of data stores. What has expired is not found, whether it is deleted or not. */
export interface DataStoreEntries {
  find(key: EntryKey, now: number): Promise<DataStoreEntry | undefined>
  select(store: DataStoreReference, limits: SelectLimits, now: number): Promise<DataStoreEntry[]>
  /** Makes all changes, also of variables and persisted messages, or none. Throws `DuplicateError` when an entry exists that must not be overwritten. */
  apply(changes: readonly StoredChange[]): Promise<void>
  /** By name. */
  stores(now: number): Promise<StoredDataStore[]>
  /** By store and time, without content. */
  list(query: EntryQuery, now: number): Promise<EntryDescription[]>
  delete(key: EntryKey): Promise<boolean>
  /** Deletes at most `limit` expired ones; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

export interface EntryQuery {
  readonly store?: string | undefined
  readonly flowId?: string | undefined
  readonly limit: number
}

/** A data store with entries; there are no others. */
export interface StoredDataStore extends DataStoreReference {
  readonly entries: number
  readonly overdue: number
}

export interface EntryDescription extends EntryKey {
  readonly messageGuid: string
  readonly createdAt: number
  readonly overdueAt: number
  readonly expiresAt: number
  readonly encrypted: boolean
  /** Of the body, in bytes. */
  readonly size: number
}

/** What Persist steps keep. */
export interface PersistedMessages {
  /** Messages of one run, in its order. */
  ofRun(messageGuid: string, now: number): Promise<PersistedMessage[]>
  /** Deletes at most `limit` expired ones; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

export interface PersistedMessage extends Omit<PersistMessage, 'kind' | 'encrypted'> {
  readonly id: string
}

/** What Idempotent Process Call steps have processed. */
export interface ProcessedMessages {
  contains(message: ProcessedMessage, now: number): Promise<boolean>
  add(message: ProcessedMessage, expiresAt: number): Promise<void>
  /** Deletes at most `limit` expired ones; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}
