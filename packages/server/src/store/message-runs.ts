import type { Selectable } from 'kysely'
import type { Database, Schema } from './schema.ts'
import type { MessageLogs, MessageRun, MessageStatus } from './store.ts'

/** The tries of messages that had several. */
export function createMessageRuns(
  database: Database,
  flush: () => Promise<void>,
): Pick<MessageLogs, 'runs' | 'findRun'> {
  return {
    async runs(messageGuid) {
      await flush()
      const rows = await database
        .selectFrom('message_runs')
        .selectAll()
        .where('message_guid', '=', messageGuid)
        .orderBy('number', 'desc')
        .execute()
      return rows.map(fromRow)
    },
    async findRun(id) {
      await flush()
      const found = await database.selectFrom('message_runs').selectAll().where('id', '=', id).executeTakeFirst()
      return found && fromRow(found)
    },
  }
}

function fromRow(row: Selectable<Schema['message_runs']>): MessageRun {
  return {
    id: row.id,
    messageGuid: row.message_guid,
    number: row.number,
    startedAt: row.started_at,
    stoppedAt: row.stopped_at,
    status: row.status as MessageStatus,
    logLevel: row.log_level,
  }
}
