import type { Migration } from './migration.ts'

export const userCertificates: Migration = {
  name: '0018-user-certificates',
  async up({ schema }, backend) {
    await schema
      .createTable('certificate_user_mappings')
      .addColumn('id', 'text', column => column.notNull().primaryKey())
      .addColumn('user_name', 'text', column => column.notNull())
      .addColumn('certificate', backend.bytes, column => column.notNull())
      .addColumn('valid_until', 'bigint', column => column.notNull())
      .addColumn('created_by', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('modified_by', 'text', column => column.notNull())
      .addColumn('modified_at', 'bigint', column => column.notNull())
      .execute()
  },
}
