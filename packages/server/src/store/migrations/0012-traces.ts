import type { Migration } from './migration.ts'

export const traces: Migration = {
  name: '0012-traces',
  async up({ schema }, backend) {
    await backend
      .withCountingKey(schema.createTable('trace_steps'))
      .addColumn('message_guid', 'text', column => column.notNull())
      .addColumn('step', 'integer', column => column.notNull())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .addColumn('size', 'bigint', column => column.notNull())
      .addColumn('content', backend.bytes, column => column.notNull())
      .execute()
    await schema.createIndex('trace_steps_of_run').on('trace_steps').columns(['message_guid', 'step']).execute()
    await schema.createIndex('trace_steps_expiry').on('trace_steps').column('expires_at').execute()
  },
}
