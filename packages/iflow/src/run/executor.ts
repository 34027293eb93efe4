import type { Exchange } from './exchange.ts'
import { Failure } from './failure.ts'
import { isLimit, type Meter } from './limits.ts'
import type { RunOptions } from './options.ts'
import type { End, PlanNode, Process, Stop, Transition } from './plan.ts'
import type { RunLogCollector } from './run-log.ts'
import type { RunScope } from './scope.ts'
import type { Tracer } from './trace.ts'

/** How a process ended: a caller goes on, or the whole run stops, or the process failed. */
export type Ending = { readonly kind: 'completed' } | Stop | { readonly kind: 'failed'; readonly failure: Failure }

/** What the executor needs besides the run's options. */
export interface ExecutorParts {
  readonly options: RunOptions
  readonly flowId: string
  readonly meter: Meter
  readonly log: RunLogCollector
  readonly tracer: Tracer | undefined
}

/** One process being executed. */
interface Frame {
  readonly process: Process
  readonly exchange: Exchange
  readonly scope: RunScope
  /** 0 in the process that was started, 1 in one that it called, … */
  readonly depth: number
  /** The step to run next, or the one that is running. */
  node: PlanNode
  /** Number of the running step in the trace. */
  traced: number
  /** Whether the exception subprocess is running. */
  isHandling: boolean
  ending: Ending | undefined
}

const completed: Ending = { kind: 'completed' }
const stoppedWell: Stop = { kind: 'stop', status: 'COMPLETED', failure: undefined }

/**
 * Executes the processes of one run. It walks from node to node and knows no step: an operation changes the exchange and
 * returns where to go. As long as operations return without a promise, nothing here waits either.
 *
 * Failures follow the documented rules of the original:
 * - The exception subprocess of the process in which a step fails takes over, with the message as the step left it.
 *   When it ends by a message end, the *whole run* completes, also when the process was called: "the steps after the
 *   local Process Call step aren't processed any more" (Handle Exceptions in Subprocess).
 * - "You cannot catch exceptions of local integration process in the main integration process" (Define Exception
 *   Subprocess): a failure that leaves a local process passes the exception subprocesses of its callers by, and the run
 *   ends as FAILED. Chosen exception to the rule: an error end event in the local process exists to throw to whoever
 *   called, so what it raises, or raises again from the exception subprocess, is a failure of the calling step.
 * - An escalation end in a local process "throws the Escalation Event, and the processing continues in the calling
 *   flow"; in the main process, and in every exception subprocess, the run stops with status ESCALATED (Escalation End
 *   Event Behavior).
 */
export class Executor {
  readonly #parts: ExecutorParts
  /** The failure that is on its way out of a local process, past its callers' exception subprocesses. */
  #escaping: Failure | undefined

  constructor(parts: ExecutorParts) {
    this.#parts = parts
  }

  /** Runs a process to its end. Throws, or rejects with, nothing but bugs. */
  execute(process: Process, exchange: Exchange, depth: number): Ending | Promise<Ending> {
    const frame: Frame = {
      process,
      exchange,
      scope: this.#scopeAt(depth),
      depth,
      node: process.start,
      traced: 0,
      isHandling: false,
      ending: undefined,
    }
    const pending = this.#advance(frame)
    return pending === undefined ? endingOf(frame) : this.#resume(frame, pending)
  }

  /** Runs steps until the process ends, or until one has to wait: then returns what it waits for. */
  #advance(frame: Frame): Promise<Transition | undefined> | undefined {
    const { meter, tracer } = this.#parts
    while (frame.ending === undefined) {
      let transition: Transition | undefined | Promise<Transition | undefined>
      if (tracer !== undefined) frame.traced = tracer.start(frame.node, frame.exchange, frame.depth)
      try {
        meter.step()
        transition = frame.node.run(frame.exchange, frame.scope)
      } catch (error) {
        this.#stepFailed(frame, error)
        continue
      }
      if (transition instanceof Promise) return transition
      this.#follow(frame, transition)
    }
    return undefined
  }

  async #resume(frame: Frame, first: Promise<Transition | undefined>): Promise<Ending> {
    let pending: Promise<Transition | undefined> | undefined = first
    while (pending !== undefined) {
      try {
        const transition: Transition | undefined = await pending
        this.#follow(frame, transition)
      } catch (error) {
        this.#stepFailed(frame, error)
      }
      pending = this.#advance(frame)
    }
    return endingOf(frame)
  }

  #follow(frame: Frame, transition: Transition | undefined): void {
    this.#parts.log.note(frame.exchange)
    this.#parts.tracer?.end(frame.traced, frame.node, frame.exchange, frame.depth, undefined)
    if (transition?.kind === 'stop') {
      frame.ending = transition
    } else if (transition?.kind === 'end') {
      this.#end(frame, transition)
    } else {
      const next = transition === undefined ? frame.node.next : transition.target
      // A path that just stops is as good as one with an end event.
      if (next === undefined) frame.ending = frame.isHandling ? stoppedWell : completed
      else frame.node = next
    }
  }

  #end(frame: Frame, end: End): void {
    const { exchange, node, isHandling, depth } = frame
    if (end.how === 'completed') {
      frame.ending = isHandling ? stoppedWell : completed
    } else if (end.how === 'escalated') {
      const cause = exchange.properties.get('CamelExceptionCaught')
      const failure = new Failure(end.reason, { code: 'escalation', stepId: node.id, cause })
      frame.ending = isHandling || depth === 0 ? { kind: 'stop', status: 'ESCALATED', failure } : completed
    } else {
      const caught = exchange.properties.get('CamelExceptionCaught')
      const raised =
        caught instanceof Failure ? caught : new Failure(end.reason, { code: 'error-end', stepId: node.id })
      this.#handle(frame, raised, { escapes: false })
    }
  }

  #stepFailed(frame: Frame, error: unknown): void {
    if (!(error instanceof Failure)) throw error
    const failure = error.at(frame.node.id)
    this.#parts.log.note(frame.exchange)
    this.#parts.tracer?.end(frame.traced, frame.node, frame.exchange, frame.depth, failure)
    this.#handle(frame, failure, { escapes: true })
  }

  /** Starts the exception subprocess, or ends the process as failed. */
  #handle(frame: Frame, failure: Failure, { escapes }: { readonly escapes: boolean }): void {
    const { exchange, process } = frame
    const passesBy = failure === this.#escaping || isLimit(failure)
    exchange.properties.set('CamelExceptionCaught', failure)
    exchange.properties.set('SAP_ErrorModelStepID', failure.stepId)
    if (process.onFailure !== undefined && !frame.isHandling && !passesBy) {
      frame.isHandling = true
      frame.node = process.onFailure
      return
    }
    this.#escaping = escapes ? failure : undefined
    frame.ending = { kind: 'failed', failure }
  }

  #scopeAt(depth: number): RunScope {
    const { options, flowId } = this.#parts
    return {
      ports: options.ports,
      flowId,
      messageGuid: options.messageGuid,
      correlationId: options.correlationId,
      call: (process, exchange) => {
        this.#parts.meter.call(depth + 1)
        const ending = this.execute(process, exchange, depth + 1)
        return ending instanceof Promise ? ending.then(stopOrThrow) : stopOrThrow(ending)
      },
    }
  }
}

function stopOrThrow(ending: Ending): Stop | undefined {
  if (ending.kind === 'failed') throw ending.failure
  return ending.kind === 'stop' ? ending : undefined
}

function endingOf(frame: Frame): Ending {
  if (frame.ending === undefined) throw new Error(`Process "${frame.process.id}" neither ended nor waits.`)
  return frame.ending
}
