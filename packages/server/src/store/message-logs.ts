import type { FilterExpression } from '@sluice/odata'
import { type Selectable, sql } from 'kysely'
import { countRows } from './listing.ts'
import { MessageLogBuffer, type MessageLogBufferOptions } from './message-log-buffer.ts'
import { createMessageDetails } from './message-log-details.ts'
import { customHeaderCondition, logPage, messageLogListing, unusual } from './message-log-listing.ts'
import { createMessageLogPurge } from './message-log-purge.ts'
import { messageLogWriter } from './message-log-writer.ts'
import { createMessageRuns } from './message-runs.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import type { MessageLog, MessageLogs, MessageStatus } from './store.ts'
import type { Writer } from './writer.ts'

export interface MessageLogsParts {
  readonly database: Database
  readonly writer: Writer
  readonly seal: Seal
}

export function createMessageLogs(parts: MessageLogsParts, options: MessageLogBufferOptions): MessageLogs {
  const { database, writer, seal } = parts
  const write = messageLogWriter(database, seal)
  const buffer = new MessageLogBuffer(logs => writer.write(write(logs)), options)
  const flush = () => buffer.flush()
  const matching = (customHeaders: FilterExpression | undefined) => {
    const query = database.selectFrom('message_logs')
    return customHeaders ? query.where(customHeaderCondition(customHeaders)) : query
  }
  return {
    record: log => buffer.add(log),
    flush,
    drained: () => buffer.drained(),
    async list(query) {
      await flush()
      const listed = logPage(matching(query.customHeaders).selectAll(), query)
      return (await listed.execute()).map(fromRow)
    },
    async count({ filter, customHeaders }) {
      await flush()
      return countRows(matching(customHeaders), filter, messageLogListing)
    },
    async find(messageGuid) {
      await flush()
      const found = await database
        .selectFrom('message_logs')
        .selectAll()
        .where('message_guid', '=', messageGuid)
        .executeTakeFirst()
      return found && fromRow(found)
    },
    ...createMessageDetails(database, seal, flush),
    ...createMessageLogPurge(writer),
    ...createMessageRuns(database, flush),
    async abandonUnfinished(now) {
      const abandoned = await writer.write(tx =>
        tx
          .updateTable('message_logs')
          .set({ status: 'ABANDONED', log_end: sql`case when log_start > ${now} then log_start else ${now} end` })
          .where('status', '=', 'PROCESSING')
          .where(unusual)
          .executeTakeFirst(),
      )
      return Number(abandoned.numUpdatedRows)
    },
  }
}

function fromRow(row: Selectable<Schema['message_logs']>): MessageLog {
  return {
    messageGuid: row.message_guid,
    correlationId: row.correlation_id,
    artifactId: row.artifact_id,
    artifactName: row.artifact_name,
    packageId: row.package_id,
    status: row.status as MessageStatus,
    customStatus: row.custom_status ?? undefined,
    logStart: row.log_start,
    logEnd: row.log_end,
    sender: row.sender ?? undefined,
    receiver: row.receiver ?? undefined,
    applicationMessageId: row.application_message_id ?? undefined,
    applicationMessageType: row.application_message_type ?? undefined,
    error: row.error ?? undefined,
    errorStepId: row.error_step_id ?? undefined,
    logLevel: row.log_level ?? 'INFO',
  }
}
