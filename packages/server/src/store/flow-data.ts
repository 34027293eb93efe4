import type {
  DataStoreEntry,
  DataStoreReference,
  EntryKey,
  ProcessedMessage,
  SelectLimits,
  StoredChange,
} from '@sluice/iflow'
import type { Listable } from './store.ts'
import type { StoredMessage } from './stored-message.ts'

/** Values of variables, as text. */
export interface VariableValues {
  /** `flowId` is empty for global variables. */
  read(flowId: string, name: string, now: number): Promise<string | undefined>
  /** By flow and name, without values. */
  all(now: number): Listable<StoredVariable>
  find(flowId: string, name: string, now: number): Promise<StoredVariable | undefined>
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
  stores(now: number, which?: { readonly overdueOnly?: boolean }): Listable<StoredDataStore>
  findStore(store: DataStoreReference, now: number): Promise<StoredDataStore | undefined>
  /** Of one store by time, of all by flow and store; without content. */
  entries(which: EntriesWanted, now: number): Listable<EntryDescription>
  describe(key: EntryKey, now: number): Promise<EntryDescription | undefined>
  delete(key: EntryKey): Promise<boolean>
  /** Deletes all entries, some hundred at a time. False when there were none. */
  deleteStore(store: DataStoreReference): Promise<boolean>
  /** Deletes at most `limit` expired ones; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

/** Which entries a list has; all where nothing is said. */
export interface EntriesWanted {
  readonly store?: string | undefined
  readonly flowId?: string | undefined
  readonly messageGuid?: string | undefined
  readonly overdueOnly?: boolean
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

/** What Persist steps keep. What has expired is not found, whether it is deleted or not. */
export interface PersistedMessages {
  /** Messages of one run, the earliest first. OData properties: those of `MessageStoreEntry`. */
  ofRun(messageGuid: string, now: number): Listable<PersistedMessage>
  find(id: string, now: number): Promise<PersistedMessage | undefined>
  /** Body and headers. */
  content(id: string, now: number): Promise<StoredMessage | undefined>
  /** Attachments of one message, in its order. OData properties: those of `MessageStoreEntryAttachment`. */
  attachments(messageId: string, now: number): Listable<PersistedAttachment>
  findAttachment(id: string, now: number): Promise<PersistedAttachment | undefined>
  attachmentContent(id: string, now: number): Promise<Uint8Array | undefined>
  /** Deletes at most `limit` expired ones; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

/** A persisted message without its content. */
export interface PersistedMessage {
  readonly id: string
  /** The flow whose step has kept it. */
  readonly flowId: string
  readonly messageGuid: string
  /** What the step calls it. */
  readonly stepId: string
  readonly createdAt: number
  readonly hasAttachments: boolean
}

/** An attachment of a persisted message without its content. */
export interface PersistedAttachment {
  /** Of the flow and the run whose message it belongs to. */
  readonly flowId: string
  readonly messageGuid: string
  readonly id: string
  readonly name: string
  /** Media type, such as `image/png`. */
  readonly contentType: string
}

/** What Idempotent Process Call steps have processed. What has expired is not found, whether it is deleted or not. */
export interface ProcessedMessages {
  contains(message: ProcessedMessage, now: number): Promise<boolean>
  add(message: ProcessedMessage, now: number, expiresAt: number): Promise<void>
  /** All with one message ID. OData properties: `Source`, `Entry` and the times of `IdempotentRepositoryEntry`. */
  ofMessage(messageId: string, now: number): Listable<ProcessedMessageEntry>
  find(message: ProcessedMessage, now: number): Promise<ProcessedMessageEntry | undefined>
  /** False when there was none. */
  delete(message: ProcessedMessage): Promise<boolean>
  /** Deletes at most `limit` expired ones; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}

/** A message that was processed, and since when that is known. */
export interface ProcessedMessageEntry extends ProcessedMessage {
  readonly createdAt: number
  readonly expiresAt: number
}
