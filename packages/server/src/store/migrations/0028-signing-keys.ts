import type { Migration } from './migration.ts'

/** Signing keys, with the times of their rotation. */
export const signingKeys: Migration = {
  name: '0028-signing-keys',
  async up({ schema }, backend) {
    await schema
      .createTable('signing_keys')
      .addColumn('number', 'integer', column => column.notNull().primaryKey())
      .addColumn('kid', 'text', column => column.notNull().unique())
      .addColumn('private_key', backend.bytes, column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('signs_from', 'bigint')
      .addColumn('signs_until', 'bigint')
      .execute()
  },
}
