import type { StoredClientSecret } from '@sluice/oauth'
import type { Selectable } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { selectClientKey } from './client-key.ts'
import type { ClientSecret, ClientSecrets } from './client-secret-store.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['client_secrets']>

export function createClientSecrets(database: Database, writer: Writer, changes: LocalChanges): ClientSecrets {
  const changed = <Result>(clientId: string, result: Result): Result => {
    changes.emit('clients', clientId)
    return result
  }
  return {
    list: async clientId => (await rowsOf(database, clientId)).map(describe),
    async listAll() {
      const rows = await select(database).select('clients.id as client_id').execute()
      return new Map(
        [...Map.groupBy(rows, row => row.client_id)].map(([clientId, secrets]) => [clientId, secrets.map(describe)]),
      )
    },
    async add(clientId, secret) {
      const added = await writer.write(tx => add(tx, clientId, secret))
      return typeof added === 'object' ? changed(clientId, added) : added
    },
    async setExpiry(clientId, id, expiresAt) {
      const isSet = await writer.write(async tx => {
        const row = (await rowsOf(tx, clientId)).find(({ key }) => String(key) === id)
        if (!row) return false
        const expires_at = expiresAt ?? null
        await tx.updateTable('client_secrets').set({ expires_at }).where('key', '=', row.key).execute()
        return true
      })
      return isSet && changed(clientId, true)
    },
    async delete(clientId, id, now) {
      const deleted = await writer.write(async tx => {
        const rows = await rowsOf(tx, clientId)
        const row = rows.find(({ key }) => String(key) === id)
        if (!row) return false
        if (!rows.some(other => other !== row && isValid(other, now))) return 'last'
        await tx.deleteFrom('client_secrets').where('key', '=', row.key).execute()
        return true
      })
      return deleted === true ? changed(clientId, true) : deleted
    },
  }
}

/** What has to be known to check a secret of a client. */
export async function findSecrets(database: Database, clientId: string): Promise<StoredClientSecret[]> {
  const rows = await rowsOf(database, clientId)
  return rows.map(({ key, hash, expires_at }) => ({ id: String(key), hash, expiresAt: expires_at ?? undefined }))
}

/** Puts one secret, or none, in the place of all secrets of a client. */
export async function replaceSecrets(
  tx: Tx,
  client: number,
  hash: string | undefined,
  createdAt: number,
): Promise<void> {
  await tx.deleteFrom('client_secrets').where('client', '=', client).execute()
  if (hash === undefined) return
  await tx.insertInto('client_secrets').values({ client, place: 1, hash, created_at: createdAt }).execute()
}

/** Notes when a secret was used. No change of the client: what is remembered of it stays. */
export async function noteUse(writer: Writer, id: string, at: number): Promise<void> {
  await writer.write(tx =>
    tx
      .updateTable('client_secrets')
      .set({ last_used_at: at })
      .where('key', '=', Number(id))
      .where(where => where.or([where('last_used_at', 'is', null), where('last_used_at', '<', at)]))
      .execute(),
  )
}

function select(database: Database) {
  return database
    .selectFrom('client_secrets')
    .innerJoin('clients', 'clients.key', 'client_secrets.client')
    .selectAll('client_secrets')
    .orderBy('client_secrets.key')
}

function rowsOf(database: Database, clientId: string): Promise<Row[]> {
  return select(database)
    .where('clients.id_lower', '=', clientId.toLowerCase())
    .where('clients.id', '=', clientId)
    .execute()
}

async function add(
  tx: Tx,
  clientId: string,
  { hash, createdAt, expiresAt }: Parameters<ClientSecrets['add']>[1],
): Promise<ClientSecret | 'full' | undefined> {
  const client = await selectClientKey(tx, clientId).executeTakeFirst()
  if (!client) return undefined
  const rows = await rowsOf(tx, clientId)
  const valid = rows.filter(row => isValid(row, createdAt))
  const place = [1, 2].find(number => !valid.some(row => row.place === number))
  if (place === undefined) return 'full'
  for (const { key } of rows.filter(row => !valid.includes(row))) {
    await tx.deleteFrom('client_secrets').where('key', '=', key).execute()
  }
  // Two servers that add one at the same moment take the same place: the constraint refuses the second.
  const added = await tx
    .insertInto('client_secrets')
    .values({ client: client.key, place, hash, created_at: createdAt, expires_at: expiresAt ?? null })
    .onConflict(conflict => conflict.columns(['client', 'place']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return added ? describe(added) : 'full'
}

function isValid({ expires_at }: Row, now: number): boolean {
  return expires_at === null || now < expires_at
}

function describe({ key, created_at, expires_at, last_used_at }: Row): ClientSecret {
  return {
    id: String(key),
    createdAt: created_at,
    expiresAt: expires_at ?? undefined,
    lastUsedAt: last_used_at ?? undefined,
  }
}
