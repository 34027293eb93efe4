import { randomUUID } from 'node:crypto'
import {
  type EntryPoint,
  type Exchange,
  Failure,
  type FlowCaller,
  type Flows,
  type Plan,
  type Ports,
  type RunControl,
  type RunResult,
  startRun,
} from '@sluice/iflow'
import type { Logger } from 'pino'
import type { MessageLog, MessageLogs, MessageRun } from '../store/store.ts'
import type { EndpointOwner, EndpointTable } from './endpoint-table.ts'
import { type FlowLogLevels, isLogged, type LogLevel } from './log-levels.ts'
import { messageGuid } from './message-guid.ts'
import { detailsOf } from './run-details.ts'
import type { RunTracer, Tracing } from './tracing.ts'

/** A deployed flow that answers. */
export interface RunningFlow extends EndpointOwner {
  readonly plan: Plan
  readonly packageId: string
  /** Queues that its channels name. */
  readonly queues?: readonly QueueUse[]
}

/** A queue that a flow takes messages out of, or puts them into. */
export interface QueueUse {
  readonly queue: string
  readonly use: 'reads' | 'writes'
}

export interface FlowRunnerOptions {
  readonly table: EndpointTable<RunningFlow>
  readonly messageLogs: Pick<MessageLogs, 'record' | 'drained'>
  readonly ports: Omit<Ports, 'flows'>
  readonly logLevels: Pick<FlowLogLevels, 'of'>
  readonly tracing: Pick<Tracing, 'start'>
  readonly runTimeMaxMs: number
  readonly log: Logger
  /** Told about every finished run. */
  readonly onFinished: (status: RunResult['status']) => void
}

/** One of several tries of a message. */
export interface Attempt {
  /** Of the earlier tries: all have one message processing log. */
  readonly messageGuid: string | undefined
  /** From 1. */
  readonly number: number
  /** Whether the message is tried again when this fails. */
  readonly isRetried: boolean
}

/** Why a message is processed, if not for a sender alone. */
export interface RunCause extends Partial<FlowCaller> {
  readonly attempt?: Attempt
  /** ID of a message that somebody has sent again; the log names it in custom header `ResentFrom`. */
  readonly resentFrom?: string
}

interface Run extends RunControl {
  readonly attempt: Attempt | undefined
  readonly resentFrom: string | undefined
  readonly flow: RunningFlow
  /** Of each run its own; that of a message's first run is the message's. */
  readonly runId: string
  readonly messageGuid: string
  readonly correlationId: string
  readonly startedAt: number
  /** "Changes to the log level don't affect messages already in process" (Setting Log Levels). */
  readonly level: LogLevel
  readonly trace: RunTracer | undefined
  isAnnounced: boolean
  isCancelled: boolean
}

/** Runs that last longer than this appear in the message processing logs as PROCESSING. */
const announceAfterMs = 1_000

/** Runs messages through deployed flows and writes their message processing logs. */
export class FlowRunner implements Flows {
  readonly #options: FlowRunnerOptions
  /** The world as running flows see it, this runner included. */
  readonly ports: Ports
  readonly #waiting = new Map<string, Run>()

  constructor(options: FlowRunnerOptions) {
    this.#options = options
    this.ports = { ...options.ports, flows: this }
  }

  /**
   * Runs one message through `entry` of `flow`. Always ends with a result: a bug is logged under an ID and ends the run as
   * FAILED. The result comes at once when no step had to wait. A run that was cancelled fails with code `cancelled`.
   */
  run(
    flow: RunningFlow,
    entry: EntryPoint,
    exchange: Exchange,
    { correlationId, callDepth = 0, attempt, resentFrom }: RunCause = {},
  ): RunResult | Promise<RunResult> {
    const startedAt = this.ports.clock.now()
    const runId = messageGuid(startedAt)
    const guid = attempt?.messageGuid ?? runId
    const level = this.#options.logLevels.of(flow.id)
    const trace = this.#options.tracing.start(level)
    const run: Run = {
      attempt,
      resentFrom,
      flow,
      runId,
      messageGuid: guid,
      correlationId: correlationId ?? guid,
      startedAt,
      level,
      trace,
      isAnnounced: false,
      isCancelled: false,
    }
    let result: RunResult | Promise<RunResult>
    try {
      result = startRun(flow.plan, entry.processId, exchange, {
        ports: this.ports,
        messageGuid: guid,
        correlationId: run.correlationId,
        callDepth,
        observer: trace,
        logLevel: level,
        control: run,
        limits: { runTimeMsMax: this.#options.runTimeMaxMs },
      })
    } catch (bug) {
      return this.#finish(run, this.#crashed(run, exchange, bug))
    }
    if (!(result instanceof Promise)) return this.#finish(run, result)
    this.#waiting.set(guid, run)
    return result.then(
      value => this.#finish(run, value),
      bug => this.#finish(run, this.#crashed(run, exchange, bug)),
    )
  }

  async call(address: string, exchange: Exchange, caller: FlowCaller): Promise<Exchange> {
    const endpoint = this.#options.table.findDirect(address)
    if (!endpoint) {
      throw new Failure(`Expected a deployed flow with ProcessDirect address "${address}", found none`, {
        code: 'no-consumer',
        retry: 'later',
      })
    }
    const { owner, entry } = endpoint
    const result = await this.run(owner, entry, entry.receive(exchange), {
      correlationId: caller.correlationId,
      callDepth: caller.callDepth + 1,
    })
    if (result.failure) throw result.failure
    return result.exchange
  }

  /** Writes PROCESSING rows for runs that take long, so that they can be seen before they end. */
  announceLongRuns(): void {
    const now = this.ports.clock.now()
    for (const run of this.#waiting.values()) {
      if (run.isAnnounced || now - run.startedAt < announceAfterMs) continue
      run.isAnnounced = true
      this.#record(run, { ...this.#logOf(run, now), status: 'PROCESSING' })
    }
  }

  /** Ends a run at its next step. False when none with this message processing log is under way. */
  cancel(messageGuid: string): boolean {
    const run = this.#waiting.get(messageGuid)
    if (run === undefined) return false
    run.isCancelled = true
    return true
  }

  #finish(run: Run, result: RunResult): RunResult {
    this.#waiting.delete(run.messageGuid)
    const { log, failure } = result
    const now = this.ports.clock.now()
    const status = logStatus(run, result)
    run.trace?.finish(run.runId, run.messageGuid)
    this.#record(run, {
      ...this.#logOf(run, now),
      status,
      customStatus: log.customStatus,
      sender: log.sender,
      receiver: log.receiver,
      applicationMessageId: log.applicationMessageId,
      applicationMessageType: log.applicationMessageType,
      error: failure && describeFailure(failure),
      errorStepId: failure?.stepId,
      details: detailsOf(namingOrigin(log, run), run.level, tryOf(run, status, now)),
    })
    this.#options.onFinished(result.status)
    return result
  }

  #record({ level }: Run, log: MessageLog): void {
    if (isLogged(level, log.status)) this.#options.messageLogs.record(log)
  }

  #logOf(run: Run, now: number): MessageLog {
    return {
      messageGuid: run.messageGuid,
      correlationId: run.correlationId,
      artifactId: run.flow.id,
      artifactName: run.flow.name,
      packageId: run.flow.packageId,
      status: 'PROCESSING',
      customStatus: undefined,
      logStart: run.startedAt,
      logEnd: now,
      sender: undefined,
      receiver: undefined,
      applicationMessageId: undefined,
      applicationMessageType: undefined,
      error: undefined,
      errorStepId: undefined,
      logLevel: run.level,
    }
  }

  #crashed(run: Run, exchange: Exchange, bug: unknown): RunResult {
    const errorId = randomUUID()
    this.#options.log.error(
      { err: bug, errorId, flow: run.flow.id, messageGuid: run.messageGuid },
      'unexpected error in a run',
    )
    return {
      status: 'FAILED',
      exchange,
      failure: new Failure(`The engine failed. The server's log has the details under ${errorId}.`, { code: 'step' }),
      log: {
        messageGuid: run.messageGuid,
        correlationId: run.correlationId,
        applicationMessageId: undefined,
        applicationMessageType: undefined,
        sender: undefined,
        receiver: undefined,
        customStatus: undefined,
        attachments: [],
        customHeaders: [],
        stringProperties: [],
        adapterAttributes: [],
      },
      exposeFailure: false,
    }
  }
}

function namingOrigin(log: RunResult['log'], { resentFrom }: Run): RunResult['log'] {
  return resentFrom === undefined ? log : { ...log, customHeaders: [['ResentFrom', resentFrom], ...log.customHeaders] }
}

function logStatus({ attempt }: Run, { status, failure }: RunResult): MessageLog['status'] {
  if (failure?.code === 'cancelled') return 'CANCELLED'
  return status === 'FAILED' && attempt?.isRetried ? 'RETRY' : status
}

/** A message that is never tried again has one run, which its log tells all about. */
function tryOf(
  { runId: id, messageGuid, attempt, startedAt, level }: Run,
  status: MessageLog['status'],
  stoppedAt: number,
): MessageRun | undefined {
  if (attempt === undefined || (attempt.number === 1 && status !== 'RETRY')) return undefined
  return { id, messageGuid, number: attempt.number, startedAt, stoppedAt, status, logLevel: level }
}

/** The failure and what caused it, a sentence a line; never a stack trace. */
function describeFailure(failure: Failure): string {
  const lines = [failure.stepId ? `${failure.message} (step ${failure.stepId})` : failure.message]
  let cause = failure.cause
  for (let depth = 0; cause instanceof Error && depth < 5; depth++) {
    if (!lines.some(line => line.includes((cause as Error).message))) lines.push(`Caused by: ${cause.message}`)
    cause = cause.cause
  }
  return lines.join('\n')
}
