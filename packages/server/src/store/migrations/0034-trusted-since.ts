import type { Migration } from './migration.ts'

/** From when on what users have by the word of an identity provider counts: a number that is another after each end. */
export const trustedSince: Migration = {
  name: '0034-trusted-since',
  async up({ schema }) {
    await schema
      .alterTable('identity_providers')
      .addColumn('trusted_since', 'bigint', column => column.notNull().defaultTo(0))
      .execute()
  },
}
