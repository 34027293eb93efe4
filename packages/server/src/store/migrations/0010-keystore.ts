import type { Migration } from './migration.ts'

export const keystore: Migration = {
  name: '0010-keystore',
  async up({ schema }, backend) {
    await backend
      .clustered(schema.createTable('keystore_entries'))
      .addColumn('alias_lower', 'text', column => column.notNull().primaryKey())
      .addColumn('alias', 'text', column => column.notNull())
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('certificates', 'text', column => column.notNull())
      .addColumn('private_key', backend.bytes)
      .addColumn('created_by', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('modified_by', 'text', column => column.notNull())
      .addColumn('modified_at', 'bigint', column => column.notNull())
      .execute()
  },
}
