import type { FilterExpression } from '@sluice/odata'
import type { AuditAction, AuditCategory, AuditMethod, AuditObject } from './audit-catalogue.ts'

/** Something that happened, or was tried and failed. Never holds a secret, nor more of a token than its first 5 characters. */
export interface AuditEvent {
  readonly object: AuditObject
  readonly action: AuditAction
  /** Which one: an ID, a name, the first 5 characters of a token or code; several with a line each. */
  readonly id?: string | undefined
  /** Who did it: a user, a client for itself, or a user by way of a client. */
  readonly user?: string | undefined
  readonly clientId?: string | undefined
  /** From where. */
  readonly address?: string | undefined
  readonly method?: AuditMethod | undefined
  /** Why it failed; what succeeded has none. */
  readonly reason?: string | undefined
  /** Names of the fields that changed, never their values; of an assignment, who it is about. */
  readonly changes?: readonly string[] | undefined
  /** How many the event stands for, where these are more than one. */
  readonly count?: number | undefined
}

/** A row of the audit log. */
export interface AuditRecord extends AuditEvent {
  /** Counts up. */
  readonly key: number
  /** Milliseconds since 1970. */
  readonly time: number
}

/** Which rows: those for which all of it holds. Texts are compared as a whole and exactly unless said otherwise. */
export interface AuditFilter {
  /** From this millisecond on, and before that one. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly category?: AuditCategory | undefined
  readonly object?: AuditObject | undefined
  readonly action?: AuditAction | undefined
  readonly user?: string | undefined
  readonly clientId?: string | undefined
  readonly address?: string | undefined
  readonly outcome?: 'success' | 'failure' | undefined
  /** In an ID, a user, a client, an address or a reason, wherever it stands and without regard to case. */
  readonly text?: string | undefined
}

/** Where a page ends. */
export interface AuditPlace {
  readonly time: number
  readonly key: number
}

export interface AuditPage {
  /** The latest first. */
  readonly records: readonly AuditRecord[]
  /** Where to go on; undefined when there are no earlier ones. */
  readonly next: AuditPlace | undefined
}

/** A page in terms of the original's retrieval API. */
export interface AuditQuery {
  readonly filter: FilterExpression | undefined
  /** The `Application` of all rows. */
  readonly application: string
  readonly limit: number
  readonly skip: number
  readonly before: AuditPlace | undefined
}

/** The rows of the audit log. There is nothing that changes one, and the database refuses it, too. */
export interface AuditRows {
  /** Keeps what is going to be told of a change that is about to be made; resolves with its key when it is durable. */
  begin(entry: AuditEvent & { readonly time: number }): Promise<number>
  /** Resolves when they are durable; `begun` are the keys of changes that nobody needs to tell of any more. */
  append(entries: readonly (AuditEvent & { readonly time: number })[], begun?: readonly number[]): Promise<void>
  /** Appends, as failed for `reason`, what was begun and not told of; resolves with how many there were. */
  appendBegun(reason: string): Promise<number>
  /** At most `limit` rows before `before`; may be fewer than there are, when few of the rows it looked at pass the filter. */
  list(filter: AuditFilter, limit: number, before?: AuditPlace): Promise<AuditPage>
  count(filter: AuditFilter): Promise<number>
  /** At most `limit` rows that pass a `$filter` on `Time` (in seconds), `User`, `Category` and `Application`, the latest first. */
  query(query: AuditQuery): Promise<AuditRecord[]>
  countQuery(query: Pick<AuditQuery, 'filter' | 'application'>): Promise<number>
  /** Deletes at most `limit` of the oldest rows if they are from before `before`; resolves with how many. */
  deleteOlderThan(before: number, limit: number): Promise<number>
}
