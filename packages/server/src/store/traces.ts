import { type Selectable, sql } from 'kysely'
import { column, type Property } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema } from './schema.ts'
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
    RunId: column('message_guid'),
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
    RunId: column('message_guid'),
    ModelStepId: column('element_id'),
    PayloadSize: column('payload_size', 'integer'),
    MimeType: column('mime_type', 'text', { nullable: true }),
  },
}

const messageColumns = ['key', 'message_guid', 'step', 'element_id', 'mime_type', 'payload_size'] as const

export function createTraces(
  database: Database,
  writer: Writer,
  seal: Seal,
  onLost: (error: unknown, count: number) => void,
): Traces {
  const traceWriter = new TraceWriter(writer, seal, onLost)
  const stepsOf = (messageGuid: string) => database.selectFrom('run_steps').where('message_guid', '=', messageGuid)
  const live = (now: number) => database.selectFrom('trace_messages').where('expires_at', '>', now)
  return {
    record: run => traceWriter.add(run),
    flush: () => traceWriter.flush(),
    steps(messageGuid): Listable<RunStep> {
      return {
        async list(query) {
          await traceWriter.flush()
          return (await page(stepsOf(messageGuid).selectAll(), query, stepListing).execute()).map(toStep)
        },
        async count({ filter }) {
          await traceWriter.flush()
          return countRows(stepsOf(messageGuid), filter, stepListing)
        },
      }
    },
    async findStep(messageGuid, step) {
      await traceWriter.flush()
      const row = await stepsOf(messageGuid).selectAll().where('step', '=', step).executeTakeFirst()
      return row && toStep(row)
    },
    messages(messageGuid, step, now): Listable<TraceMessage> {
      const ofStep = live(now).where('message_guid', '=', messageGuid).where('step', '=', step)
      return {
        async list(query) {
          await traceWriter.flush()
          return (await page(ofStep.select(messageColumns), query, messageListing).execute()).map(toMessage)
        },
        async count({ filter }) {
          await traceWriter.flush()
          return countRows(ofStep, filter, messageListing)
        },
      }
    },
    async findMessage(id, now) {
      const row = await live(now).select(messageColumns).where('key', '=', id).executeTakeFirst()
      return row && toMessage(row)
    },
    async content(id, now) {
      const row = await live(now).select(['message_guid', 'step', 'content']).where('key', '=', id).executeTakeFirst()
      return row && openTraced(seal, row.message_guid, row.step, row.content)
    },
    ...deletions(database, writer),
  }
}

function deletions(database: Database, writer: Writer): Pick<Traces, 'deleteExpired' | 'deleteBeyond' | 'deleteSteps'> {
  return {
    async deleteExpired(now, limit) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('trace_messages')
          .where('key', 'in', from =>
            from.selectFrom('trace_messages').select('key').where('expires_at', '<=', now).limit(limit),
          )
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
    async deleteBeyond(bytesMax, limit) {
      const { size } = await database
        .selectFrom('trace_messages')
        .select(({ fn }) => fn.sum<number | string | null>('size').as('size'))
        .executeTakeFirstOrThrow()
      if (Number(size ?? 0) <= bytesMax) return 0
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('trace_messages')
          .where('key', 'in', from => from.selectFrom('trace_messages').select('key').orderBy('key').limit(limit))
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
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
    step: row.step,
    elementId: row.element_id,
    mimeType: row.mime_type ?? undefined,
    payloadSize: row.payload_size,
  }
}
