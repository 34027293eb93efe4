import type { Selectable } from 'kysely'
import { attachmentSealName } from './message-log-details.ts'
import { multiRowWrite } from './multi-row.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { Seal } from './seal.ts'
import type { MessageLog, MessageLogDetails } from './store.ts'
import type { Work } from './writer.ts'

/** "When characters exceed 200 bytes it is … truncated" (patch release notes). */
const customHeaderBytesMax = 200

/** The first one and 50 retries, as many as the original's monitor shows. */
const runsMax = 51

type Rows = {
  readonly [Table in
    | 'message_custom_headers'
    | 'message_adapter_attributes'
    | 'message_attachments'
    | 'message_runs']: Selectable<Schema[Table]>[]
}

/** Makes what writes logs and their details in one transaction. Logs without details cost nothing besides their row. */
export function messageLogWriter(database: Database, seal: Seal): (logs: readonly MessageLog[]) => Work<void> {
  const upsert = messageLogUpsert(database)
  const writeCustomHeaders = inserter(database, 'message_custom_headers', ['name', 'value'])
  const writeAttributes = inserter(database, 'message_adapter_attributes', [
    'adapter_id',
    'adapter_message_id',
    'name',
    'value',
  ])
  return logs => {
    const detailed = logs.filter(log => log.details !== undefined)
    if (detailed.length === 0) return tx => upsert(tx, logs)
    const rows = detailRows(detailed, seal)
    const replaced = detailed.filter(({ details }) => (details?.run?.number ?? 1) > 1).map(log => log.messageGuid)
    return async tx => {
      await upsert(tx, logs)
      if (replaced.length > 0) await deleteDetails(tx, replaced)
      await writeCustomHeaders(tx, rows.message_custom_headers)
      await writeAttributes(tx, rows.message_adapter_attributes)
      for (const row of rows.message_attachments) await tx.insertInto('message_attachments').values(row).execute()
      for (const row of rows.message_runs) await writeRun(tx, row)
    }
  }
}

async function deleteDetails(tx: Tx, messageGuids: readonly string[]): Promise<void> {
  for (const table of ['message_custom_headers', 'message_adapter_attributes', 'message_attachments'] as const) {
    await tx.deleteFrom(table).where('message_guid', 'in', messageGuids).execute()
  }
}

async function writeRun(tx: Tx, row: Selectable<Schema['message_runs']>): Promise<void> {
  const { message_guid, number, ...values } = row
  await tx
    .insertInto('message_runs')
    .values(row)
    .onConflict(conflict => conflict.columns(['message_guid', 'number']).doUpdateSet(values))
    .execute()
}

function detailRows(logs: readonly MessageLog[], seal: Seal): Rows {
  const rows: Rows = {
    message_custom_headers: [],
    message_adapter_attributes: [],
    message_attachments: [],
    message_runs: [],
  }
  for (const { messageGuid, logEnd, details } of logs) if (details) addRows(rows, messageGuid, logEnd, details, seal)
  return rows
}

function addRows(rows: Rows, messageGuid: string, logEnd: number, details: MessageLogDetails, seal: Seal): void {
  for (const [index, [name, value]] of details.customHeaders.entries()) {
    const row = { message_guid: messageGuid, number: index + 1, name, value: cut(value, customHeaderBytesMax) }
    rows.message_custom_headers.push(row)
  }
  for (const [index, { adapterId, adapterMessageId, name, value }] of details.adapterAttributes.entries()) {
    const row = { message_guid: messageGuid, number: index + 1, name, value }
    rows.message_adapter_attributes.push({ ...row, adapter_id: adapterId, adapter_message_id: adapterMessageId })
  }
  const { run } = details
  if (run) {
    rows.message_runs.push({
      message_guid: messageGuid,
      number: Math.min(run.number, runsMax),
      id: run.id,
      started_at: run.startedAt,
      stopped_at: run.stoppedAt,
      status: run.status,
      log_level: run.logLevel,
    })
  }
  for (const [index, { name, contentType, content }] of details.attachments.entries()) {
    const number = index + 1
    rows.message_attachments.push({
      message_guid: messageGuid,
      number,
      created_at: logEnd,
      name,
      content_type: contentType,
      size: content.length,
      content: seal.seal(attachmentSealName({ messageGuid, number }), content),
    })
  }
}

/** As many whole characters as fit. */
function cut(text: string, bytesMax: number): string {
  if (text.length * 3 <= bytesMax) return text
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return text
  let end = bytesMax
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return bytes.toString('utf8', 0, end)
}

function inserter<Table extends 'message_custom_headers' | 'message_adapter_attributes'>(
  database: Database,
  table: Table,
  own: readonly (keyof Schema[Table] & string)[],
): (tx: Tx, rows: readonly Selectable<Schema[Table]>[]) => Promise<void> {
  const columns = ['message_guid', 'number', ...own] as (keyof Selectable<Schema[Table]>)[]
  const empty = Object.fromEntries(columns.map(name => [name, ''])) as never
  return multiRowWrite(
    count =>
      database
        .insertInto(table)
        .values(Array.from({ length: count }, () => empty))
        .compile(),
    (row, parameters) => {
      for (const name of columns) parameters.push(row[name])
    },
  )
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
  'log_level',
] as const

function messageLogUpsert(database: Database): (tx: Tx, logs: readonly MessageLog[]) => Promise<void> {
  const empty = Object.fromEntries(COLUMNS.map(name => [name, ''])) as unknown as Selectable<Schema['message_logs']>
  const replaced = COLUMNS.filter(name => name !== 'message_guid' && name !== 'log_start')
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
        // The clock may have been set back meanwhile, and lists count on it.
        Math.max(log.logStart, log.logEnd),
        log.sender ?? null,
        log.receiver ?? null,
        log.applicationMessageId ?? null,
        log.applicationMessageType ?? null,
        log.error ?? null,
        log.errorStepId ?? null,
        log.logLevel === 'INFO' ? null : (log.logLevel ?? null),
      ),
  )
}
