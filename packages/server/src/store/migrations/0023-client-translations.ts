import type { Migration } from './migration.ts'

/** Names and descriptions of clients in other languages. */
export const clientTranslations: Migration = {
  name: '0023-client-translations',
  async up({ schema }) {
    await schema
      .alterTable('clients')
      .addColumn('translations', 'text', column => column.notNull().defaultTo('{}'))
      .execute()
  },
}
