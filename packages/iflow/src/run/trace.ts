import type { Clock } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'
import type { Frame } from './frame.ts'

/** Follows a run step by step. Runs without an observer pay nothing for it. */
export interface RunObserver {
  /** Whether events carry a copy of the message. */
  readonly snapshots: boolean
  observe(event: TraceEvent): void
}

/**
 * One step began or ended. Steps of a called local process lie between the two events of the calling step, those of sub-runs
 * between the two events of the step that split the message; the events of sub-runs at the same time mingle.
 */
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
  /** Which part or branch, in all steps that run apart: its index, behind those of the ones it is within: `2`, `2.0`. */
  readonly branch: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  /** The message before (start) or after (end) the step, when the observer asks for snapshots. */
  readonly exchange: Exchange | undefined
  /** On an end event: why the step failed. */
  readonly failure: Failure | undefined
}

/** Tells an observer about the steps of one run. */
export class Tracer {
  readonly #observer: RunObserver
  readonly #clock: Clock
  #steps = 0

  constructor(observer: RunObserver, clock: Clock) {
    this.#observer = observer
    this.#clock = clock
  }

  /** Returns the number of the step, for its end. */
  start(frame: Frame): number {
    this.#steps += 1
    this.#tell('start', this.#steps, frame, undefined)
    return this.#steps
  }

  end(frame: Frame, failure: Failure | undefined): void {
    this.#tell('end', frame.traced, frame, failure)
  }

  #tell(phase: TraceEvent['phase'], step: number, frame: Frame, failure: Failure | undefined): void {
    const { node, exchange, depth, branch } = frame
    this.#observer.observe({
      phase,
      step,
      elementId: node.id,
      elementName: node.name,
      processId: node.processId,
      callDepth: depth,
      branch,
      at: this.#clock.now(),
      exchange: this.#observer.snapshots ? exchange.copy() : undefined,
      failure,
    })
  }
}
