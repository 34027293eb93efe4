import type { Migration } from './migration.ts'

export const flowData: Migration = {
  name: '0005-flow-data',
  async up({ schema }, backend) {
    await schema
      .createTable('data_store_entries')
      .addColumn('flow_id', 'text', column => column.notNull())
      .addColumn('store', 'text', column => column.notNull())
      .addColumn('id', 'text', column => column.notNull())
      .addColumn('message_guid', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('overdue_at', 'bigint', column => column.notNull())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .addColumn('encrypted', 'integer', column => column.notNull())
      .addColumn('size', 'bigint', column => column.notNull())
      .addColumn('content', backend.bytes, column => column.notNull())
      .addPrimaryKeyConstraint('data_store_entries_key', ['flow_id', 'store', 'id'])
      .execute()
    await schema.createIndex('data_store_entries_expiry').on('data_store_entries').column('expires_at').execute()
    await schema
      .createTable('persisted_messages')
      .addColumn('id', 'text', column => column.notNull().primaryKey())
      .addColumn('flow_id', 'text', column => column.notNull())
      .addColumn('message_guid', 'text', column => column.notNull())
      .addColumn('step_id', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .addColumn('encrypted', 'integer', column => column.notNull())
      .addColumn('content', backend.bytes, column => column.notNull())
      .execute()
    await schema.createIndex('persisted_messages_expiry').on('persisted_messages').column('expires_at').execute()
    await schema.createIndex('persisted_messages_guid').on('persisted_messages').column('message_guid').execute()
    await backend
      .clustered(schema.createTable('processed_messages'))
      .addColumn('flow_id', 'text', column => column.notNull())
      .addColumn('step_id', 'text', column => column.notNull())
      .addColumn('message_id', 'text', column => column.notNull())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('processed_messages_key', ['flow_id', 'step_id', 'message_id'])
      .execute()
    await schema.createIndex('processed_messages_expiry').on('processed_messages').column('expires_at').execute()
    await schema
      .alterTable('variables')
      .addColumn('written_at', 'bigint', column => column.notNull().defaultTo(0))
      .execute()
    await schema.alterTable('variables').addColumn('sealed', backend.bytes).execute()
  },
}
