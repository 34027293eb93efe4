import type { Migration } from './migration.ts'

/** How the pages that end users see look: one row, or none for the default theme without a logo. */
export const branding: Migration = {
  name: '0022-branding',
  async up({ schema }, backend) {
    await schema
      .createTable('branding')
      .addColumn('id', 'text', column => column.notNull().primaryKey())
      .addColumn('theme', 'text', column => column.notNull())
      .addColumn('logo_type', 'text')
      .addColumn('logo', backend.bytes)
      .addColumn('modified_at', 'bigint', column => column.notNull())
      .execute()
  },
}
