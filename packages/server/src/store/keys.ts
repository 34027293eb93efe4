import { StoreOpenError } from './open-error.ts'
import type { Database } from './schema.ts'
import type { Seal } from './seal.ts'
import type { Keys } from './store.ts'
import type { Writer } from './writer.ts'

/** A value sealed when the database is created: whoever can open it has the right key. */
const CHECK = 'store:check'

export function createKeys(database: Database, writer: Writer, seal: Seal): Keys {
  return {
    async find(name) {
      const found = await database.selectFrom('sealed_keys').select('value').where('name', '=', name).executeTakeFirst()
      if (!found) return undefined
      const value = seal.open(name, found.value)
      if (!value) throw new Error(`Expected the key "${name}" as it was sealed, found it changed`)
      return value
    },
    async put(name, value) {
      const sealed = seal.seal(name, value)
      await writer.write(tx =>
        tx
          .insertInto('sealed_keys')
          .values({ name, value: sealed })
          .onConflict(conflict => conflict.column('name').doUpdateSet({ value: sealed }))
          .execute(),
      )
    },
    async delete(name) {
      await writer.write(tx => tx.deleteFrom('sealed_keys').where('name', '=', name).execute())
    },
  }
}

/** Throws `StoreOpenError` (`key-wrong`) when the database was sealed with another key. */
export async function checkKey(database: Database, seal: Seal): Promise<void> {
  await database
    .insertInto('sealed_keys')
    .values({ name: CHECK, value: seal.seal(CHECK, new Uint8Array()) })
    .onConflict(conflict => conflict.column('name').doNothing())
    .execute()
  const { value } = await database
    .selectFrom('sealed_keys')
    .select('value')
    .where('name', '=', CHECK)
    .executeTakeFirstOrThrow()
  if (seal.open(CHECK, value)) return
  throw new StoreOpenError(
    'key-wrong',
    'Expected sluice.key to be the key this database was created with, found another one. ' +
      'Restore database and key file from the same backup.',
  )
}
