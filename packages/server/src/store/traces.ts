import type { Database } from './schema.ts'
import type { Seal } from './seal.ts'
import { unsealed } from './stored-message.ts'
import type { RunTrace, TracedMessage, TracedStep, Traces } from './trace-store.ts'
import type { Writer } from './writer.ts'

/** Characters that may wait to be written. */
const waitingMax = 64 * 1024 * 1024
/** Rows of one statement. */
const rowsMax = 64

/** A step as it is sealed: bodies in base64. */
interface SealedStep extends Omit<TracedStep, 'before' | 'after'> {
  readonly before: SealedMessage
  readonly after: SealedMessage
}

type SealedMessage = Omit<TracedMessage, 'body'> & { readonly body: string }

export function createTraces(
  database: Database,
  writer: Writer,
  seal: Seal,
  onLost: (error: unknown, count: number) => void,
): Traces {
  let waiting = 0
  let writing: Promise<void> = Promise.resolve()
  const write = async ({ messageGuid, expiresAt, steps }: RunTrace, contents: readonly string[]) => {
    const rows = steps.map(({ step }, index) => {
      const content = seal.seal(sealName(messageGuid, step), Buffer.from(contents[index] ?? ''))
      return { message_guid: messageGuid, step, expires_at: expiresAt, size: content.length, content }
    })
    for (let start = 0; start < rows.length; start += rowsMax) {
      await writer.write(async tx => {
        await tx
          .insertInto('trace_steps')
          .values(rows.slice(start, start + rowsMax))
          .execute()
      })
    }
  }
  return {
    record(trace) {
      const contents = trace.steps.map(step => JSON.stringify(sealable(step)))
      const size = contents.reduce((sum, { length }) => sum + length, 0)
      if (waiting + size > waitingMax) return onLost(new Error('Expected traces to be written in time.'), 1)
      waiting += size
      writing = writing
        .then(() => write(trace, contents))
        .catch((error: unknown) => onLost(error, 1))
        .finally(() => {
          waiting -= size
        })
    },
    async ofRun(messageGuid, now) {
      await writing
      const rows = await database
        .selectFrom('trace_steps')
        .selectAll()
        .where('message_guid', '=', messageGuid)
        .where('expires_at', '>', now)
        .orderBy('step')
        .execute()
      return rows.map(({ step, content }) => readStep(unsealed(seal, sealName(messageGuid, step), content)))
    },
    flush: () => writing,
    async deleteExpired(now, limit) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('trace_steps')
          .where('key', 'in', from =>
            from.selectFrom('trace_steps').select('key').where('expires_at', '<=', now).limit(limit),
          )
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
    async deleteBeyond(bytesMax, limit) {
      const { size } = await database
        .selectFrom('trace_steps')
        .select(({ fn }) => fn.sum<number | string | null>('size').as('size'))
        .executeTakeFirstOrThrow()
      if (Number(size ?? 0) <= bytesMax) return 0
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('trace_steps')
          .where('key', 'in', from => from.selectFrom('trace_steps').select('key').orderBy('key').limit(limit))
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
  }
}

function sealable(step: TracedStep): SealedStep {
  const text = ({ body, ...rest }: TracedMessage): SealedMessage => ({
    ...rest,
    body: Buffer.from(body).toString('base64'),
  })
  return { ...step, before: text(step.before), after: text(step.after) }
}

function readStep(content: Uint8Array): TracedStep {
  const { before, after, ...step } = JSON.parse(Buffer.from(content).toString('utf8')) as SealedStep
  const bytes = ({ body, ...rest }: SealedMessage): TracedMessage => {
    return { ...rest, body: new Uint8Array(Buffer.from(body, 'base64')) }
  }
  return { ...step, error: step.error, before: bytes(before), after: bytes(after) }
}

function sealName(messageGuid: string, step: number): string {
  return `trace:${messageGuid}:${step}`
}
