import type { Migration } from './migration.ts'

export const queues: Migration = {
  name: '0007-queues',
  async up({ schema }, backend) {
    await backend
      .clustered(schema.createTable('queues'))
      .addColumn('name', 'text', column => column.notNull().primaryKey())
      .addColumn('access', 'text', column => column.notNull())
      .execute()
    await backend
      .withCountingKey(schema.createTable('queue_messages'))
      .addColumn('queue', 'text', column => column.notNull().references('queues.name').onDelete('cascade'))
      .addColumn('id', 'text', column => column.notNull().unique())
      .addColumn('message_guid', 'text', column => column.notNull())
      .addColumn('correlation_id', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('overdue_at', 'bigint', column => column.notNull())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .addColumn('state', 'text', column => column.notNull())
      .addColumn('next_at', 'bigint', column => column.notNull())
      .addColumn('failures', 'integer', column => column.notNull())
      .addColumn('crashes', 'integer', column => column.notNull())
      .execute()
    await schema
      .createIndex('queue_messages_due')
      .on('queue_messages')
      .columns(['queue', 'state', 'next_at', 'key'])
      .execute()
    await schema.createIndex('queue_messages_expiry').on('queue_messages').column('expires_at').execute()
    // Apart, so that lists and claims neither read nor rewrite what may be large.
    await schema
      .createTable('queue_contents')
      .addColumn('id', 'text', column =>
        column.notNull().primaryKey().references('queue_messages.id').onDelete('cascade'),
      )
      .addColumn('content', backend.bytes, column => column.notNull())
      .addColumn('compressed', 'integer', column => column.notNull())
      .addColumn('encrypted', 'integer', column => column.notNull())
      .execute()
  },
}
