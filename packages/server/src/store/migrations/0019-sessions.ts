import type { Migration } from './migration.ts'

export const sessions: Migration = {
  name: '0019-sessions',
  async up({ schema }, backend) {
    await schema
      .createTable('sessions')
      .addColumn('key', backend.bytes, column => column.notNull().primaryKey())
      .addColumn('user_name', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('used_at', 'bigint', column => column.notNull())
      .execute()
    await schema.createIndex('sessions_use').on('sessions').column('used_at').execute()
  },
}
