import type { Ports, StoredChange } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'
import type { PlanNode, Process, Stop } from './plan.ts'
import type { LogWriter } from './result.ts'

/** What a step may use besides the exchange: the world through ports, and the run that it is part of. */
export interface RunScope {
  readonly ports: Ports
  readonly flowId: string
  readonly messageGuid: string
  readonly correlationId: string
  /** NONE, ERROR, INFO, DEBUG or TRACE. */
  readonly logLevel: string
  /** Local process calls, sub-runs and flows within each other up to here, those of calling flows included. */
  readonly callDepth: number
  /** Of the whole run, sub-runs included. */
  readonly log: LogWriter
  /** How many more sub-runs may be running at the same time. Whoever has none running may start one regardless. */
  readonly concurrency: number
  /**
   * Runs a local process on the exchange, as Process Call steps do. Returns nothing when the caller goes on, or the
   * transition that the calling step must return because the whole run has ended. Throws (or rejects with) the
   * `Failure` that the local process did not handle.
   */
  call(process: Process, exchange: Exchange): Stop | undefined | Promise<Stop | undefined>
  /**
   * Runs what follows in the same process on an exchange of its own, as splitters and multicasts do. Throws a `Failure`
   * only when a limit is passed; a failing sub-run is an ending.
   */
  branchOff(subRun: SubRun): SubRunEnding | Promise<SubRunEnding>
  /** Has a change made when the run has ended other than as FAILED. */
  onCompletion(change: StoredChange): void
  /** Lets the run go on and then end as FAILED, whatever follows. */
  failLater(failure: Failure): void
}

/** What is run apart: from one node of the process up to another, or to the end of the path. */
export interface SubRun {
  readonly start: PlanNode
  /** Where sub-runs are brought together; it is not run. Undefined: nowhere. */
  readonly until: PlanNode | undefined
  readonly exchange: Exchange
  /** Tells the sub-runs of one step apart in the trace. */
  readonly index: number
}

/**
 * How a sub-run ended: at `until`, or elsewhere, or by a failure that it did not handle. Handling one counts as arriving.
 * Its exchange holds the message as it was left.
 */
export type SubRunEnding =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly failure: Failure }
