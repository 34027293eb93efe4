import { setImmediate } from 'node:timers/promises'
import type { KeystoreKeys } from './keystore-keys.ts'
import { describedOf, type EntryRow, entryRowOf } from './keystore-rows.ts'
import { checkSize, deleteRow, insertRow, rowsIn } from './keystore-tx.ts'
import type { Tx } from './schema.ts'
import type { ImportOption, ImportOutcome, KeystoreContent, KeystoreStore, Modification } from './store.ts'

/** Makes a change of the keystore under way; `work` says whether there was any. */
export type Changing = (
  name: 'system' | 'backup_admin_system',
  alias: string,
  modification: Modification,
  work: (tx: Tx) => Promise<boolean>,
) => Promise<boolean>

/** Changes of all entries at once. */
export function keystoreImports(
  change: Changing,
  keys: KeystoreKeys,
): Pick<KeystoreStore, 'importAll' | 'backUp' | 'restore'> {
  const bringIn = async (
    rowsOf: (tx: Tx) => Promise<readonly EntryRow[]>,
    option: ImportOption,
    modification: Modification,
  ): Promise<readonly ImportOutcome[]> => {
    let outcomes: readonly ImportOutcome[] = []
    await change('system', '', modification, async tx => {
      outcomes = await importRows(tx, await rowsOf(tx), { option, modification, keys })
      await checkSize(tx)
      return outcomes.some(({ status }) => status !== 'unchanged' && status !== 'kept')
    })
    return outcomes
  }
  return {
    async importAll(contents, option, modification) {
      const rows = await rowsFor(contents, modification, keys)
      return bringIn(async () => rows, option, modification)
    },
    async backUp(modification) {
      await change('backup_admin_system', '', modification, async tx => {
        for (const row of await rowsIn(tx, 'backup_admin_system')) await deleteRow(tx, row)
        for (const row of await rowsIn(tx, 'system')) await insertRow(tx, { ...row, keystore: 'backup_admin_system' })
        return true
      })
    },
    restore: (option, modification) =>
      bringIn(
        async tx => (await rowsIn(tx, 'backup_admin_system')).map(row => ({ ...row, keystore: 'system' })),
        option,
        modification,
      ),
  }
}

/** Made outside of the transaction: each takes 0.2 ms, and there may be a thousand. */
async function rowsFor(
  contents: readonly KeystoreContent[],
  { by, at }: Modification,
  keys: KeystoreKeys,
): Promise<readonly EntryRow[]> {
  const rows: EntryRow[] = []
  for (const { alias, certificates, privateKey } of contents) {
    const kind = privateKey ? 'key-pair' : 'certificate'
    const entry = { alias, kind, certificates, createdBy: by, createdAt: at, modifiedBy: by, modifiedAt: at } as const
    rows.push(entryRowOf(entry, privateKey && keys.seal(alias, privateKey)))
    if (rows.length % 50 === 0) await setImmediate()
  }
  return rows
}

/** What is the same as before stays as it is, also who has changed it last. */
async function importRows(
  tx: Tx,
  rows: readonly EntryRow[],
  { option, modification, keys }: { option: ImportOption; modification: Modification; keys: KeystoreKeys },
): Promise<ImportOutcome[]> {
  const left = new Map((await rowsIn(tx, 'system')).map(row => [row.alias_lower, row]))
  const outcomes: ImportOutcome[] = []
  for (const row of rows) {
    const old = left.get(row.alias_lower)
    left.delete(row.alias_lower)
    const status = statusOf(old, row, option, keys)
    if (old && (status === 'unchanged' || status === 'kept')) {
      outcomes.push({ status, entry: describedOf(old) })
      continue
    }
    const after = { ...row, ...auditOf(old ?? row, modification) }
    if (old) await deleteRow(tx, old)
    await insertRow(tx, after)
    outcomes.push({ status, entry: describedOf(after) })
  }
  for (const row of left.values()) {
    if (option === 'replace') await deleteRow(tx, row)
    outcomes.push({ status: option === 'replace' ? 'removed' : 'unchanged', entry: describedOf(row) })
  }
  return outcomes
}

function statusOf(
  old: EntryRow | undefined,
  row: EntryRow,
  option: ImportOption,
  keys: KeystoreKeys,
): ImportOutcome['status'] {
  if (!old) return 'created'
  const oldKey = Buffer.from(keys.open(old) ?? [])
  if (old.certificates === row.certificates && oldKey.equals(keys.open(row) ?? new Uint8Array())) return 'unchanged'
  return option === 'merge' ? 'kept' : 'updated'
}

function auditOf(first: EntryRow, { by, at }: Modification) {
  return { created_by: first.created_by, created_at: first.created_at, modified_by: by, modified_at: at }
}
