import { callJson } from './http.ts'

/** What is looked for in the access log; empty texts look for nothing. */
export interface AccessLogSearch {
  /** `404`, or `4xx` for all of them. */
  readonly status: string
  readonly method: string
  readonly user: string
  /** A part of the path. */
  readonly path: string
}

/** A request that the server has answered. */
export interface AccessLine {
  /** ISO 8601. */
  readonly time: string
  readonly address: string
  /** `-` where authentication failed. */
  readonly user: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly durationMs: number
  readonly bytes: number
  readonly reason?: string
}

/** Lines of the access log, the newest first, and where older ones begin. */
export interface AccessLogPage {
  readonly lines: readonly AccessLine[]
  readonly older?: string
}

const root = '/api/monitoring/v1'

/** Reads the access log from its end, or from where a page ended. */
export function readAccessLog(
  search: AccessLogSearch,
  before: string | undefined,
  signal: AbortSignal,
): Promise<AccessLogPage> {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== ''))
  if (before !== undefined) query.set('before', before)
  return callJson('GET', `${root}/access-log?${query}`, { signal })
}

/** Messages of one interval, or of several together. Durations are from start to end, in milliseconds. */
export interface MessageFigures {
  readonly messages: number
  readonly failed: number
  readonly averageMs: number
  readonly maxMs: number
}

/** Figures of a flow, of several, or of all; `points` has the intervals with messages, by number from 0. */
export interface MessageSeries extends MessageFigures {
  readonly points: readonly (MessageFigures & { readonly interval: number })[]
}

export interface FlowSeries extends MessageSeries {
  readonly id: string
  readonly name: string
}

/** Figures of messages over time. */
export interface MessageUsage {
  /** When each begins, ISO 8601. */
  readonly intervals: readonly string[]
  readonly all: MessageSeries
  /** The most messages first. */
  readonly flows: readonly FlowSeries[]
  /** All other flows together. */
  readonly others?: MessageSeries & { readonly flows: number }
}

export interface MessageUsageQuery {
  readonly from: Date
  readonly interval: 'hour' | 'day' | 'week'
  /** ID of the only flow; empty for all. */
  readonly flow: string
  /** How many flows are told apart. */
  readonly top: number
}

export function readMessageUsage({ from, interval, flow, top }: MessageUsageQuery): Promise<MessageUsage> {
  const query = new URLSearchParams({ from: from.toISOString(), interval, top: String(top), ...(flow && { flow }) })
  return callJson('GET', `${root}/usage/messages?${query}`)
}

/** What is stored. */
export interface StorageUsage {
  readonly databaseBytes: number
  readonly availableBytes: number
  readonly rows: readonly { readonly kind: StoredKind; readonly rows: number }[]
}

/** Kinds of rows that storage is told by. */
export type StoredKind =
  | 'messageLogs'
  | 'customHeaders'
  | 'attachments'
  | 'runSteps'
  | 'traceMessages'
  | 'persistedMessages'
  | 'dataStoreEntries'
  | 'variables'
  | 'queueMessages'
  | 'processedMessages'
  | 'tokens'
  | 'artifacts'

export function readStorageUsage(): Promise<StorageUsage> {
  return callJson('GET', `${root}/usage/storage`)
}

/** Opaque tokens that are valid, and what the token endpoint has answered since the server started. */
export interface TokenUsage {
  readonly clients: number
  readonly valid: readonly { readonly clientId: string; readonly tokens: number }[]
  readonly answers: readonly { readonly status: number; readonly count: number }[]
}

export function readTokenUsage(): Promise<TokenUsage> {
  return callJson('GET', `${root}/usage/tokens`)
}

/** A message that a flow has kept: in the message store, or traced. */
export interface KeptMessage {
  readonly messageGuid: string
  readonly storeEntry?: string
  readonly traceMessage?: string
}

/** The message that was processed in place of another. */
export interface ResentMessage {
  readonly messageGuid: string
  readonly status: string
}

/** Has the flow process a message again; resolves at the end of the run. `address`: the sender to use where there are several. */
export function resendMessage({ messageGuid, ...kept }: KeptMessage, address: string): Promise<ResentMessage> {
  const json = { ...kept, ...(address !== '' && { address }) }
  return callJson('POST', `${root}/messages/${encodeURIComponent(messageGuid)}/resend`, { json })
}
