import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Users of SAML providers beside those of OpenID providers: several providers may vouch for one name. */
export const assertedUsers: Migration = {
  name: '0032-asserted-users',
  async up(database, backend) {
    const { schema } = database
    await schema.dropIndex('external_users_by_provider').execute()
    await schema.alterTable('external_users').renameTo('users_of_openid_providers').execute()
    await backend
      .clustered(schema.createTable('external_users'))
      .addColumn('name_lower', 'text', column => column.notNull())
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('provider_lower', 'text', column =>
        column.notNull().references('identity_providers.name_lower').onDelete('cascade'),
      )
      .addColumn('subject', 'text', column => column.notNull())
      .addColumn('email', 'text', column => column.notNull())
      .addColumn('display_name', 'text', column => column.notNull())
      .addColumn('search_text', 'text', column => column.notNull())
      .addColumn('signed_in_at', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('external_users_key', ['name_lower', 'provider_lower'])
      .execute()
    const columns = sql`name_lower, name, provider_lower, subject, email, display_name, search_text, signed_in_at`
    await sql`insert into external_users (${columns}) select ${columns} from users_of_openid_providers`.execute(
      database,
    )
    await schema.dropTable('users_of_openid_providers').execute()
    await schema.createIndex('external_users_by_provider').on('external_users').column('provider_lower').execute()
    // Two OpenID accounts that come at the same moment must not get one name.
    await schema
      .createIndex('external_users_accounts')
      .unique()
      .on('external_users')
      .column('name_lower')
      .where(sql.ref('subject'), '<>', sql.lit(''))
      .execute()
  },
}
