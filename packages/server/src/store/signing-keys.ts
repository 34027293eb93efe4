import type { Selectable } from 'kysely'
import type { LocalChanges } from './changes.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import type { SigningKeyRow, SigningKeys } from './signing-key-store.ts'
import type { Writer } from './writer.ts'

export function createSigningKeys(database: Database, writer: Writer, changes: LocalChanges, seal: Seal): SigningKeys {
  return {
    list: () => list(database, seal),
    async change(change) {
      const isChanged = await writer.write(async tx => {
        const before = await list(tx, seal)
        const after = change(before)
        if (after === before) return false
        await tx.deleteFrom('signing_keys').execute()
        // Two servers that change the same state write the same numbers: the key of the table refuses the second.
        for (const row of after) await tx.insertInto('signing_keys').values(toRow(row, seal)).execute()
        return true
      })
      if (isChanged) changes.emit('signing-keys', '')
      return isChanged
    },
  }
}

async function list(database: Database, seal: Seal): Promise<SigningKeyRow[]> {
  const rows = await database.selectFrom('signing_keys').selectAll().orderBy('number').execute()
  return rows.map(row => fromRow(row, seal))
}

function toRow({ number, kid, privateKey, createdAt, signsFrom, signsUntil }: SigningKeyRow, seal: Seal) {
  return {
    number,
    kid,
    private_key: seal.seal(sealName(kid), privateKey),
    created_at: createdAt,
    signs_from: signsFrom ?? null,
    signs_until: signsUntil ?? null,
  }
}

function fromRow(row: Selectable<Schema['signing_keys']>, seal: Seal): SigningKeyRow {
  const privateKey = seal.open(sealName(row.kid), row.private_key)
  if (!privateKey) throw new Error(`Expected the signing key "${row.kid}" as it was sealed, found it changed`)
  return {
    number: row.number,
    kid: row.kid,
    privateKey,
    createdAt: row.created_at,
    signsFrom: row.signs_from ?? undefined,
    signsUntil: row.signs_until ?? undefined,
  }
}

/** Authenticated with the key: a row cannot be given the private key of another. */
function sealName(kid: string): string {
  return `signing-key:${kid}`
}
