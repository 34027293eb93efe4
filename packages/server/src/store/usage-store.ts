/** Messages of one flow that ended in one interval. Those under way are not among them. */
export interface MessageFigures {
  readonly messages: number
  /** Those with status FAILED. */
  readonly failed: number
  /** From start to end, of all together, in milliseconds. */
  readonly totalMs: number
  /** Of the slowest. */
  readonly maxMs: number
}

/** What the server keeps many of, and deletes when it is old. */
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

/** How much there is of what. Reads what is committed: message logs are to be flushed before. */
export interface Usage {
  /** Flows that have message logs, sorted by ID; the name is that of the latest log. */
  flows(): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** How many logs of a flow ended from `from` up to but not including `to`; what is beyond `atMost` is not counted. */
  countMessages(flowId: string, from: number, to: number, atMost: number): Promise<number>
  /** Figures of the logs of a flow that ended from `from` up to but not including `to`. Takes some 0.2 ms for 1,000 logs. */
  messages(flowId: string, from: number, to: number): Promise<MessageFigures>
  /** The same for each of the intervals from `from` on that has any, by number from 0. For few logs: takes 3 ms for 1,000. */
  messagesByInterval(
    flowId: string,
    from: number,
    to: number,
    intervalMs: number,
  ): Promise<readonly (MessageFigures & { readonly interval: number })[]>
  /** Rows of a kind. */
  count(kind: StoredKind): Promise<number>
  /** Opaque tokens that are valid at `now`, of clients that have any, the most first. */
  tokens(now: number): Promise<readonly { readonly clientId: string; readonly tokens: number }[]>
  /** Of the database, and what it can still grow by. */
  bytes(): Promise<{ readonly used: number; readonly available: number }>
}
