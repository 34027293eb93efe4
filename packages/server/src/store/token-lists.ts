import type { OpaqueToken } from '@sluice/oauth'
import { selectClientKey } from './client-key.ts'
import type { Database } from './schema.ts'
import type { TokensQuery } from './store.ts'
import { fromRow, selectTokens } from './token-rows.ts'

/** Newest first. Every query goes along an index, however many tokens there are. */
export function listTokens(database: Database, query: TokensQuery): Promise<OpaqueToken[]> {
  const { clientId, user, limit } = query
  if (user !== undefined) return ofUser(database, { ...query, user })
  return clientId === undefined ? ofAll(database, limit) : ofClient(database, clientId, limit)
}

const newestFirst = (database: Database, limit: number) =>
  selectTokens(database).orderBy('tokens.issued_at', 'desc').orderBy('tokens.key', 'desc').limit(limit)

async function ofUser(
  database: Database,
  { user, clientId, isAlone, limit }: TokensQuery & { readonly user: string },
): Promise<OpaqueToken[]> {
  let query = newestFirst(database, limit).where('tokens.user_name', '=', user)
  if (clientId !== undefined) query = query.where('clients.id', '=', clientId)
  if (isAlone) query = query.where('tokens.authorization', 'is', null)
  return (await query.execute()).map(fromRow)
}

async function ofClient(database: Database, clientId: string, limit: number): Promise<OpaqueToken[]> {
  const client = await selectClientKey(database, clientId).executeTakeFirst()
  return client ? ofClientSince(database, client.key, 0, limit) : []
}

async function ofClientSince(database: Database, client: number, since: number, limit: number): Promise<OpaqueToken[]> {
  const query = newestFirst(database, limit).where('tokens.client', '=', client).where('tokens.issued_at', '>=', since)
  return (await query.execute()).map(fromRow)
}

/**
 * Client by client, beginning with the one that got a token last, for as long as there can be newer ones: an index on the
 * time alone would cost every token that is issued.
 */
async function ofAll(database: Database, limit: number): Promise<OpaqueToken[]> {
  const clients = await database
    .selectFrom('clients')
    .select(from => [
      'key',
      from
        .selectFrom('tokens')
        .select(tokens => tokens.fn.max('issued_at').as('issued_at'))
        .whereRef('tokens.client', '=', 'clients.key')
        .as('latest'),
    ])
    .execute()
  const inUse = clients.flatMap(({ key, latest }) => (latest === null ? [] : [{ key, latest }]))
  let found: OpaqueToken[] = []
  for (const { key, latest } of inUse.sort((a, b) => b.latest - a.latest)) {
    const since = found[limit - 1]?.issuedAt ?? 0
    if (latest < since) break
    found = [...found, ...(await ofClientSince(database, key, since, limit))]
      .sort((a, b) => b.issuedAt - a.issuedAt || Buffer.compare(b.key, a.key))
      .slice(0, limit)
  }
  return found
}
