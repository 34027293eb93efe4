import type { Migration } from './migration.ts'

export const begunChanges: Migration = {
  name: '0033-begun-changes',
  async up(database, backend) {
    await backend
      .withCountingKey(database.schema.createTable('begun_changes'))
      .addColumn('time', 'bigint', column => column.notNull())
      .addColumn('object', 'integer', column => column.notNull())
      .addColumn('action', 'integer', column => column.notNull())
      .addColumn('method', 'integer')
      .addColumn('ids', 'text')
      .addColumn('user_name', 'text')
      .addColumn('client_id', 'text')
      .addColumn('address', 'text')
      .addColumn('changes', 'text')
      .execute()
  },
}
