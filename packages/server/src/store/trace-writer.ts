import type { Insertable } from 'kysely'
import type { Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import { sealTraced } from './trace-content.ts'
import type { RecordedRun, RecordedStep, TracedMessage } from './trace-store.ts'
import type { Writer } from './writer.ts'

/** Bytes that may wait to be written. */
const waitingMax = 64 * 1024 * 1024
/** What a step takes besides its messages, about, in bytes. */
const stepBytes = 500
/** Rows of one statement; messages also end one when they are as many bytes, so that others get a turn. */
const rowsMax = 64
const statementBytes = 1024 * 1024

/** Writes recorded runs, as many together as have come meanwhile. */
export class TraceWriter {
  readonly #writer: Writer
  readonly #seal: Seal
  readonly #onLost: (error: unknown, count: number) => void
  #waiting: RecordedRun[] = []
  #size = 0
  #writing: Promise<void> | undefined

  constructor(writer: Writer, seal: Seal, onLost: (error: unknown, count: number) => void) {
    this.#writer = writer
    this.#seal = seal
    this.#onLost = onLost
  }

  add(run: RecordedRun): void {
    const size = sizeOf(run)
    if (this.#size + size > waitingMax) {
      this.#onLost(new Error('Expected traces to be written in time.'), 1)
      return
    }
    this.#size += size
    this.#waiting.push(run)
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
    })
  }

  async flush(): Promise<void> {
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const runs = this.#waiting
      this.#waiting = []
      await this.#write(runs).catch((error: unknown) => this.#onLost(error, runs.length))
      this.#size -= runs.reduce((sum, run) => sum + sizeOf(run), 0)
    }
  }

  async #write(runs: readonly RecordedRun[]): Promise<void> {
    const steps = runs.flatMap(stepRows)
    for (let start = 0; start < steps.length; start += rowsMax) {
      await this.#writer.write(tx =>
        tx
          .insertInto('run_steps')
          .values(steps.slice(start, start + rowsMax))
          .execute(),
      )
    }
    let messages: Insertable<Schema['trace_messages']>[] = []
    const insert = async () => {
      const rows = messages
      messages = []
      if (rows.length > 0) await this.#writer.write(tx => tx.insertInto('trace_messages').values(rows).execute())
    }
    for (const run of runs) {
      for (const step of run.steps) {
        messages.push(...this.#messageRows(run, step))
        const size = messages.reduce((sum, row) => sum + Number(row.size), 0)
        if (messages.length >= rowsMax || size >= statementBytes) await insert()
      }
    }
    await insert()
  }

  #messageRows(
    { messageGuid, runId, expiresAt }: RecordedRun,
    { step, elementId, messages }: RecordedStep,
  ): Insertable<Schema['trace_messages']>[] {
    return messages.map(message => {
      const content = sealTraced(this.#seal, runId, step, message)
      const type = Object.entries(message.headers).find(([name]) => name.toLowerCase() === 'content-type')
      return {
        message_guid: messageGuid,
        run_id: runId,
        step,
        element_id: elementId,
        mime_type: type?.[1] ?? null,
        payload_size: message.size,
        expires_at: expiresAt,
        size: content.length,
        content,
      }
    })
  }
}

function stepRows({ runId, steps }: RecordedRun): Insertable<Schema['run_steps']>[] {
  return steps.map(step => ({
    run_id: runId,
    step: step.step,
    started_at: step.startedAt,
    stopped_at: step.stoppedAt,
    element_id: step.elementId,
    element_name: step.elementName,
    process_id: step.processId,
    call_depth: step.callDepth,
    branch: step.branch,
    error: step.error ?? null,
  }))
}

function sizeOf({ steps }: RecordedRun): number {
  return steps.reduce(
    (sum, { messages }) => messages.reduce((all, message) => all + lengthOf(message), sum + stepBytes),
    0,
  )
}

function lengthOf({ headers, properties, body }: TracedMessage): number {
  const texts = [headers, properties].flatMap(values => Object.entries(values).flat())
  return texts.reduce((sum, text) => sum + text.length, body.length)
}
