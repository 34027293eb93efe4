import { asText, type Exchange, type RunObserver, type TraceEvent } from '@sluice/iflow'
import type { TracedMessage, TracedStep, Traces } from '../store/store.ts'

/** How much a flow's runs leave behind, in the words of the original. */
export const logLevels = ['NONE', 'ERROR', 'INFO', 'DEBUG', 'TRACE'] as const
export type LogLevel = (typeof logLevels)[number]

/** "Trace is switched off after 10 minutes" (Setting Log Levels); then the level is INFO again. */
const traceMs = 600_000
/** Of one body, and of all headers and properties of one message; more is cut. */
const bodyBytesMax = 1024 * 1024
const valuesMax = 64 * 1024
/** Of one run; what is beyond is not kept. */
const runBytesMax = 16 * 1024 * 1024
const runStepsMax = 2_000

export interface TracingOptions {
  readonly traces: Pick<Traces, 'record'>
  readonly clock: { now(): number }
  /** How long a trace is kept. */
  readonly retentionMs: number
}

/** Log levels of deployed flows, and the traces of runs of those whose level is TRACE. A server that starts begins with INFO. */
export class Tracing {
  readonly #options: TracingOptions
  readonly #levels = new Map<string, { readonly level: LogLevel; readonly until: number }>()

  constructor(options: TracingOptions) {
    this.#options = options
  }

  setLevel(flowId: string, level: LogLevel): void {
    if (level === 'INFO') this.#levels.delete(flowId)
    else {
      const until = level === 'TRACE' ? this.#options.clock.now() + traceMs : Number.POSITIVE_INFINITY
      this.#levels.set(flowId, { level, until })
    }
  }

  levelOf(flowId: string): LogLevel {
    const set = this.#levels.get(flowId)
    if (set === undefined) return 'INFO'
    if (this.#options.clock.now() < set.until) return set.level
    this.#levels.delete(flowId)
    return 'INFO'
  }

  /** Follows a run of a flow that is traced. Undefined, and nothing done, while no flow is. */
  start(flowId: string): RunTracer | undefined {
    return this.#levels.size > 0 && this.levelOf(flowId) === 'TRACE' ? new RunTracer(this.#options) : undefined
  }
}

/** Collects the steps of one run. */
export class RunTracer implements RunObserver {
  readonly snapshots = true
  readonly #options: TracingOptions
  readonly #begun = new Map<number, { readonly event: TraceEvent; readonly before: TracedMessage }>()
  readonly #steps: TracedStep[] = []
  #bytes = 0

  constructor(options: TracingOptions) {
    this.#options = options
  }

  observe(event: TraceEvent): void {
    if (event.exchange === undefined || this.#bytes > runBytesMax || this.#steps.length >= runStepsMax) return
    const message = this.#keep(event.exchange)
    if (event.phase === 'start') this.#begun.set(event.step, { event, before: message })
    else this.#end(event, message)
  }

  /** Writes down what was seen. */
  finish(messageGuid: string): void {
    if (this.#steps.length === 0) return
    const { traces, clock, retentionMs } = this.#options
    const steps = this.#steps.sort((a, b) => a.step - b.step)
    traces.record({ messageGuid, expiresAt: clock.now() + retentionMs, steps })
  }

  #end({ step, at, failure }: TraceEvent, after: TracedMessage): void {
    const begun = this.#begun.get(step)
    if (begun === undefined) return
    this.#begun.delete(step)
    const { elementId, elementName, processId, callDepth, branch } = begun.event
    this.#steps.push({
      step,
      elementId,
      elementName,
      processId,
      callDepth,
      branch,
      startedAt: begun.event.at,
      endedAt: at,
      error: failure?.message,
      before: begun.before,
      after,
    })
  }

  #keep({ headers, properties, body }: Exchange): TracedMessage {
    const { raw } = body
    const bytes = typeof raw === 'string' ? Buffer.from(raw.slice(0, bodyBytesMax)) : (raw ?? new Uint8Array())
    const isLong = bytes.length > bodyBytesMax || (typeof raw === 'string' && raw.length > bodyBytesMax)
    const [headerTexts, propertyTexts] = [texts(headers), texts(properties)]
    this.#bytes += Math.min(bytes.length, bodyBytesMax) + headerTexts.length + propertyTexts.length
    return {
      headers: headerTexts.values,
      properties: propertyTexts.values,
      body: bytes.slice(0, bodyBytesMax),
      isCut: isLong || headerTexts.isCut || propertyTexts.isCut,
    }
  }
}

function texts(entries: Iterable<readonly [name: string, value: unknown]>) {
  const values: Record<string, string> = {}
  let length = 0
  let isCut = false
  for (const [name, value] of entries) {
    const text = asText(value)
    const kept = text.slice(0, Math.max(0, valuesMax - length))
    isCut ||= kept.length < text.length
    values[name] = kept
    length += name.length + kept.length
  }
  return { values, length, isCut }
}
