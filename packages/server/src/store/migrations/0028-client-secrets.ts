import { type Kysely, sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Up to two secrets of a client, each with its own expiry, in place of one. */
export const clientSecrets: Migration = {
  name: '0028-client-secrets',
  async up(database: Kysely<unknown>, backend) {
    const { schema } = database
    await backend
      .withCountingKey(schema.createTable('client_secrets'))
      .addColumn('client', 'integer', column => column.notNull().references('clients.key').onDelete('cascade'))
      .addColumn('place', 'integer', column => column.notNull())
      .addColumn('hash', 'text', column => column.notNull())
      .addColumn('created_at', 'bigint', column => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('last_used_at', 'bigint')
      .addUniqueConstraint('client_secrets_places', ['client', 'place'])
      .execute()
    // When the secret was last changed is not known.
    await sql`insert into client_secrets (client, place, hash, created_at)
      select key, 1, secret_hash, created_at from clients where secret_hash is not null and confidential = 1
    `.execute(database)
    await schema.alterTable('clients').dropColumn('secret_hash').execute()
  },
}
