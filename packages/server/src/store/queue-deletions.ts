import { sql } from 'kysely'
import { withinOneDeletion } from './one-deletion.ts'
import type { Tx } from './schema.ts'
import type { Queues } from './store.ts'
import type { Writer } from './writer.ts'

/** How messages leave queues without being processed. */
export function createQueueDeletions(
  writer: Writer,
): Pick<Queues, 'cancel' | 'deleteMessage' | 'delete' | 'deleteExpired'> {
  return {
    async cancel(runGuid, now) {
      const deleted = await writer.write(async tx => {
        const waiting = tx.deleteFrom('queue_messages').where('run_guid', '=', runGuid).where('state', '=', 'ready')
        const { numDeletedRows } = await waiting.executeTakeFirst()
        if (numDeletedRows > 0n) await cancelLogs(tx, [runGuid], now)
        return numDeletedRows
      })
      return deleted > 0n
    },
    async deleteMessage(queue, id) {
      const deleted = await writer.write(async tx => {
        const rows = await tx
          .deleteFrom('queue_messages')
          .where('queue', '=', queue)
          .where('id', '=', id)
          .where('state', '!=', 'claimed')
          .returning('run_guid')
          .execute()
        await cancelLogs(
          tx,
          rows.map(row => row.run_guid),
        )
        return rows.length
      })
      return deleted > 0
    },
    async delete(name) {
      const deleted = await writer.write(async tx => {
        const messages = tx.selectFrom('queue_messages').where('queue', '=', name).where('run_guid', 'is not', null)
        const rows = await messages.select('run_guid').execute()
        await cancelLogs(
          tx,
          rows.map(row => row.run_guid),
        )
        return tx.deleteFrom('queues').where('name', '=', name).executeTakeFirst()
      })
      return deleted.numDeletedRows > 0n
    },
    async deleteExpired(now, limit) {
      return writer.write(async tx => {
        const expired = await tx
          .selectFrom('queue_messages')
          .leftJoin('queue_contents', 'queue_contents.id', 'queue_messages.id')
          .select(['queue_messages.id', sql<number | null>`length(content)`.as('size')])
          .where('expires_at', '<=', now)
          .where('state', '!=', 'claimed')
          .orderBy('expires_at')
          .limit(limit)
          .execute()
        const chosen = withinOneDeletion(expired).map(({ id }) => id)
        if (chosen.length > 0) await tx.deleteFrom('queue_messages').where('id', 'in', chosen).execute()
        return chosen.length
      })
    },
  }
}

/** "Manual cancellation of entries in the JMS queue - MPL is set to status cancelled" (Message Status). */
async function cancelLogs(tx: Tx, runGuids: readonly (string | null)[], now?: number): Promise<void> {
  for (const runGuid of runGuids) {
    if (runGuid === null) continue
    await tx
      .updateTable('message_logs')
      .set({ status: 'CANCELLED', ...(now !== undefined && { log_end: now }) })
      .where('message_guid', '=', runGuid)
      .where('status', '=', 'RETRY')
      .execute()
  }
}
