import type { Migration } from './migration.ts'

/** Trusted identity providers, the groups that they put users in, and the assertions that were used. */
export const identityProviders: Migration = {
  name: '0027-identity-providers',
  async up({ schema }, backend) {
    await backend
      .clustered(schema.createTable('identity_providers'))
      .addColumn('name_lower', 'text', column => column.notNull().primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('description', 'text', column => column.notNull())
      .addColumn('enabled', 'integer', column => column.notNull())
      .addColumn('settings', 'text', column => column.notNull())
      .addColumn('client_secret', backend.bytes)
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('modified_at', 'bigint', column => column.notNull())
      .execute()
    await backend
      .clustered(schema.createTable('mapped_groups'))
      .addColumn('user_lower', 'text', column => column.notNull())
      .addColumn('provider_lower', 'text', column =>
        column.notNull().references('identity_providers.name_lower').onDelete('cascade'),
      )
      .addColumn('group_lower', 'text', column => column.notNull().references('groups.name_lower').onDelete('cascade'))
      .addPrimaryKeyConstraint('mapped_groups_key', ['user_lower', 'provider_lower', 'group_lower'])
      .execute()
    await schema
      .createIndex('mapped_groups_by_provider')
      .on('mapped_groups')
      .columns(['provider_lower', 'user_lower'])
      .execute()
    await schema.createIndex('mapped_groups_by_group').on('mapped_groups').column('group_lower').execute()
    await backend
      .clustered(schema.createTable('used_assertions'))
      .addColumn('key', backend.bytes, column => column.notNull().primaryKey())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .execute()
    await schema.createIndex('used_assertions_by_expiry').on('used_assertions').column('expires_at').execute()
  },
}
