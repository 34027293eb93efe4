import type { RecordedStep, Traces } from '../store/store.ts'
import type { LogLevel } from './log-levels.ts'
import { type RecordLimits, type SeenStep, StepRecorder } from './step-recorder.ts'

const limits: RecordLimits = {
  bodyBytesMax: 1024 * 1024,
  valuesMax: 64 * 1024,
  runBytesMax: 16 * 1024 * 1024,
  stepsMax: 2_000,
}

export interface TracingOptions {
  readonly traces: Pick<Traces, 'record'>
  readonly clock: { now(): number }
  /** How long messages are kept. */
  readonly retentionMs: number
}

/** Records the steps of runs at DEBUG and TRACE, at TRACE with the messages. */
export class Tracing {
  readonly #options: TracingOptions

  constructor(options: TracingOptions) {
    this.#options = options
  }

  /** Follows a run. Undefined, and nothing done, at other levels. */
  start(level: LogLevel): RunTracer | undefined {
    return level === 'TRACE' || level === 'DEBUG' ? new RunTracer(this.#options, level === 'TRACE') : undefined
  }
}

/** Collects the steps of one run. */
export class RunTracer extends StepRecorder {
  readonly #options: TracingOptions

  constructor(options: TracingOptions, snapshots: boolean) {
    super(limits, snapshots)
    this.#options = options
  }

  /** Writes down what was seen of the run. */
  finish(runId: string, messageGuid: string): void {
    const steps = this.steps.flatMap(recordedStep)
    if (steps.length === 0) return
    const { traces, clock, retentionMs } = this.#options
    traces.record({ runId, messageGuid, expiresAt: clock.now() + retentionMs, steps })
  }
}

function recordedStep({ stoppedAt, failure, before, after, ...step }: SeenStep): RecordedStep[] {
  if (stoppedAt === undefined) return []
  const messages = [before, after].filter(message => message !== undefined)
  return [{ ...step, stoppedAt, error: failure?.message, messages }]
}
