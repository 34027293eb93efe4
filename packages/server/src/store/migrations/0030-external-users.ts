import type { Migration } from './migration.ts'

/** Users of OpenID providers, and which sessions came from a provider. */
export const externalUsers: Migration = {
  name: '0030-external-users',
  async up({ schema }, backend) {
    await backend
      .clustered(schema.createTable('external_users'))
      .addColumn('name_lower', 'text', column => column.notNull().primaryKey())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('provider_lower', 'text', column =>
        column.notNull().references('identity_providers.name_lower').onDelete('cascade'),
      )
      .addColumn('subject', 'text', column => column.notNull())
      .addColumn('email', 'text', column => column.notNull())
      .addColumn('display_name', 'text', column => column.notNull())
      .addColumn('search_text', 'text', column => column.notNull())
      .addColumn('signed_in_at', 'bigint', column => column.notNull())
      .execute()
    await schema.createIndex('external_users_by_provider').on('external_users').column('provider_lower').execute()
    await schema.alterTable('sessions').addColumn('provider_lower', 'text').execute()
    await schema.createIndex('user_authorizations_by_use').on('user_authorizations').column('used_at').execute()
  },
}
