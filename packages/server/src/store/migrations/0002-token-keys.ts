import type { Kysely } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Tokens are stored in the order of time: what was the SHA-256 of a token has the time in front. The time is part of a
 * token's text, so those issued before could not be found any more: clients have to fetch new ones.
 */
export const tokenKeys: Migration = {
  name: '0002-token-keys',
  async up(database) {
    await (database as Kysely<{ tokens: object }>).deleteFrom('tokens').execute()
    await database.schema.alterTable('tokens').renameColumn('hash', 'key').execute()
  },
}
