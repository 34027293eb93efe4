import type { CreateTableBuilder } from 'kysely'
import type { Migration } from './migration.ts'

export const partnerDirectory: Migration = {
  name: '0009-partner-directory',
  async up({ schema }, backend) {
    await audited(backend.clustered(schema.createTable('partner_string_parameters')))
      .addColumn('partner_id', 'text', column => column.notNull())
      .addColumn('id', 'text', column => column.notNull())
      .addColumn('value', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('partner_string_parameters_key', ['partner_id', 'id'])
      .execute()
    // Not clustered: contents may be large.
    await audited(schema.createTable('partner_binary_parameters'))
      .addColumn('partner_id', 'text', column => column.notNull())
      .addColumn('id', 'text', column => column.notNull())
      .addColumn('content_type', 'text', column => column.notNull())
      .addColumn('value', backend.bytes, column => column.notNull())
      .addPrimaryKeyConstraint('partner_binary_parameters_key', ['partner_id', 'id'])
      .execute()
    await audited(backend.clustered(schema.createTable('alternative_partners')))
      .addColumn('agency', 'text', column => column.notNull())
      .addColumn('scheme', 'text', column => column.notNull())
      .addColumn('id', 'text', column => column.notNull())
      .addColumn('partner_id', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('alternative_partners_key', ['agency', 'scheme', 'id'])
      .execute()
    await audited(backend.clustered(schema.createTable('authorized_users')))
      .addColumn('user_lower', 'text', column => column.notNull().primaryKey())
      .addColumn('partner_id', 'text', column => column.notNull())
      .execute()
    for (const table of ['alternative_partners', 'authorized_users'])
      await schema.createIndex(`${table}_partner`).on(table).column('partner_id').execute()
  },
}

function audited<T extends string, C extends string>(table: CreateTableBuilder<T, C>) {
  return table
    .addColumn('created_by', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('modified_by', 'text', column => column.notNull())
    .addColumn('modified_at', 'bigint', column => column.notNull())
}
