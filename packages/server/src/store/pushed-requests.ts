import type { PushedRequestLimits } from '@sluice/oauth'
import { selectClientKey } from './client-key.ts'
import type { Database, Tx } from './schema.ts'
import type { PushedRequests } from './store.ts'
import type { Writer } from './writer.ts'

export function createPushedRequests(database: Database, writer: Writer): PushedRequests {
  return {
    insert: (key, { clientId, parameters, expiresAt }, address, max) =>
      writer.write(async tx => {
        const client = await selectClientKey(tx, clientId).executeTakeFirst()
        if (!client || (await isFull(tx, client.key, address, max))) return false
        const row = { key, client: client.key, address, parameters, opened: 0, expires_at: expiresAt }
        await tx.insertInto('pushed_requests').values(row).execute()
        return true
      }),
    async find(key, now) {
      const row = await database
        .selectFrom('pushed_requests')
        .innerJoin('clients', 'clients.key', 'pushed_requests.client')
        .select(['clients.id as clientId', 'parameters', 'opened', 'expires_at as expiresAt'])
        .where('pushed_requests.key', '=', key)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      if (!row) return undefined
      const { opened, ...request } = row
      return { ...request, isOpened: opened === 1 }
    },
    async open(key, until) {
      await writer.write(tx =>
        tx
          .updateTable('pushed_requests')
          .set({ opened: 1, expires_at: until })
          .where('key', '=', key)
          .where('opened', '=', 0)
          .execute(),
      )
    },
    take: key =>
      writer.write(async tx => {
        const taken = await tx.deleteFrom('pushed_requests').where('key', '=', key).executeTakeFirst()
        return taken.numDeletedRows === 1n
      }),
    deleteExpired: (now, limit) =>
      writer.write(async tx => {
        const deleted = await tx
          .deleteFrom('pushed_requests')
          .where('key', 'in', from =>
            from.selectFrom('pushed_requests').select('key').where('expires_at', '<=', now).limit(limit),
          )
          .executeTakeFirst()
        return Number(deleted.numDeletedRows)
      }),
  }
}

async function isFull(tx: Tx, client: number, address: string, max: PushedRequestLimits): Promise<boolean> {
  const ofClient = tx.selectFrom('pushed_requests').select('key').where('client', '=', client)
  const counts = await tx
    .selectNoFrom(from => [
      from
        .selectFrom(ofClient.limit(max.perClient).as('all'))
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('ofClient'),
      from
        .selectFrom(ofClient.where('address', '=', address).limit(max.perAddress).as('some'))
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('ofAddress'),
    ])
    .executeTakeFirstOrThrow()
  return Number(counts.ofClient) >= max.perClient || Number(counts.ofAddress) >= max.perAddress
}
