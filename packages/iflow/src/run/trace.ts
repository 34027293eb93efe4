import type { Clock } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'
import type { PlanNode } from './plan.ts'

/** Follows a run step by step. Runs without an observer pay nothing for it. */
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
  start(node: PlanNode, exchange: Exchange, callDepth: number): number {
    this.#steps += 1
    this.#tell('start', this.#steps, node, exchange, callDepth, undefined)
    return this.#steps
  }

  end(step: number, node: PlanNode, exchange: Exchange, callDepth: number, failure: Failure | undefined): void {
    this.#tell('end', step, node, exchange, callDepth, failure)
  }

  #tell(
    phase: TraceEvent['phase'],
    step: number,
    node: PlanNode,
    exchange: Exchange,
    callDepth: number,
    failure: Failure | undefined,
  ): void {
    this.#observer.observe({
      phase,
      step,
      elementId: node.id,
      elementName: node.name,
      processId: node.processId,
      callDepth,
      at: this.#clock.now(),
      exchange: this.#observer.snapshots ? exchange.copy() : undefined,
      failure,
    })
  }
}
