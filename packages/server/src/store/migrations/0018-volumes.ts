import { type Kysely, sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Counting and adding up what is in queues and data stores reads these indexes alone. */
export const volumes: Migration = {
  name: '0018-volumes',
  async up(database: Kysely<unknown>) {
    const { schema } = database
    await schema
      .alterTable('queue_messages')
      .addColumn('size', 'bigint', column => column.notNull().defaultTo(0))
      .execute()
    await sql`
      update queue_messages set size = coalesce(
        (select length(content) from queue_contents where queue_contents.id = queue_messages.id), 0)
    `.execute(database)
    await schema.createIndex('queue_messages_size').on('queue_messages').columns(['queue', 'size']).execute()
    await schema
      .createIndex('data_store_entries_times')
      .on('data_store_entries')
      .columns(['flow_id', 'store', 'expires_at', 'overdue_at'])
      .execute()
  },
}
