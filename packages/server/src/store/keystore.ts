import type { Certificate } from '@sluice/iflow'
import type { Selectable } from 'kysely'
import type { LocalChanges } from './changes.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import { DuplicateError, type KeystoreEntry, type KeystoreStore } from './store.ts'
import type { Writer } from './writer.ts'

const described = ['alias', 'kind', 'certificates', 'created_by', 'created_at', 'modified_by', 'modified_at'] as const

export function createKeystore(database: Database, writer: Writer, changes: LocalChanges, seal: Seal): KeystoreStore {
  const lower = (alias: string) => alias.toLowerCase()
  const toRow = (entry: KeystoreEntry, privateKey: Uint8Array | undefined) => ({
    alias: entry.alias,
    kind: entry.kind,
    certificates: JSON.stringify(entry.certificates.map(certificate => Buffer.from(certificate).toString('base64'))),
    private_key: privateKey ? seal.seal(sealName(entry.alias), privateKey) : null,
    created_by: entry.createdBy,
    created_at: entry.createdAt,
    modified_by: entry.modifiedBy,
    modified_at: entry.modifiedAt,
  })
  const find = async (alias: string) => {
    const row = await database
      .selectFrom('keystore_entries')
      .select(described)
      .where('alias_lower', '=', lower(alias))
      .executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    async create(entry, privateKey) {
      const created = await writer.write(tx =>
        tx
          .insertInto('keystore_entries')
          .values({ alias_lower: lower(entry.alias), ...toRow(entry, privateKey) })
          .onConflict(conflict => conflict.column('alias_lower').doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(entry.alias)
      changes.emit('keystore', entry.alias)
    },
    async update(entry, privateKey) {
      const { alias, kind, created_by, created_at, ...changed } = toRow(entry, privateKey)
      const updated = await writer.write(tx =>
        tx
          .updateTable('keystore_entries')
          .set(changed)
          .where('alias_lower', '=', lower(alias))
          .where('kind', '=', kind)
          .executeTakeFirst(),
      )
      if (updated.numUpdatedRows === 0n) return false
      changes.emit('keystore', alias)
      return true
    },
    find,
    async list() {
      const rows = await database.selectFrom('keystore_entries').select(described).orderBy('alias_lower').execute()
      return rows.map(fromRow)
    },
    async delete(alias) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('keystore_entries').where('alias_lower', '=', lower(alias)).executeTakeFirst(),
      )
      if (deleted.numDeletedRows === 0n) return false
      changes.emit('keystore', alias)
      return true
    },
    async aliases() {
      const rows = await database.selectFrom('keystore_entries').select('alias').orderBy('alias_lower').execute()
      return rows.map(row => row.alias)
    },
    certificates: async alias => (await find(alias))?.certificates,
    async keyPair(alias) {
      const found = await database
        .selectFrom('keystore_entries')
        .select(['alias', 'certificates', 'private_key'])
        .where('alias_lower', '=', lower(alias))
        .executeTakeFirst()
      if (!found?.private_key) return undefined
      const privateKey = seal.open(sealName(found.alias), found.private_key)
      if (!privateKey) throw new Error(`Expected the private key "${alias}" as it was sealed, found it changed`)
      return { privateKey, certificates: certificatesOf(found.certificates) }
    },
  }
}

/** Authenticated with the key: a row cannot be given the private key of another. */
function sealName(alias: string): string {
  return `private-key:${alias.toLowerCase()}`
}

function certificatesOf(text: string): Certificate[] {
  return (JSON.parse(text) as string[]).map(base64 => new Uint8Array(Buffer.from(base64, 'base64')))
}

function fromRow(row: Pick<Selectable<Schema['keystore_entries']>, (typeof described)[number]>): KeystoreEntry {
  return {
    alias: row.alias,
    kind: row.kind as KeystoreEntry['kind'],
    certificates: certificatesOf(row.certificates),
    createdBy: row.created_by,
    createdAt: row.created_at,
    modifiedBy: row.modified_by,
    modifiedAt: row.modified_at,
  }
}
