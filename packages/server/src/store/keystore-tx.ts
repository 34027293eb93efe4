import { sql } from 'kysely'
import { KeystoreError } from '../keystore/keystore-error.ts'
import { type EntryRow, lower } from './keystore-rows.ts'
import type { Tx } from './schema.ts'
import type { KeystoreName, Modification } from './store.ts'

/** Most entries. Chosen: each outgoing TLS connection knows them all. */
const entriesMax = 1_000

export function findRow(tx: Tx, alias: string): Promise<EntryRow | undefined> {
  return tx
    .selectFrom('keystore_entries')
    .selectAll()
    .where('keystore', '=', 'system')
    .where('alias_lower', '=', lower(alias))
    .executeTakeFirst()
}

export function rowsIn(tx: Tx, name: KeystoreName): Promise<EntryRow[]> {
  return tx.selectFrom('keystore_entries').selectAll().where('keystore', '=', name).orderBy('alias_lower').execute()
}

export async function insertRow(tx: Tx, row: EntryRow): Promise<void> {
  await tx.insertInto('keystore_entries').values(row).execute()
}

export async function deleteRow(tx: Tx, { keystore, alias_lower }: EntryRow): Promise<void> {
  const query = tx.deleteFrom('keystore_entries').where('keystore', '=', keystore)
  await query.where('alias_lower', '=', alias_lower).execute()
}

/** Who made the old entry, and when, stays. */
export async function replaceRow(tx: Tx, old: EntryRow, row: EntryRow): Promise<true> {
  await deleteRow(tx, old)
  await insertRow(tx, { ...row, created_by: old.created_by, created_at: old.created_at })
  return true
}

/** Throws `KeystoreError`. */
export async function checkSize(tx: Tx): Promise<void> {
  const { size } = await tx
    .selectFrom('keystore_entries')
    .select(sql<number>`count(*)`.as('size'))
    .where('keystore', '=', 'system')
    .executeTakeFirstOrThrow()
  if (Number(size) <= entriesMax) return
  throw new KeystoreError(`Expected at most ${entriesMax} entries in the keystore, found it to get ${size}`)
}

export async function noteModification(tx: Tx, name: KeystoreName, { by, at }: Modification): Promise<void> {
  const row = { modified_by: by, modified_at: at }
  await tx
    .insertInto('keystores')
    .values({ name, ...row })
    .onConflict(conflict => conflict.column('name').doUpdateSet(row))
    .execute()
}
