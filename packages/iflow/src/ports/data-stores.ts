/** What flows leave in the tenant: entries of data stores, variables and persisted messages. */
export interface DataStores {
  /** Undefined when there is none, or it has expired. */
  find(key: EntryKey): Promise<DataStoreEntry | undefined>
  /** Entries of one store that have not expired, in no order; fewer when they would pass `bytesMax` together. */
  select(store: DataStoreReference, limits: SelectLimits): Promise<readonly DataStoreEntry[]>
  /**
   * Makes all changes, in their order, or none. Resolves when they are on disk. Rejects with a `Failure` of code
   * `duplicate-entry` when an entry exists that must not be overwritten.
   */
  apply(changes: readonly StoredChange[]): Promise<void>
}

/** A data store of one flow, or of the whole tenant. */
export interface DataStoreReference {
  /** Empty: of the tenant. */
  readonly flowId: string
  readonly store: string
}

/** One entry. */
export interface EntryKey extends DataStoreReference {
  readonly id: string
}

/** How much one selection reads. */
export interface SelectLimits {
  readonly count: number
  /** The first entry comes whatever its size. */
  readonly bytesMax: number
}

/** A message in a data store. Times are milliseconds since 1970. */
export interface DataStoreEntry {
  readonly id: string
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, HeaderValue>>
  /** Of the run that wrote it. */
  readonly messageGuid: string
  readonly createdAt: number
  /** From then on it is as good as deleted. */
  readonly expiresAt: number
}

/** A header value that is stored. */
export type HeaderValue = string | number | boolean

/** One change of what flows leave behind. */
export type StoredChange = PutEntry | DeleteEntry | WriteVariable | DeleteVariable | PersistMessage

/** Writes an entry. */
export interface PutEntry extends DataStoreReference {
  readonly kind: 'put-entry'
  readonly entry: DataStoreEntry
  /** From then on it counts as overdue. */
  readonly overdueAt: number
  readonly encrypted: boolean
  /** Whether an entry of the same ID may exist. */
  readonly overwrites: boolean
}

/** Deletes an entry; one that does not exist is no mistake. */
export interface DeleteEntry extends EntryKey {
  readonly kind: 'delete-entry'
  /** The message whose run wrote the entry: one that another has written since stays. Undefined: whoever wrote it. */
  readonly writtenBy?: string | undefined
}

/** Creates or replaces a variable. */
export interface WriteVariable {
  readonly kind: 'write-variable'
  /** Empty: a global variable. */
  readonly flowId: string
  readonly name: string
  readonly value: string
  readonly writtenAt: number
  readonly expiresAt: number
  readonly encrypted: boolean
}

/** Deletes a variable; one that does not exist is no mistake. */
export interface DeleteVariable {
  readonly kind: 'delete-variable'
  readonly flowId: string
  readonly name: string
}

/** Keeps a message as it is at one step of a run, for people to look at. */
export interface PersistMessage {
  readonly kind: 'persist-message'
  readonly flowId: string
  readonly messageGuid: string
  /** What the step calls it. */
  readonly stepId: string
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, HeaderValue>>
  readonly attachments: readonly StoredAttachment[]
  readonly createdAt: number
  readonly expiresAt: number
  readonly encrypted: boolean
}

/** What travelled beside the body of a message that is kept. */
export interface StoredAttachment {
  readonly name: string
  /** Media type, such as `image/png`. */
  readonly contentType: string
  readonly content: Uint8Array
}
