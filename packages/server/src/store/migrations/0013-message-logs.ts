import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Backend } from '../backend.ts'
import type { Migration } from './migration.ts'

/**
 * Details of message logs, and indexes that hold what lists filter, sort and count by, so that they read no row for it. The
 * rows get a number of their own, which every index holds anyway: it makes the order of lists total.
 */
export const messageLogs: Migration = {
  name: '0013-message-logs',
  async up(database, backend) {
    const { schema } = database
    await numberLogs(database, backend)
    await schema.alterTable('queue_messages').addColumn('run_guid', 'text').execute()
    await schema
      .createIndex('queue_messages_of_run')
      .on('queue_messages')
      .column('run_guid')
      .where(sql.ref('run_guid'), 'is not', sql.lit(null))
      .execute()
    await schema
      .createIndex('message_logs_by_end')
      .on('message_logs')
      .columns(['log_end', 'log_start', 'status'])
      .execute()
    await schema
      .createIndex('message_logs_by_artifact')
      .on('message_logs')
      .columns(['artifact_id', 'log_end', 'log_start', 'status'])
      .execute()
    await schema
      .createIndex('message_logs_unusual')
      .on('message_logs')
      .columns(['status', 'log_end'])
      .where(sql.ref('status'), '<>', sql.lit('COMPLETED'))
      .execute()
    await schema
      .createIndex('message_logs_unusual_of_artifact')
      .on('message_logs')
      .columns(['artifact_id', 'status', 'log_end'])
      .where(sql.ref('status'), '<>', sql.lit('COMPLETED'))
      .execute()
    await schema
      .createIndex('message_logs_correlated')
      .on('message_logs')
      .column('correlation_id')
      .where(sql.ref('correlation_id'), '<>', sql.ref('message_guid'))
      .execute()
    await schema
      .createIndex('message_logs_by_application_id')
      .on('message_logs')
      .column('application_message_id')
      .where(sql.ref('application_message_id'), 'is not', sql.lit(null))
      .execute()
    await details(schema, backend)
  },
}

const columns = [
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

/** Puts the rows, in the order in which they ended, into a table whose rows are numbered. */
async function numberLogs(database: Kysely<unknown>, backend: Backend): Promise<void> {
  const { schema } = database
  await backend
    .withCountingKey(schema.createTable('numbered_logs'))
    .addColumn('message_guid', 'text', column => column.notNull().unique())
    .addColumn('correlation_id', 'text', column => column.notNull())
    .addColumn('artifact_id', 'text', column => column.notNull())
    .addColumn('artifact_name', 'text', column => column.notNull())
    .addColumn('package_id', 'text', column => column.notNull())
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('custom_status', 'text')
    .addColumn('log_start', 'bigint', column => column.notNull())
    .addColumn('log_end', 'bigint', column => column.notNull())
    .addColumn('sender', 'text')
    .addColumn('receiver', 'text')
    .addColumn('application_message_id', 'text')
    .addColumn('application_message_type', 'text')
    .addColumn('error', 'text')
    .addColumn('error_step_id', 'text')
    .addColumn('log_level', 'text')
    .execute()
  const names = sql.join(columns.map(name => sql.ref(name)))
  await sql`insert into numbered_logs (${names}) select ${names} from message_logs order by log_end`.execute(database)
  await schema.dropTable('message_logs').execute()
  await schema.alterTable('numbered_logs').renameTo('message_logs').execute()
}

async function details(schema: Kysely<unknown>['schema'], backend: Backend): Promise<void> {
  await ofMessage(backend.clustered(schema.createTable('message_custom_headers')))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('message_custom_headers_key', ['message_guid', 'number'])
    .execute()
  await schema
    .createIndex('message_custom_headers_by_value')
    .on('message_custom_headers')
    .columns(['name', 'value', 'message_guid', 'number'])
    .execute()
  await ofMessage(backend.clustered(schema.createTable('message_adapter_attributes')))
    .addColumn('adapter_id', 'text', column => column.notNull())
    .addColumn('adapter_message_id', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('message_adapter_attributes_key', ['message_guid', 'number'])
    .execute()
  await ofMessage(backend.clustered(schema.createTable('message_runs')))
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('started_at', 'bigint', column => column.notNull())
    .addColumn('stopped_at', 'bigint', column => column.notNull())
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('log_level', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('message_runs_key', ['message_guid', 'number'])
    .execute()
  await schema.createIndex('message_runs_by_id').on('message_runs').column('id').execute()
  await ofMessage(schema.createTable('message_attachments'))
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('content_type', 'text', column => column.notNull())
    .addColumn('size', 'bigint', column => column.notNull())
    .addColumn('content', backend.bytes, column => column.notNull())
    .addPrimaryKeyConstraint('message_attachments_key', ['message_guid', 'number'])
    .execute()
  await schema
    .createIndex('message_attachments_by_age')
    .on('message_attachments')
    .columns(['created_at', 'size'])
    .execute()
}

/** Details end with their log. */
function ofMessage(table: CreateTableBuilder<string>): CreateTableBuilder<string, 'message_guid' | 'number'> {
  return table
    .addColumn('message_guid', 'text', column =>
      column.notNull().references('message_logs.message_guid').onDelete('cascade'),
    )
    .addColumn('number', 'integer', column => column.notNull())
}
