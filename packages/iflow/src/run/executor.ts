import type { StoredChange } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import { Failure } from './failure.ts'
import { Frame } from './frame.ts'
import { isLimit, type Meter } from './limits.ts'
import type { RunOptions } from './options.ts'
import type { End, PlanNode, Process, Stop, Transition } from './plan.ts'
import type { RunLogCollector } from './run-log.ts'
import type { SubRun, SubRunEnding } from './scope.ts'
import type { Tracer } from './trace.ts'
import { beginTransaction, type Transaction } from './transaction.ts'

/**
 * How a process or sub-run ended: whoever opened it goes on, or the run stops, or it failed. A sub-run may also have
 * arrived where sub-runs are brought together.
 */
export type Ending =
  | { readonly kind: 'completed' }
  | { readonly kind: 'arrived' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | Stop

/** What the executor needs besides the run's options. */
export interface ExecutorParts {
  readonly options: RunOptions
  readonly flowId: string
  readonly meter: Meter
  readonly log: RunLogCollector
  readonly tracer: Tracer | undefined
}

/** A failure on its way out: of which activation of a process, and whether exception subprocesses of callers see it. */
interface Departure {
  readonly from: Frame
  readonly escapes: boolean
}

const completed: Ending = { kind: 'completed' }
const arrived: Ending = { kind: 'arrived' }
/** Of a section: its last step has run. */
const over: Stop = { kind: 'stop', status: 'COMPLETED', failure: undefined }
const handled: Stop = { kind: 'stop', status: 'COMPLETED', failure: undefined }

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
 *
 * A sub-run, such as one part of a split message, has its own exchange and otherwise the rules of its process, within its
 * bounds: what stops a run stops the sub-run only. A failure that it handles counts as arriving where sub-runs are brought
 * together ("create a valid XML to be passed on to the Gather step", Handle Exceptions When Using the Splitter Pattern);
 * one that it does not handle is offered to no exception subprocess of the same process again. An escalation lets the
 * other sub-runs go on, and the run ends as ESCALATED.
 */
export class Executor {
  readonly parts: ExecutorParts
  /** Made by the first failure: most runs have none. */
  #departures: WeakMap<Failure, Departure> | undefined
  #failure: Failure | undefined
  #escalation: Stop | undefined
  #transaction: Transaction | undefined
  readonly #last: PlanNode | undefined
  readonly #completions: StoredChange[] = []

  constructor(parts: ExecutorParts) {
    this.parts = parts
    this.#last = parts.options.section?.to
  }

  /** Runs the process that the run was started for. Throws, or rejects with, nothing but bugs. */
  start(process: Process, exchange: Exchange): Ending | Promise<Ending> {
    const { meter, options } = this.parts
    const { callDepth: level = 0, section } = options
    try {
      meter.call(level)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      return { kind: 'failed', failure: error }
    }
    const node = section?.from ?? process.start
    const frame = new Frame(this, { process, exchange, meter, node, depth: 0, level, branch: '' })
    frame.isHandling = node.isHandling
    if (process.transaction !== undefined) this.#transaction = beginTransaction(process.transaction, options.ports)
    frame.transaction = this.#transaction
    return this.#run(frame)
  }

  /**
   * How the run ended, given how its first process did: a sub-run may have failed or escalated meanwhile, or what the run was
   * to leave behind cannot be written.
   */
  outcome(ending: Ending): Ending | Promise<Ending> {
    const failure = this.#failure ?? this.#transaction?.failure
    if (ending.kind === 'failed') return ending
    if (failure !== undefined) return { kind: 'failed', failure }
    const final = this.#escalation ?? ending
    if ((this.#transaction?.isEmpty ?? true) && this.#completions.length === 0) return final
    return this.#commit(this.#transaction, this.#completions, final)
  }

  async #commit(
    transaction: Transaction | undefined,
    completions: readonly StoredChange[],
    ending: Ending,
  ): Promise<Ending> {
    try {
      if (transaction === undefined) await this.parts.options.ports.dataStores.apply(completions)
      else await transaction.commit(completions)
      return ending
    } catch (error) {
      if (error instanceof Failure) return { kind: 'failed', failure: error }
      throw error
    }
  }

  /** See `RunScope.onCompletion`. */
  onCompletion(change: StoredChange): void {
    this.#completions.push(change)
  }

  /** Lets the run end as FAILED, whatever follows. The first failure counts. */
  failLater(failure: Failure): void {
    this.#failure ??= failure
  }

  /** See `RunScope.call`. */
  call(caller: Frame, process: Process, exchange: Exchange): Stop | undefined | Promise<Stop | undefined> {
    const { meter, depth, level, branch } = caller
    meter.call(level + 1)
    const node = process.start
    const frame = new Frame(this, { process, exchange, meter, node, depth: depth + 1, level: level + 1, branch })
    const isOwn = process.transaction !== undefined && caller.transaction?.kind !== process.transaction
    frame.transaction = isOwn ? beginTransaction(process.transaction, caller.ports) : caller.transaction
    const ran = this.#run(frame)
    const ending = isOwn ? this.#settle(frame, ran) : ran
    return ending instanceof Promise ? ending.then(stopOrThrow) : stopOrThrow(ending)
  }

  /** Ends the transaction of a called process. */
  async #settle({ transaction }: Frame, ran: Ending | Promise<Ending>): Promise<Ending> {
    const ending = await ran
    if (transaction === undefined || ending.kind === 'failed') return ending
    if (transaction.failure !== undefined) return { kind: 'failed', failure: transaction.failure }
    return transaction.isEmpty ? ending : this.#commit(transaction, [], ending)
  }

  /** See `RunScope.branchOff`. */
  branch(opener: Frame, { start, until, exchange, index }: SubRun): SubRunEnding | Promise<SubRunEnding> {
    const { process, depth, level } = opener
    opener.meter.call(level + 1)
    const meter = opener.meter.branch()
    const branch = opener.branch === '' ? String(index) : `${opener.branch}.${index}`
    const frame = new Frame(this, { process, exchange, meter, node: start, depth, level: level + 1, branch })
    frame.until = until
    frame.activation = opener.activation
    frame.isHandling = opener.isHandling
    frame.transaction = opener.transaction
    if (start === until) frame.ending = arrived
    else if (opener.node === this.#last) frame.ending = over
    const ending = this.#run(frame)
    return ending instanceof Promise
      ? ending.then(later => this.#subRunEnding(opener, frame, later))
      : this.#subRunEnding(opener, frame, ending)
  }

  #subRunEnding(opener: Frame, frame: Frame, ending: Ending): SubRunEnding {
    frame.meter.finished()
    switch (ending.kind) {
      case 'failed':
        return ending
      case 'arrived':
        return { kind: 'arrived' }
      case 'completed':
        return { kind: 'ended' }
      default:
        if (ending === over) opener.isOver = true
        if (ending.status === 'ESCALATED') this.#escalation ??= ending
        return { kind: ending === handled && !opener.isHandling ? 'arrived' : 'ended' }
    }
  }

  #run(frame: Frame): Ending | Promise<Ending> {
    const pending = this.#advance(frame)
    return pending === undefined ? frame.end() : this.#resume(frame, pending)
  }

  /** Runs steps until the process ends, or until one has to wait: then returns what it waits for. */
  #advance(frame: Frame): Promise<Transition | undefined> | undefined {
    const { tracer } = this.parts
    while (frame.ending === undefined) {
      let transition: Transition | undefined | Promise<Transition | undefined>
      if (tracer !== undefined) frame.traced = tracer.start(frame)
      try {
        frame.meter.step()
        transition = frame.meter.endsTurn ? this.#runInNextTurn(frame) : frame.node.run(frame.exchange, frame)
      } catch (error) {
        this.#stepFailed(frame, error)
        continue
      }
      if (transition instanceof Promise) return transition
      this.#follow(frame, transition)
    }
    return undefined
  }

  async #runInNextTurn(frame: Frame): Promise<Transition | undefined> {
    await this.parts.options.ports.turns.next()
    return frame.node.run(frame.exchange, frame)
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
    return frame.end()
  }

  #follow(frame: Frame, transition: Transition | undefined): void {
    this.parts.log.note(frame.exchange)
    this.parts.tracer?.end(frame, undefined)
    if (transition?.kind === 'stop') {
      frame.ending = transition
    } else if (frame.isOver || (frame.node === this.#last && !isRaised(transition))) {
      frame.ending = over
    } else if (transition?.kind === 'end') {
      this.#end(frame, transition)
    } else {
      const next = transition === undefined ? frame.node.next : transition.target
      // A path that just stops is as good as one with an end event.
      if (next === undefined) frame.ending = frame.isHandling ? handled : completed
      else if (next === frame.until) frame.ending = arrived
      else frame.node = next
    }
  }

  #end(frame: Frame, end: End): void {
    const { exchange, node, isHandling, depth } = frame
    if (end.how === 'completed') {
      frame.ending = isHandling ? handled : completed
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
    this.parts.log.note(frame.exchange)
    this.parts.tracer?.end(frame, failure)
    this.#handle(frame, failure, { escapes: true })
  }

  /** Starts the exception subprocess, or ends the process as failed. */
  #handle(frame: Frame, failure: Failure, { escapes }: { readonly escapes: boolean }): void {
    const { exchange, process, activation } = frame
    const departure = this.#departures?.get(failure)
    const isOffered = departure?.from === activation
    exchange.properties.set('CamelExceptionCaught', failure)
    exchange.properties.set('SAP_ErrorModelStepID', failure.stepId)
    const passesBy = isOffered || departure?.escapes === true || isLimit(failure)
    if (process.onFailure !== undefined && !frame.isHandling && !passesBy) {
      frame.isHandling = true
      frame.node = process.onFailure
      return
    }
    this.#departures ??= new WeakMap()
    this.#departures.set(failure, { from: activation, escapes: isOffered ? departure.escapes : escapes })
    frame.ending = { kind: 'failed', failure }
  }
}

/** Of an end event that says that something went wrong. */
function isRaised(transition: Transition | undefined): boolean {
  return transition?.kind === 'end' && transition.how !== 'completed'
}

function stopOrThrow(ending: Ending): Stop | undefined {
  if (ending.kind === 'failed') throw ending.failure
  return ending.kind === 'stop' ? ending : undefined
}
