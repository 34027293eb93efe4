import type { LocalChanges } from './changes.ts'
import { type Changing, keystoreImports } from './keystore-import.ts'
import { type KeystoreKeys, keystoreKeys } from './keystore-keys.ts'
import { keystoreReads } from './keystore-reads.ts'
import { type EntryRow, entryRowOf, fromRow, lower } from './keystore-rows.ts'
import { checkSize, deleteRow, findRow, insertRow, noteModification, replaceRow } from './keystore-tx.ts'
import type { Database, Tx } from './schema.ts'
import type { Seal } from './seal.ts'
import { DuplicateError, type KeystoreEntry, type KeystoreStore, type Modification } from './store.ts'
import type { Writer } from './writer.ts'

export function createKeystore(database: Database, writer: Writer, changes: LocalChanges, seal: Seal): KeystoreStore {
  const keys = keystoreKeys(seal)
  const change: Changing = async (name, alias, modification, work) => {
    const isChanged = await writer.write(async tx => {
      if (!(await work(tx))) return false
      await noteModification(tx, name, modification)
      return true
    })
    if (isChanged && name === 'system') changes.emit('keystore', alias)
    return isChanged
  }
  return { ...keystoreReads(database, keys), ...entryChanges(change, keys), ...keystoreImports(change, keys) }
}

/** Changes of entries by their aliases. */
function entryChanges(
  change: Changing,
  keys: KeystoreKeys,
): Pick<KeystoreStore, 'create' | 'put' | 'certify' | 'rename' | 'delete'> {
  const rowOf = (entry: KeystoreEntry, privateKey: Uint8Array | undefined) =>
    entryRowOf(entry, privateKey && keys.seal(entry.alias, privateKey))
  return {
    async create(entry, privateKey) {
      const row = rowOf(entry, privateKey)
      await change('system', entry.alias, modificationOf(entry), async tx => {
        if (await findRow(tx, entry.alias)) throw new DuplicateError(entry.alias)
        return addRow(tx, row)
      })
    },
    async put(entry, privateKey) {
      const row = rowOf(entry, privateKey)
      await change('system', entry.alias, modificationOf(entry), async tx => {
        const old = await findRow(tx, entry.alias)
        if (!old) return addRow(tx, row)
        if (old.kind !== row.kind) throw new DuplicateError(entry.alias)
        return replaceRow(tx, old, { ...row, alias: old.alias, hex_alias: old.hex_alias })
      })
    },
    certify(alias, { privateKey, certificates }, { by, at }) {
      return change('system', alias, { by, at }, async tx => {
        const old = await findRow(tx, alias)
        const key = old && keys.open(old)
        if (!key || !Buffer.from(key).equals(privateKey)) return false
        return replaceRow(tx, old, rowOf({ ...fromRow(old), certificates, modifiedBy: by, modifiedAt: at }, key))
      })
    },
    rename(alias, to, { by, at }) {
      return change('system', '', { by, at }, async tx => {
        const old = await findRow(tx, alias)
        if (!old) return false
        if (lower(to) !== old.alias_lower && (await findRow(tx, to))) throw new DuplicateError(to)
        return replaceRow(
          tx,
          old,
          rowOf({ ...fromRow(old), alias: to, modifiedBy: by, modifiedAt: at }, keys.open(old)),
        )
      })
    },
    async delete(aliases, modification) {
      let missing: readonly string[] = []
      await change('system', '', modification, async tx => {
        const found = new Map<string, EntryRow | undefined>()
        for (const alias of aliases) found.set(alias, await findRow(tx, alias))
        missing = aliases.filter(alias => !found.get(alias))
        if (missing.length > 0) return false
        for (const row of found.values()) if (row) await deleteRow(tx, row)
        return found.size > 0
      })
      return missing
    },
  }
}

async function addRow(tx: Tx, row: EntryRow): Promise<true> {
  await insertRow(tx, row)
  await checkSize(tx)
  return true
}

function modificationOf({ modifiedBy, modifiedAt }: KeystoreEntry): Modification {
  return { by: modifiedBy, at: modifiedAt }
}
