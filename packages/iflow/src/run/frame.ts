import type { Ports, StoredChange } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import type { Ending, Executor } from './executor.ts'
import type { Failure } from './failure.ts'
import type { Meter } from './limits.ts'
import type { PlanNode, Process, Stop } from './plan.ts'
import type { LogWriter } from './result.ts'
import type { RunScope, SubRun, SubRunEnding } from './scope.ts'
import type { Transaction } from './transaction.ts'

/** What a frame begins with. */
export interface FrameParts {
  readonly process: Process
  readonly exchange: Exchange
  readonly meter: Meter
  readonly node: PlanNode
  readonly depth: number
  readonly level: number
  readonly branch: string
}

/** One process, or one sub-run of a process, being executed. It is also the scope that its steps see. */
export class Frame implements RunScope {
  readonly process: Process
  readonly exchange: Exchange
  readonly meter: Meter
  /** 0 in the process that was started, 1 in one that it called, … */
  readonly depth: number
  /** Calls and sub-runs that this frame is within. */
  readonly level: number
  /** Which sub-run: indexes from the outermost on, joined with `.`; empty outside of sub-runs. */
  readonly branch: string
  /** The frame in which this activation of the process began: its own, except in sub-runs. */
  activation: Frame = this
  /** What keeps changes back until the end: of this process, or of one that it is within. */
  transaction: Transaction | undefined = undefined
  /** Where a sub-run has arrived. */
  until: PlanNode | undefined = undefined
  /** The step to run next, or the one that is running. */
  node: PlanNode
  /** Number of the running step in the trace. */
  traced = 0
  /** Whether the exception subprocess is running. */
  isHandling = false
  /** Whether a sub-run has got to the end of the section: nothing runs behind the step that opened it. */
  isOver = false
  ending: Ending | undefined = undefined
  readonly #executor: Executor

  constructor(executor: Executor, parts: FrameParts) {
    this.#executor = executor
    this.process = parts.process
    this.exchange = parts.exchange
    this.meter = parts.meter
    this.node = parts.node
    this.depth = parts.depth
    this.level = parts.level
    this.branch = parts.branch
  }

  get ports(): Ports {
    return this.transaction?.ports ?? this.#executor.parts.options.ports
  }

  get flowId(): string {
    return this.#executor.parts.flowId
  }

  get messageGuid(): string {
    return this.#executor.parts.options.messageGuid
  }

  get correlationId(): string {
    return this.#executor.parts.options.correlationId
  }

  get logLevel(): string {
    return this.#executor.parts.options.logLevel ?? 'INFO'
  }

  get callDepth(): number {
    return this.level
  }

  get log(): LogWriter {
    return this.#executor.parts.log
  }

  get concurrency(): number {
    return this.meter.concurrency
  }

  call(process: Process, exchange: Exchange): Stop | undefined | Promise<Stop | undefined> {
    return this.#executor.call(this, process, exchange)
  }

  branchOff(subRun: SubRun): SubRunEnding | Promise<SubRunEnding> {
    return this.#executor.branch(this, subRun)
  }

  onCompletion(change: StoredChange): void {
    this.#executor.onCompletion(change)
  }

  failLater(failure: Failure): void {
    this.#executor.failLater(failure)
  }

  end(): Ending {
    if (this.ending === undefined) throw new Error(`Process "${this.process.id}" neither ended nor waits.`)
    return this.ending
  }
}
