import { asText, type Exchange, type RunObserver, type TraceEvent } from '@sluice/iflow'
import type { RecordedStep, TracedMessage, Traces } from '../store/store.ts'
import type { LogLevel } from './log-levels.ts'

/** Of one body, and of all headers or properties of one message; more is cut. */
const bodyBytesMax = 1024 * 1024
const valuesMax = 64 * 1024
/** Of one run; messages and steps beyond are not kept. */
const runBytesMax = 16 * 1024 * 1024
const runStepsMax = 2_000

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
export class RunTracer implements RunObserver {
  readonly snapshots: boolean
  readonly #options: TracingOptions
  readonly #begun = new Map<number, { readonly event: TraceEvent; readonly before: TracedMessage | undefined }>()
  readonly #steps: RecordedStep[] = []
  #bytes = 0

  constructor(options: TracingOptions, snapshots: boolean) {
    this.#options = options
    this.snapshots = snapshots
  }

  observe(event: TraceEvent): void {
    if (event.phase === 'end') this.#end(event)
    else if (this.#begun.size + this.#steps.length < runStepsMax) {
      this.#begun.set(event.step, { event, before: this.#keep(event.exchange) })
    }
  }

  /** Writes down what was seen of the run. */
  finish(runId: string, messageGuid: string): void {
    if (this.#steps.length === 0) return
    const { traces, clock, retentionMs } = this.#options
    const steps = this.#steps.sort((a, b) => a.step - b.step)
    traces.record({ runId, messageGuid, expiresAt: clock.now() + retentionMs, steps })
  }

  #end({ step, at, exchange, failure }: TraceEvent): void {
    const begun = this.#begun.get(step)
    if (begun === undefined) return
    this.#begun.delete(step)
    const { elementId, elementName, processId, callDepth, branch } = begun.event
    const after = begun.before && this.#keep(exchange)
    this.#steps.push({
      step,
      elementId,
      elementName,
      processId,
      callDepth,
      branch,
      startedAt: begun.event.at,
      stoppedAt: at,
      error: failure?.message,
      messages: begun.before ? [begun.before, ...(after ? [after] : [])] : [],
    })
  }

  #keep(exchange: Exchange | undefined): TracedMessage | undefined {
    if (exchange === undefined || this.#bytes > runBytesMax) return undefined
    const { headers, properties, body } = exchange
    const [headerTexts, propertyTexts] = [texts(headers), texts(properties)]
    const kept = {
      headers: headerTexts.values,
      properties: propertyTexts.values,
      body: startOf(body),
      size: typeof body.content === 'string' ? Buffer.byteLength(body.content) : body.size,
    }
    this.#bytes += kept.body.length + headerTexts.length + propertyTexts.length
    return kept
  }
}

/** The first bytes of a body, as a copy; one that lies in a file is not read whole. */
function startOf({ content }: Exchange['body']): Uint8Array {
  if (content === null) return new Uint8Array()
  if (typeof content === 'string') return Buffer.from(content.slice(0, bodyBytesMax)).subarray(0, bodyBytesMax)
  if (content instanceof Uint8Array) return content.slice(0, bodyBytesMax)
  return new Uint8Array(content.read(0, Math.min(content.length, bodyBytesMax)))
}

function texts(entries: Iterable<readonly [name: string, value: unknown]>) {
  const values: Record<string, string> = {}
  let length = 0
  for (const [name, value] of entries) {
    const kept = asText(value).slice(0, Math.max(0, valuesMax - length))
    values[name] = kept
    length += name.length + kept.length
  }
  return { values, length }
}
