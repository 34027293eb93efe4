/** What a message was before or after a step, as far as it is kept. */
export interface TracedMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Whether body or a value was longer. */
  readonly isCut: boolean
}

/** One step of a run that was traced. Times are milliseconds since 1970. */
export interface TracedStep {
  /** Counts the steps of the run from 1, in the order in which they began. */
  readonly step: number
  /** BPMN ID of the element. */
  readonly elementId: string
  readonly elementName: string
  readonly processId: string
  readonly callDepth: number
  /** Which part or branch; empty outside of sub-runs. */
  readonly branch: string
  readonly startedAt: number
  readonly endedAt: number
  /** Why the step failed. */
  readonly error: string | undefined
  readonly before: TracedMessage
  readonly after: TracedMessage
}

/** The steps of one run. */
export interface RunTrace {
  readonly messageGuid: string
  readonly expiresAt: number
  readonly steps: readonly TracedStep[]
}

/** Traces, encrypted at rest. Write-behind: `record` returns at once, and what cannot be written is lost. */
export interface Traces {
  /** Drops a trace when too much waits to be written. */
  record(trace: RunTrace): void
  /** In the order of the steps; everything recorded so far. */
  ofRun(messageGuid: string, now: number): Promise<TracedStep[]>
  /** Resolves when everything recorded so far is written, or lost. */
  flush(): Promise<void>
  /** Deletes at most `limit` expired steps; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
  /** Deletes the oldest `limit` steps when all together take more than `bytesMax`; resolves with how many. */
  deleteBeyond(bytesMax: number, limit: number): Promise<number>
}
