import type { Migration } from './migration.ts'

export const credentials: Migration = {
  name: '0002-credentials',
  async up({ schema }, backend) {
    await backend
      .clustered(schema.createTable('credentials'))
      .addColumn('name', 'text', column => column.notNull().primaryKey())
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('description', 'text', column => column.notNull())
      .addColumn('attributes', 'text', column => column.notNull())
      .addColumn('secret', backend.bytes, column => column.notNull())
      .addColumn('deployed_by', 'text', column => column.notNull())
      .addColumn('deployed_at', 'bigint', column => column.notNull())
      .execute()
  },
}
