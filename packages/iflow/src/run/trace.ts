import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'

/** Follows a run step by step. Observing costs time; runs without an observer pay nothing. */
export interface RunObserver {
  /** Whether events carry a copy of the message. */
  readonly snapshots: boolean
  observe(event: TraceEvent): void
}

/** One step began or ended. Steps of a called local process lie between the two events of the calling step. */
export interface TraceEvent {
  readonly phase: 'start' | 'end'
  /** Counts the steps of one run from 1; the same for both events of a step. */
  readonly step: number
  /** BPMN id of the element. */
  readonly elementId: string
  readonly elementName: string
  readonly processId: string
  /** 0 in the process that was started, 1 in a local process called from there, … */
  readonly callDepth: number
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  /** The message before (start) or after (end) the step, when the observer asks for snapshots. */
  readonly exchange: Exchange | undefined
  /** On an end event: why the step failed. */
  readonly failure: Failure | undefined
}
