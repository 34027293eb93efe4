import type { Migration } from './migration.ts'

/** Clients that authenticate by keys and certificates, tokens bound to either, and pushed authorization requests. */
export const clientKeys: Migration = {
  name: '0029-client-keys',
  async up({ schema }, backend) {
    const clients = () => schema.alterTable('clients')
    await clients().addColumn('key_authentication', 'text').execute()
    await clients().addColumn('token_binding', 'text').execute()
    await clients()
      .addColumn('require_pushed_authorization_requests', 'integer', column => column.notNull().defaultTo(0))
      .execute()
    await schema.alterTable('tokens').addColumn('confirmation', 'text').execute()
    await schema.alterTable('user_authorizations').addColumn('confirmation', 'text').execute()
    await backend
      .clustered(schema.createTable('used_proofs'))
      .addColumn('key', backend.bytes, column => column.notNull().primaryKey())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .execute()
    await schema.createIndex('used_proofs_by_expiry').on('used_proofs').column('expires_at').execute()
    await backend
      .clustered(schema.createTable('pushed_requests'))
      .addColumn('key', backend.bytes, column => column.notNull().primaryKey())
      .addColumn('client', 'integer', column => column.notNull().references('clients.key').onDelete('cascade'))
      .addColumn('address', 'text', column => column.notNull())
      .addColumn('parameters', 'text', column => column.notNull())
      .addColumn('opened', 'integer', column => column.notNull())
      .addColumn('expires_at', 'bigint', column => column.notNull())
      .execute()
    await schema.createIndex('pushed_requests_by_expiry').on('pushed_requests').column('expires_at').execute()
    await schema.createIndex('pushed_requests_by_client').on('pushed_requests').columns(['client', 'address']).execute()
  },
}
