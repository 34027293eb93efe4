import type { AdapterAttribute } from '@sluice/iflow'
import type { FilterExpression } from '@sluice/odata'
import type { Listable, ListQuery } from './store.ts'

/**
 * In the words of the original (Message Status). RETRY: failed, and will be tried again. CANCELLED: somebody ended it.
 * ABANDONED: its server ended before it.
 */
export type MessageStatus = 'COMPLETED' | 'PROCESSING' | 'RETRY' | 'ESCALATED' | 'FAILED' | 'CANCELLED' | 'ABANDONED'

/** One message processing log. */
export interface MessageLog {
  readonly messageGuid: string
  readonly correlationId: string
  readonly artifactId: string
  readonly artifactName: string
  readonly packageId: string
  readonly status: MessageStatus
  readonly customStatus: string | undefined
  readonly logStart: number
  /** Never before `logStart`. */
  readonly logEnd: number
  readonly sender: string | undefined
  readonly receiver: string | undefined
  readonly applicationMessageId: string | undefined
  readonly applicationMessageType: string | undefined
  /** What went wrong, where, as a person reads it. */
  readonly error: string | undefined
  /** BPMN id of the failing step. */
  readonly errorStepId: string | undefined
  /** Of the run; INFO when it is not there. */
  readonly logLevel?: string | undefined
  /** What is to be stored with the log; logs that are read have none. */
  readonly details?: MessageLogDetails | undefined
}

/** What a run leaves behind besides its log. */
export interface MessageLogDetails {
  /** Of a message with several tries: this one. Details take the place of what earlier ones have left, except runs. */
  readonly run: MessageRun | undefined
  /** Values longer than 200 bytes are cut, as in the original. */
  readonly customHeaders: readonly (readonly [name: string, value: string])[]
  readonly adapterAttributes: readonly AdapterAttribute[]
  readonly attachments: readonly {
    readonly name: string
    readonly contentType: string
    readonly content: Uint8Array
  }[]
}

/** One of several tries of a message. */
export interface MessageRun {
  /** The message's for its first try. */
  readonly id: string
  readonly messageGuid: string
  /** From 1. Of those beyond 51, only the last is kept: monitors show up to 50 retries. */
  readonly number: number
  readonly startedAt: number
  readonly stoppedAt: number
  /** Of the message after it. */
  readonly status: MessageStatus
  readonly logLevel: string
}

/** `id` is unique among the details of its kind. */
interface StoredDetail {
  readonly id: string
  readonly messageGuid: string
}

export interface StoredCustomHeader extends StoredDetail {
  readonly name: string
  readonly value: string
}

export interface StoredAdapterAttribute extends StoredDetail, AdapterAttribute {}

/** An attachment without its content, which is sealed at rest. */
export interface StoredAttachment extends StoredDetail {
  readonly createdAt: number
  readonly name: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
}

/** Details of one kind: of all logs, or of one. */
export interface MessageDetails<Row> {
  list(query: ListQuery, messageGuid?: string): Promise<Row[]>
  count(query: Pick<ListQuery, 'filter'>, messageGuid?: string): Promise<number>
  find(id: string): Promise<Row | undefined>
}

export interface MessageLogQuery extends ListQuery {
  /** Comparisons of two texts: a custom header of the log has the name on the left and the value on the right. */
  readonly customHeaders?: FilterExpression | undefined
}

/** Write-behind: `record` returns at once, rows are committed in groups every `flushIntervalMs`. */
export interface MessageLogs extends Listable<MessageLog> {
  /** Buffers a row; a later row of the same GUID replaces it, except `logStart`. */
  record(log: MessageLog): void
  /** Resolves when everything recorded so far is committed. Lists, counts and finds flush first. */
  flush(): Promise<void>
  /** Resolves at once unless the buffer is over its limit; callers that produce logs wait for it. */
  drained(): Promise<void>
  list(query: MessageLogQuery): Promise<MessageLog[]>
  count(query: Pick<MessageLogQuery, 'filter' | 'customHeaders'>): Promise<number>
  find(messageGuid: string): Promise<MessageLog | undefined>
  readonly customHeaders: MessageDetails<StoredCustomHeader>
  readonly adapterAttributes: MessageDetails<StoredAdapterAttribute>
  readonly attachments: MessageDetails<StoredAttachment>
  findAttachmentContent(id: string): Promise<Uint8Array | undefined>
  /** Of a message with several tries, the latest first; none of others. */
  runs(messageGuid: string): Promise<MessageRun[]>
  findRun(id: string): Promise<MessageRun | undefined>
  /** Rows left PROCESSING by a process that died become ABANDONED; resolves with how many. */
  abandonUnfinished(now: number): Promise<number>
  /** Deletes at most `limit` logs that ended before `before`, with their details; resolves with how many. */
  deleteOlderThan(before: number, limit: number): Promise<number>
  /** Deletes the oldest attachments of before `before`, at most `limit` and about 4 MB of them; resolves with how many. */
  deleteAttachmentsOlderThan(before: number, limit: number): Promise<number>
}
