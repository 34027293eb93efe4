import { type Kysely, sql } from 'kysely'
import type { Backend } from '../backend.ts'
import type { Migration } from './migration.ts'

const dayMs = 86_400_000

/** Steps of runs and the messages at them apart, log levels, attachments of persisted messages. Traces of the last hour go. */
export const runsAndLevels: Migration = {
  name: '0014-runs-and-levels',
  async up(database, backend) {
    await database.schema.dropTable('trace_steps').execute()
    await createSteps(database, backend)
    await createOthers(database, backend)
  },
}

async function createSteps({ schema }: Kysely<unknown>, backend: Backend): Promise<void> {
  await backend
    .withCountingKey(schema.createTable('run_steps'))
    .addColumn('run_id', 'text', column => column.notNull())
    .addColumn('step', 'integer', column => column.notNull())
    .addColumn('started_at', 'bigint', column => column.notNull())
    .addColumn('stopped_at', 'bigint', column => column.notNull())
    .addColumn('element_id', 'text', column => column.notNull())
    .addColumn('element_name', 'text', column => column.notNull())
    .addColumn('process_id', 'text', column => column.notNull())
    .addColumn('call_depth', 'integer', column => column.notNull())
    .addColumn('branch', 'text', column => column.notNull())
    .addColumn('error', 'text')
    .execute()
  await schema.createIndex('run_steps_of_run').on('run_steps').columns(['run_id', 'step']).execute()
  await backend
    .withCountingKey(schema.createTable('trace_messages'))
    .addColumn('message_guid', 'text', column => column.notNull())
    .addColumn('run_id', 'text', column => column.notNull())
    .addColumn('step', 'integer', column => column.notNull())
    .addColumn('element_id', 'text', column => column.notNull())
    .addColumn('mime_type', 'text')
    .addColumn('payload_size', 'bigint', column => column.notNull())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .addColumn('size', 'bigint', column => column.notNull())
    .addColumn('content', backend.bytes, column => column.notNull())
    .execute()
  await schema.createIndex('trace_messages_of_step').on('trace_messages').columns(['run_id', 'step']).execute()
  // With sizes, so that their sum is read from the index.
  await schema.createIndex('trace_messages_expiry').on('trace_messages').columns(['expires_at', 'size']).execute()
}

async function createOthers(database: Kysely<unknown>, backend: Backend): Promise<void> {
  const { schema } = database
  await schema
    .createTable('log_levels')
    .addColumn('flow_id', 'text', column => column.notNull().primaryKey())
    .addColumn('level', 'text', column => column.notNull())
    .addColumn('temporary', 'text')
    .addColumn('until', 'bigint')
    .execute()
  await schema
    .alterTable('persisted_messages')
    .addColumn('attachments', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  await schema
    .createTable('persisted_attachments')
    .addColumn('id', 'text', column => column.notNull().primaryKey())
    .addColumn('message_id', 'text', column => column.notNull().references('persisted_messages.id').onDelete('cascade'))
    .addColumn('number', 'integer', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('content_type', 'text', column => column.notNull())
    .addColumn('content', backend.bytes, column => column.notNull())
    .execute()
  await schema
    .createIndex('persisted_attachments_of_message')
    .on('persisted_attachments')
    .columns(['message_id', 'number'])
    .execute()
  await schema
    .alterTable('processed_messages')
    .addColumn('created_at', 'bigint', column => column.notNull().defaultTo(0))
    .execute()
  await schema.createIndex('processed_messages_id').on('processed_messages').column('message_id').execute()
  await sql`update processed_messages set created_at = expires_at - ${sql.lit(90 * dayMs)}`.execute(database)
}
