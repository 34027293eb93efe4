import { asText, type Exchange, type Failure, type RunObserver, type TraceEvent } from '@sluice/iflow'
import type { RunStep, TracedMessage } from '../store/store.ts'

/** How much of a run is kept; bytes of texts are counted in characters. */
export interface RecordLimits {
  /** Of one body; more is cut. */
  readonly bodyBytesMax: number
  /** Of all headers, or all properties, of one message; more is cut. */
  readonly valuesMax: number
  /** Of the run. Messages beyond are not kept. */
  readonly runBytesMax: number
  /** Steps beyond are not kept. */
  readonly stepsMax: number
}

/** A step that was seen. */
export interface SeenStep extends Omit<RunStep, 'stoppedAt' | 'error'> {
  /** Undefined: it was not seen to end. */
  readonly stoppedAt: number | undefined
  readonly failure: Failure | undefined
  /** Undefined where messages are not kept, or no more. */
  readonly before: TracedMessage | undefined
  readonly after: TracedMessage | undefined
}

/** Keeps the steps of one run, and the messages before and after each where `snapshots` says so. */
export class StepRecorder implements RunObserver {
  readonly snapshots: boolean
  readonly #limits: RecordLimits
  readonly #steps = new Map<number, SeenStep>()
  #bytes = 0
  #leftOut = 0

  constructor(limits: RecordLimits, snapshots: boolean) {
    this.#limits = limits
    this.snapshots = snapshots
  }

  /** In the order in which they began. */
  get steps(): readonly SeenStep[] {
    return [...this.#steps.values()]
  }

  /** How many steps were not kept. */
  get leftOut(): number {
    return this.#leftOut
  }

  observe({ phase, at, exchange, failure, ...place }: TraceEvent): void {
    const begun = this.#steps.get(place.step)
    if (phase === 'end') {
      if (begun === undefined) return
      const after = begun.before && this.#keep(exchange)
      this.#steps.set(place.step, { ...begun, stoppedAt: at, failure, after })
    } else if (this.#steps.size < this.#limits.stepsMax) {
      const before = this.#keep(exchange)
      this.#steps.set(place.step, {
        ...place,
        startedAt: at,
        stoppedAt: undefined,
        failure: undefined,
        before,
        after: undefined,
      })
    } else {
      this.#leftOut += 1
    }
  }

  #keep(exchange: Exchange | undefined): TracedMessage | undefined {
    if (exchange === undefined || this.#bytes > this.#limits.runBytesMax) return undefined
    const kept = keptMessage(exchange, this.#limits)
    this.#bytes += lengthOf(kept)
    return kept
  }
}

/** As much of a message as is kept. */
export function keptMessage(
  { headers, properties, body }: Exchange,
  { bodyBytesMax, valuesMax }: Pick<RecordLimits, 'bodyBytesMax' | 'valuesMax'>,
): TracedMessage {
  return {
    headers: texts(headers, valuesMax),
    properties: texts(properties, valuesMax),
    body: startOf(body, bodyBytesMax),
    size: typeof body.content === 'string' ? Buffer.byteLength(body.content) : body.size,
  }
}

/** The first bytes of a body, as a copy; one that lies in a file is not read whole. */
function startOf({ content }: Exchange['body'], bytesMax: number): Uint8Array {
  if (content === null) return new Uint8Array()
  if (typeof content === 'string') return Buffer.from(content.slice(0, bytesMax)).subarray(0, bytesMax)
  if (content instanceof Uint8Array) return content.slice(0, bytesMax)
  return new Uint8Array(content.read(0, Math.min(content.length, bytesMax)))
}

function texts(entries: Iterable<readonly [name: string, value: unknown]>, max: number): Record<string, string> {
  const values: Record<string, string> = {}
  let length = 0
  for (const [name, value] of entries) {
    const text = asText(value)
    const room = Math.max(0, max - length)
    values[name] = text.length > room ? `${text.slice(0, room)}…` : text
    length += name.length + Math.min(text.length, room)
  }
  return values
}

function lengthOf({ headers, properties, body }: TracedMessage): number {
  const values = [...Object.entries(headers), ...Object.entries(properties)].flat()
  return values.reduce((sum, text) => sum + text.length, body.length)
}
