import type { Ports } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import type { Plan } from './plan.ts'
import type { RunResult } from './result.ts'
import type { RunObserver } from './trace.ts'

/** What a run may use up before it is ended as FAILED; no exception subprocess sees these failures. */
export interface RunLimits {
  /** Steps executed, local processes included. Failure code `step-limit`. */
  readonly stepsMax: number
  /** Milliseconds on the clock port, checked before each step. Failure code `run-time-limit`. */
  readonly runTimeMsMax: number
  /** Local process calls within each other. Failure code `call-depth`. */
  readonly callDepthMax: number
}

/** 100,000 steps, 10 minutes, 50 calls within each other. */
export const defaultRunLimits: RunLimits = { stepsMax: 100_000, runTimeMsMax: 600_000, callDepthMax: 50 }

export interface RunOptions {
  readonly ports: Ports
  /** Id of the message processing log: header and property `SAP_MessageProcessingLogID`. */
  readonly messageGuid: string
  /** Shared by all runs that one message causes: header `SAP_MplCorrelationId`. */
  readonly correlationId: string
  readonly observer?: RunObserver
  readonly limits?: Partial<RunLimits>
}

/**
 * Runs one message through a process of a plan. `processId` is `EntryPoint.processId`, or the id of any process of
 * the plan. The exchange is changed in place.
 *
 * Returns the result itself when no step had to wait, else a promise of it: check with `instanceof Promise`, or just
 * `await`. A failed message is a result of status FAILED; what this throws or rejects with is a bug.
 */
export declare function startRun(
  plan: Plan,
  processId: string,
  exchange: Exchange,
  options: RunOptions,
): RunResult | Promise<RunResult>
