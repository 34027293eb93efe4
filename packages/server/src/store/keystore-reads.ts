import type { Keystore } from '@sluice/iflow'
import type { KeystoreKeys } from './keystore-keys.ts'
import {
  certificatesOf,
  describedColumns,
  describedOf,
  fromRow,
  listingAt,
  lower,
  publicColumns,
} from './keystore-rows.ts'
import { countRows, page } from './listing.ts'
import type { Database } from './schema.ts'
import type { KeystoreName, KeystoreStore } from './store.ts'

/** What is read of keystores. */
export function keystoreReads(
  database: Database,
  keys: KeystoreKeys,
): Keystore & Pick<KeystoreStore, 'find' | 'list' | 'page' | 'count' | 'describe'> {
  const of = (name: KeystoreName) => database.selectFrom('keystore_entries').where('keystore', '=', name)
  const find: KeystoreStore['find'] = async (alias, name = 'system') => {
    const row = await of(name).select(publicColumns).where('alias_lower', '=', lower(alias)).executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    find,
    async list(name = 'system') {
      return (await of(name).select(publicColumns).orderBy('alias_lower').execute()).map(fromRow)
    },
    async page(name, query, now) {
      const rows = await page(of(name).select(describedColumns), query, listingAt(now)).execute()
      return rows.map(describedOf)
    },
    count: (name, { filter }, now) => countRows(of(name), filter, listingAt(now)),
    async describe(name) {
      const modified = await database.selectFrom('keystores').selectAll().where('name', '=', name).executeTakeFirst()
      return {
        size: await countRows(of(name), undefined, listingAt(0)),
        modified: modified && { by: modified.modified_by, at: modified.modified_at },
      }
    },
    async aliases() {
      return (await of('system').select('alias').orderBy('alias_lower').execute()).map(({ alias }) => alias)
    },
    certificates: async alias => (await find(alias))?.certificates,
    async keyPair(alias) {
      const found = await of('system')
        .select(['alias', 'certificates', 'private_key'])
        .where('alias_lower', '=', lower(alias))
        .executeTakeFirst()
      const privateKey = found && keys.open(found)
      return privateKey && { privateKey, certificates: certificatesOf(found.certificates) }
    },
  }
}
