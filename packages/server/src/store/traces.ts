import { type Selectable, sql } from 'kysely'
import { column, type Property } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import { withinOneDeletion } from './one-deletion.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { Seal } from './seal.ts'
import type { Listable } from './store.ts'
import { openTraced } from './trace-content.ts'
import type { RunStep, TraceMessage, Traces } from './trace-store.ts'
import { TraceWriter } from './trace-writer.ts'
import type { Writer } from './writer.ts'

const stepStatus: Property = {
  type: 'text',
  sql: sql`case when error is null then 'COMPLETED' else 'FAILED' end`,
  nullable: false,
}

const stepListing: Listing = {
  key: sql.ref('step'),
  properties: {
    RunId: column('run_id'),
    ChildCount: column('step', 'integer'),
    StepStart: column('started_at', 'time'),
    StepStop: column('stopped_at', 'time'),
    StepId: column('element_id'),
    ModelStepId: column('element_id'),
    BranchId: column('branch'),
    Status: stepStatus,
    Error: column('error', 'text', { nullable: true }),
    Activity: column('element_name'),
  },
}

const messageListing: Listing = {
  key: sql.ref('key'),
  properties: {
    TraceId: column('key', 'integer'),
    MplId: column('message_guid'),
    RunId: column('run_id'),
    ModelStepId: column('element_id'),
    PayloadSize: column('payload_size', 'integer'),
    MimeType: column('mime_type', 'text', { nullable: true }),
  },
}

const messageColumns = ['key', 'message_guid', 'run_id', 'step', 'element_id', 'mime_type', 'payload_size'] as const

export function createTraces(
  database: Database,
  writer: Writer,
  seal: Seal,
  onLost: (error: unknown, count: number) => void,
): Traces {
  const traceWriter = new TraceWriter(writer, seal, onLost)
  const stepsOf = (runId: string) => database.selectFrom('run_steps').where('run_id', '=', runId)
  const live = (now: number) => database.selectFrom('trace_messages').where('expires_at', '>', now)
  /** Lists what is written, once everything recorded so far is. */
  const recorded = <Row>({ list, count }: Listable<Row>): Listable<Row> => ({
    async list(query) {
      await traceWriter.flush()
      return list(query)
    },
    async count(query) {
      await traceWriter.flush()
      return count(query)
    },
  })
  return {
    record: run => traceWriter.add(run),
    flush: () => traceWriter.flush(),
    steps: runId =>
      recorded({
        list: async query => (await page(stepsOf(runId).selectAll(), query, stepListing).execute()).map(toStep),
        count: ({ filter }) => countRows(stepsOf(runId), filter, stepListing),
      }),
    async findStep(runId, step) {
      await traceWriter.flush()
      const row = await stepsOf(runId).selectAll().where('step', '=', step).executeTakeFirst()
      return row && toStep(row)
    },
    messages(runId, step, now) {
      const ofStep = live(now).where('run_id', '=', runId).where('step', '=', step)
      return recorded({
        list: async query =>
          (await page(ofStep.select(messageColumns), query, messageListing).execute()).map(toMessage),
        count: ({ filter }) => countRows(ofStep, filter, messageListing),
      })
    },
    async findMessage(id, now) {
      const row = await live(now).select(messageColumns).where('key', '=', id).executeTakeFirst()
      return row && toMessage(row)
    },
    async content(id, now) {
      const row = await live(now).select(['run_id', 'step', 'content']).where('key', '=', id).executeTakeFirst()
      return row && openTraced(seal, row.run_id, row.step, row.content)
    },
    ...deletions(database, writer),
  }
}

function deletions(database: Database, writer: Writer): Pick<Traces, 'deleteExpired' | 'deleteBeyond' | 'deleteSteps'> {
  return {
    async deleteExpired(now, limit) {
      return writer.write(async tx => {
        const rows = tx.selectFrom('trace_messages').select(['key', 'size']).where('expires_at', '<=', now)
        return deleteMessages(tx, await rows.orderBy('expires_at').limit(limit).execute())
      })
    },
    async deleteBeyond(bytesMax, limit) {
      const { size } = await database
        .selectFrom('trace_messages')
        .select(({ fn }) => fn.sum<number | string | null>('size').as('size'))
        .executeTakeFirstOrThrow()
      if (Number(size ?? 0) <= bytesMax) return 0
      return writer.write(async tx => {
        const rows = tx.selectFrom('trace_messages').select(['key', 'size'])
        return deleteMessages(tx, await rows.orderBy('key').limit(limit).execute())
      })
    },
    async deleteSteps(before, countMax, limit) {
      const { last } = await database
        .selectFrom('run_steps')
        .select(({ fn }) => fn.max<number | null>('key').as('last'))
        .executeTakeFirstOrThrow()
      // Keys count up: no need to count the rows.
      const kept = Number(last ?? 0) - countMax
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('run_steps')
          .where('key', 'in', from => from.selectFrom('run_steps').select('key').orderBy('key').limit(limit))
          .where(({ or, eb }) => or([eb('stopped_at', '<', before), eb('key', '<=', kept)]))
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
  }
}

async function deleteMessages(
  tx: Tx,
  rows: readonly { readonly key: number; readonly size: number }[],
): Promise<number> {
  const keys = withinOneDeletion(rows).map(({ key }) => key)
  if (keys.length > 0) await tx.deleteFrom('trace_messages').where('key', 'in', keys).execute()
  return keys.length
}

function toStep(row: Selectable<Schema['run_steps']>): RunStep {
  return {
    step: row.step,
    elementId: row.element_id,
    elementName: row.element_name,
    processId: row.process_id,
    callDepth: row.call_depth,
    branch: row.branch,
    startedAt: row.started_at,
    stoppedAt: row.stopped_at,
    error: row.error ?? undefined,
  }
}

function toMessage(row: Pick<Selectable<Schema['trace_messages']>, (typeof messageColumns)[number]>): TraceMessage {
  return {
    id: row.key,
    messageGuid: row.message_guid,
    runId: row.run_id,
    step: row.step,
    elementId: row.element_id,
    mimeType: row.mime_type ?? undefined,
    payloadSize: row.payload_size,
  }
}
