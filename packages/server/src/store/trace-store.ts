import type { Listable } from './store.ts'

/** What a message was before or after a step, as far as it is kept. */
export interface TracedMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string>>
  /** At most as many bytes as are kept of one body. */
  readonly body: Uint8Array
  /** Of the whole body, in bytes. */
  readonly size: number
}

/** One step of a run. Times are milliseconds since 1970. */
export interface RunStep {
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
  readonly stoppedAt: number
  /** Why the step failed. */
  readonly error: string | undefined
}

/** A step as it is recorded. */
export interface RecordedStep extends RunStep {
  /** Before and after the step, where the run was traced. */
  readonly messages: readonly TracedMessage[]
}

/** The steps of one run. */
export interface RecordedRun {
  readonly runId: string
  readonly messageGuid: string
  readonly steps: readonly RecordedStep[]
  /** When the messages go; the steps stay as long as the message processing log. */
  readonly expiresAt: number
}

/** A message at a step, without its content. */
export interface TraceMessage {
  /** Of one step, the message before it has the smaller one. */
  readonly id: number
  readonly messageGuid: string
  readonly runId: string
  readonly step: number
  readonly elementId: string
  /** What header `Content-Type` said. */
  readonly mimeType: string | undefined
  /** Of the whole body, in bytes; less may be kept. */
  readonly payloadSize: number
}

/** Steps of runs, and messages at them, which are encrypted at rest. Write-behind: `record` returns at once, and what cannot be written is lost. */
export interface Traces {
  /** Drops a run when too much waits to be written. */
  record(run: RecordedRun): void
  /** Steps of one run, in their order; everything recorded so far. OData properties: those of `MessageProcessingLogRunStep`. */
  steps(runId: string): Listable<RunStep>
  findStep(runId: string, step: number): Promise<RunStep | undefined>
  /** Messages at one step: before, after. OData properties: those of `TraceMessage`. */
  messages(runId: string, step: number, now: number): Listable<TraceMessage>
  findMessage(id: number, now: number): Promise<TraceMessage | undefined>
  content(id: number, now: number): Promise<TracedMessage | undefined>
  /** Resolves when everything recorded so far is written, or lost. */
  flush(): Promise<void>
  /** Deletes at most `limit` expired messages; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
  /** Deletes the oldest `limit` messages when all together take more than `bytesMax`; resolves with how many. */
  deleteBeyond(bytesMax: number, limit: number): Promise<number>
  /** Deletes those of the oldest `limit` steps that ended before `before`, or are more than `countMax`; resolves with how many. */
  deleteSteps(before: number, countMax: number, limit: number): Promise<number>
}
