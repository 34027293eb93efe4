import { sql } from 'kysely'
import type { Migration } from './migration.ts'

export const userAuthorizations: Migration = {
  name: '0024-user-authorizations',
  async up({ schema }, backend) {
    await schema
      .alterTable('clients')
      .addColumn('refresh_token_lifetime_seconds', 'integer', column => column.notNull().defaultTo(2_592_000))
      .execute()
    await backend
      .clustered(schema.createTable('application_scopes'))
      .addColumn('application', 'text', column => column.notNull())
      .addColumn('id', 'text', column => column.notNull())
      .addColumn('description', 'text', column => column.notNull())
      .addColumn('translations', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('application_scopes_key', ['application', 'id'])
      .execute()
    await backend
      .withCountingKey(schema.createTable('user_authorizations'))
      .addColumn('client', 'integer', column => column.notNull().references('clients.key').onDelete('cascade'))
      .addColumn('user_name', 'text', column => column.notNull())
      .addColumn('scopes', 'text', column => column.notNull())
      .addColumn('code', backend.bytes, column => column.notNull().unique())
      .addColumn('code_challenge', 'text')
      .addColumn('redirect_uri', 'text')
      .addColumn('issued_at', 'bigint', column => column.notNull())
      .addColumn('redeemed', 'integer', column => column.notNull())
      .addColumn('used_at', 'bigint', column => column.notNull())
      .execute()
    await schema
      .createIndex('user_authorizations_by_client')
      .on('user_authorizations')
      .columns(['client', 'used_at'])
      .execute()
    await schema
      .createIndex('user_authorizations_pending')
      .on('user_authorizations')
      .column('issued_at')
      .where(sql.ref('redeemed'), '=', sql.lit(0))
      .execute()
    await backend
      .clustered(schema.createTable('refresh_tokens'))
      .addColumn('key', backend.bytes, column => column.notNull().primaryKey())
      .addColumn('authorization', 'integer', column =>
        column.notNull().references('user_authorizations.key').onDelete('cascade'),
      )
      .addColumn('client', 'integer', column => column.notNull())
      .addColumn('issued_at', 'bigint', column => column.notNull())
      .addColumn('used', 'integer', column => column.notNull())
      .execute()
    await schema.createIndex('refresh_tokens_family').on('refresh_tokens').column('authorization').execute()
    await schema.createIndex('refresh_tokens_by_client').on('refresh_tokens').columns(['client', 'issued_at']).execute()
    await schema
      .alterTable('tokens')
      .addColumn('authorization', 'integer', column => column.references('user_authorizations.key').onDelete('cascade'))
      .execute()
    await schema.createIndex('user_authorizations_by_user').on('user_authorizations').column('user_name').execute()
    await schema
      .createIndex('tokens_by_user')
      .on('tokens')
      .columns(['user_name', 'issued_at'])
      .where(sql.ref('user_name'), 'is not', null)
      .execute()
    await schema
      .createIndex('tokens_family')
      .on('tokens')
      .column('authorization')
      .where(sql.ref('authorization'), 'is not', null)
      .execute()
  },
}
