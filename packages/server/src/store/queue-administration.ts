import type { QueueAccess } from '@sluice/iflow'
import { type Selectable, sql } from 'kysely'
import type { LocalChanges } from './changes.ts'
import type { Database, Schema } from './schema.ts'
import type { QueueEntry, QueueState, Queues } from './store.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['queue_messages']>

/** What people do with queues and their messages. */
export function createQueueAdministration(
  database: Database,
  writer: Writer,
  changes: LocalChanges,
): Pick<Queues, 'list' | 'entries' | 'retry' | 'move' | 'deleteMessage' | 'delete' | 'deleteExpired'> {
  return {
    async list() {
      const rows = await database
        .selectFrom('queues')
        .leftJoin('queue_messages', 'queue_messages.queue', 'queues.name')
        .select(({ fn }) => ['queues.name', 'queues.access', fn.count('queue_messages.id').as('entries')])
        .select(sql<number>`coalesce(sum(case when state = 'blocked' then 1 else 0 end), 0)`.as('blocked'))
        .groupBy(['queues.name', 'queues.access'])
        .orderBy('queues.name')
        .execute()
      return rows.map(({ name, access, entries, blocked }) => {
        return { name, access: queueAccessOf(access), entries: Number(entries), blocked: Number(blocked) }
      })
    },
    async entries(queue, limit) {
      const rows = await database
        .selectFrom('queue_messages')
        .selectAll()
        .where('queue', '=', queue)
        .orderBy('key')
        .limit(limit)
        .execute()
      return rows.map(queueEntryOf)
    },
    async retry(queue, id) {
      const changed = await writer.write(tx => {
        const update = tx
          .updateTable('queue_messages')
          .set({ state: 'ready', next_at: 0, crashes: 0 })
          .where('queue', '=', queue)
          .where('state', '!=', 'claimed')
        return (id === undefined ? update : update.where('id', '=', id)).executeTakeFirst()
      })
      changes.emit('queues', queue)
      return Number(changed.numUpdatedRows)
    },
    async move(queue, target, id) {
      const changed = await writer.write(async tx => {
        const update = tx
          .updateTable('queue_messages')
          .set({ queue: target, state: 'ready', next_at: 0, failures: 0, crashes: 0 })
          .where('queue', '=', queue)
          .where('state', '!=', 'claimed')
        return (id === undefined ? update : update.where('id', '=', id)).executeTakeFirst()
      })
      changes.emit('queues', target)
      return Number(changed.numUpdatedRows)
    },
    async deleteMessage(queue, id) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('queue_messages')
          .where('queue', '=', queue)
          .where('id', '=', id)
          .where('state', '!=', 'claimed')
          .executeTakeFirst(),
      )
      return deleted.numDeletedRows > 0n
    },
    async delete(name) {
      const deleted = await writer.write(tx => tx.deleteFrom('queues').where('name', '=', name).executeTakeFirst())
      return deleted.numDeletedRows > 0n
    },
    async deleteExpired(now, limit) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('queue_messages')
          .where('id', 'in', expired =>
            expired
              .selectFrom('queue_messages')
              .select('id')
              .where('expires_at', '<=', now)
              .where('state', '!=', 'claimed')
              .limit(limit),
          )
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
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
    retries: row.failures + row.crashes,
  }
}

/** Rows say nothing else. */
export function queueAccessOf(text: string): QueueAccess {
  return text === 'exclusive' ? 'exclusive' : 'non-exclusive'
}
