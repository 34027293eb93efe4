import type { LiteralValue } from '@sluice/odata'
import { type Selectable, sql } from 'kysely'
import { column, constant } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import { MessageLogBuffer, type MessageLogBufferOptions } from './message-log-buffer.ts'
import { multiRowWrite } from './multi-row.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { MessageLog, MessageLogs, MessageStatus } from './store.ts'
import type { Writer } from './writer.ts'

/** The literal the partial index is declared with; a bound parameter would hide the index from the planner. */
const unusual = sql<boolean>`status <> 'COMPLETED'`

function impliedByStatus(operator: 'eq' | 'ne', value: LiteralValue): typeof unusual | undefined {
  return (operator === 'ne') === (value === 'COMPLETED') ? unusual : undefined
}

const listing: Listing = {
  key: sql.ref('message_guid'),
  defaultOrder: [{ property: 'LogEnd', descending: true }],
  properties: {
    MessageGuid: column('message_guid'),
    CorrelationId: column('correlation_id'),
    ApplicationMessageId: column('application_message_id', 'text', { nullable: true }),
    ApplicationMessageType: column('application_message_type', 'text', { nullable: true }),
    LogStart: column('log_start', 'time'),
    LogEnd: column('log_end', 'time'),
    Sender: column('sender', 'text', { nullable: true }),
    Receiver: column('receiver', 'text', { nullable: true }),
    // The name that the original shows here, and clients filter by, is the ID.
    IntegrationFlowName: column('artifact_id'),
    Status: column('status', 'text', { implied: impliedByStatus }),
    CustomStatus: column('custom_status', 'text', { nullable: true }),
    LogLevel: constant('INFO'),
    'IntegrationArtifact/Id': column('artifact_id'),
    'IntegrationArtifact/Name': column('artifact_name'),
    'IntegrationArtifact/Type': constant('INTEGRATION_FLOW'),
    'IntegrationArtifact/PackageId': column('package_id'),
  },
}

export function createMessageLogs(database: Database, writer: Writer, options: MessageLogBufferOptions): MessageLogs {
  const upsert = messageLogUpsert(database)
  const buffer = new MessageLogBuffer(logs => writer.write(tx => upsert(tx, logs)), options)
  return {
    record: log => buffer.add(log),
    flush: () => buffer.flush(),
    drained: () => buffer.drained(),
    async list(query) {
      await buffer.flush()
      return (await page(database.selectFrom('message_logs').selectAll(), query, listing).execute()).map(fromRow)
    },
    async count({ filter }) {
      await buffer.flush()
      return countRows(database.selectFrom('message_logs'), filter, listing)
    },
    async find(messageGuid) {
      await buffer.flush()
      const found = await database
        .selectFrom('message_logs')
        .selectAll()
        .where('message_guid', '=', messageGuid)
        .executeTakeFirst()
      return found && fromRow(found)
    },
    async abandonUnfinished(now) {
      const abandoned = await writer.write(tx =>
        tx
          .updateTable('message_logs')
          .set({ status: 'ABANDONED', log_end: now })
          .where('status', '=', 'PROCESSING')
          .where(unusual)
          .executeTakeFirst(),
      )
      return Number(abandoned.numUpdatedRows)
    },
    async deleteOlderThan(before, limit) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('message_logs')
          .where('message_guid', 'in', from =>
            from
              .selectFrom('message_logs')
              .select('message_guid')
              .where('log_end', '<', before)
              .orderBy('log_end')
              .limit(limit),
          )
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
  }
}

const COLUMNS = [
  'message_guid',
  'correlation_id',
  'artifact_id',
  'artifact_name',
  'package_id',
  'status',
  'custom_status',
  'log_start',
  'log_end',
  'sender',
  'receiver',
  'application_message_id',
  'application_message_type',
  'error',
  'error_step_id',
] as const

function messageLogUpsert(database: Database): (tx: Tx, logs: readonly MessageLog[]) => Promise<void> {
  const empty = Object.fromEntries(COLUMNS.map(name => [name, ''])) as unknown as Selectable<Schema['message_logs']>
  const [, ...replaced] = COLUMNS
  return multiRowWrite<MessageLog>(
    count =>
      database
        .insertInto('message_logs')
        .values(Array.from({ length: count }, () => empty))
        .onConflict(conflict =>
          conflict
            .column('message_guid')
            .doUpdateSet(set => Object.fromEntries(replaced.map(name => [name, set.ref(`excluded.${name}`)]))),
        )
        .compile(),
    (log, parameters) =>
      parameters.push(
        log.messageGuid,
        log.correlationId,
        log.artifactId,
        log.artifactName,
        log.packageId,
        log.status,
        log.customStatus ?? null,
        log.logStart,
        log.logEnd,
        log.sender ?? null,
        log.receiver ?? null,
        log.applicationMessageId ?? null,
        log.applicationMessageType ?? null,
        log.error ?? null,
        log.errorStepId ?? null,
      ),
  )
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
  }
}
