import type { QueueAccess } from '@sluice/iflow'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import { column, constant, type Property } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import { unpackContent } from './queue-content.ts'
import type { QueueOptions } from './queues.ts'
import type { Database, Schema } from './schema.ts'
import type { QueueEntry, QueueState, QueueSummary, Queues } from './store.ts'

type Row = Selectable<Schema['queue_messages']>

/** Shares of what a queue may hold from which on its state is warning, and critical. */
export const queueLevels = [0.8, 0.95] as const

/** `JmsQueue` has the name of what `Queue` calls `Size`, and both have the same. */
function queueListing(bytesMax: number): Listing {
  const integer = (expression: RawBuilder<unknown>): Property => ({ type: 'integer', sql: expression, nullable: false })
  const [warning, critical] = queueLevels.map(share => Math.ceil(bytesMax * share))
  return {
    key: sql.ref('name'),
    properties: {
      Name: column('name'),
      NumbOfMsgs: column('entries', 'integer'),
      Size: column('bytes', 'integer'),
      QueueSize: column('bytes', 'integer'),
      MaxQueueSize: constant(bytesMax),
      Type: constant(0),
      State: integer(sql`case when bytes >= ${critical} then 2 when bytes >= ${warning} then 1 else 0 end`),
      FillGrade: integer(sql`bytes * 100 / ${bytesMax}`),
      Active: column('active', 'integer'),
      ActiveState: column('active', 'integer'),
      Exclusive: integer(sql`case when access = 'exclusive' then 1 else 0 end`),
    },
  }
}

const messageListing: Listing = {
  key: sql.ref('queue_messages.key'),
  properties: {
    Msgid: column('queue_messages.id'),
    Name: column('queue'),
    Failed: {
      type: 'boolean',
      sql: sql`case when state <> 'claimed' and failures + crashes > 0 then 1 else 0 end`,
      nullable: false,
    },
    Mplid: column('message_guid'),
    CreatedAt: column('created_at', 'integer'),
    RetryCount: { type: 'integer', sql: sql`failures + crashes`, nullable: false },
    NextRetry: {
      type: 'integer',
      sql: sql`case when state = 'ready' and failures + crashes > 0 then next_at end`,
      nullable: true,
    },
    OverdueAt: column('overdue_at', 'integer'),
    ExpirationDate: column('expires_at', 'integer'),
  },
}

type Lists = Pick<Queues, 'all' | 'find' | 'totals' | 'entries' | 'entry' | 'content'>

/** What people see of queues and their messages. */
export function createQueueLists(database: Database, { seal, availableBytes }: QueueOptions): Lists {
  const messages = database.selectFrom('queue_messages')
  const message = (queue: string, id: string) => messages.where('queue', '=', queue).where('queue_messages.id', '=', id)
  return {
    all: bytesMax => ({
      list: async query =>
        (await page(queuesIn(database).selectAll(), query, queueListing(bytesMax)).execute()).map(summaryOf),
      count: ({ filter }) => countRows(queuesIn(database), filter, queueListing(bytesMax)),
    }),
    async find(name) {
      const found = await queuesIn(database).selectAll().where('name', '=', name).executeTakeFirst()
      return found && summaryOf(found)
    },
    async totals() {
      const { queues } = await database
        .selectFrom('queues')
        .select(({ fn }) => fn.countAll<number>().as('queues'))
        .executeTakeFirstOrThrow()
      const { bytes } = await database
        .selectFrom('queue_messages')
        .select(sql<number>`coalesce(sum(size), 0)`.as('bytes'))
        .executeTakeFirstOrThrow()
      return { queues: Number(queues), bytes: Number(bytes), availableBytes: await availableBytes() }
    },
    entries(queue) {
      const query = queue === undefined ? messages : messages.where('queue', '=', queue)
      return {
        list: async request => (await page(query.selectAll(), request, messageListing).execute()).map(queueEntryOf),
        count: ({ filter }) => countRows(query, filter, messageListing),
      }
    },
    async entry(queue, id) {
      const found = await message(queue, id).selectAll().executeTakeFirst()
      return found && queueEntryOf(found)
    },
    async content(queue, id) {
      const found = await message(queue, id)
        .innerJoin('queue_contents', 'queue_contents.id', 'queue_messages.id')
        .selectAll('queue_contents')
        .executeTakeFirst()
      return found && unpackContent(id, found, seal)
    },
  }
}

function queuesIn(database: Database) {
  return database.selectFrom(({ selectFrom }) =>
    selectFrom('queues')
      .leftJoin('queue_messages', 'queue_messages.queue', 'queues.name')
      .select(({ fn }) => [
        'queues.name',
        'queues.access',
        'queues.active',
        fn.count<number>('queue_messages.queue').as('entries'),
        sql<number>`coalesce(sum(queue_messages.size), 0)`.as('bytes'),
      ])
      .groupBy(['queues.name', 'queues.access', 'queues.active'])
      .as('summaries'),
  )
}

interface SummaryRow {
  readonly name: string
  readonly access: string
  readonly active: number
  readonly entries: number
  readonly bytes: number
}

function summaryOf({ name, access, active, entries, bytes }: SummaryRow): QueueSummary {
  return {
    name,
    access: queueAccessOf(access),
    isActive: active === 1,
    entries: Number(entries),
    bytes: Number(bytes),
  }
}

/** A row without what is large. */
export function queueEntryOf(row: Row): QueueEntry {
  return {
    id: row.id,
    queue: row.queue,
    messageGuid: row.message_guid,
    correlationId: row.correlation_id,
    createdAt: row.created_at,
    overdueAt: row.overdue_at,
    expiresAt: row.expires_at,
    state: row.state as QueueState,
    nextAt: row.next_at,
    failures: row.failures,
    crashes: row.crashes,
    runGuid: row.run_guid ?? undefined,
    retries: row.failures + row.crashes,
  }
}

/** Rows say nothing else. */
export function queueAccessOf(text: string): QueueAccess {
  return text === 'exclusive' ? 'exclusive' : 'non-exclusive'
}
