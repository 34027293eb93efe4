import { type Kysely, sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What administrators see and decide of local users, and their wrong passwords. */
export const localUsers: Migration = {
  name: '0021-local-users',
  async up(database: Kysely<unknown>) {
    const { schema } = database
    const texts = ['email', 'display_name', 'search_text']
    for (const name of texts) {
      await schema
        .alterTable('users')
        .addColumn(name, 'text', column => column.notNull().defaultTo(''))
        .execute()
    }
    const numbers = { enabled: 1, must_change_password: 0, failures: 0, failed_at: 0, locked_until: 0 }
    for (const [name, value] of Object.entries(numbers)) {
      await schema
        .alterTable('users')
        .addColumn(name, 'bigint', column => column.notNull().defaultTo(value))
        .execute()
    }
    await schema.alterTable('users').addColumn('signed_in_at', 'bigint').execute()
    await sql`update users set search_text = name_lower`.execute(database)
    await schema.createIndex('sessions_by_user').on('sessions').column('user_name').execute()
  },
}
