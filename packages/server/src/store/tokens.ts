import type { Confirmation, OpaqueToken } from '@sluice/oauth'
import { CompiledQuery } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { selectClientKey } from './client-key.ts'
import { type ClientRange, ClientSweep, issuedBefore } from './client-sweep.ts'
import { multiRowWrite } from './multi-row.ts'
import type { Database, Tx } from './schema.ts'
import type { Tokens } from './store.ts'
import { deleteGiven, deleteOwn, spellingsOf } from './token-deletions.ts'
import { listTokens } from './token-lists.ts'
import { fromRow, selectTokens, type TokenRow } from './token-rows.ts'
import { rowBatcher, type Writer } from './writer.ts'

export function createTokens(database: Database, writer: Writer, changes: LocalChanges): Tokens {
  const insert = rowBatcher(writer, tokenInsert(database))
  const sweep = new ClientSweep(database)
  // Compiled once: building the query costs more than running it.
  const byKey = selectTokens(database).where('tokens.key', '=', new Uint8Array()).compile().sql
  /** Tells of several, also when not all could be deleted, and when those that came meanwhile went with what they came of. */
  const telling = async (deletion: Promise<number>): Promise<number> => {
    try {
      return await deletion
    } finally {
      changes.emit('tokens', '')
    }
  }
  return {
    insert: token =>
      token.confirmation === undefined ? insert(token) : writer.write(tx => insertBound(tx, token, token.confirmation)),
    async find(key) {
      const { rows } = await database.executeQuery<TokenRow>(CompiledQuery.raw(byKey, [key]))
      return rows[0] && fromRow(rows[0])
    },
    list: query => listTokens(database, query),
    async delete(key) {
      const deleted = await writer.write(tx => deleteToken(tx, key))
      if (!deleted) return false
      changes.emit('tokens', deleted === 'family' ? '' : Buffer.from(key).toString('hex'))
      return true
    },
    async deleteByClient(clientId, which = 'all') {
      const client = await selectClientKey(database, clientId).executeTakeFirst()
      if (!client) return 0
      return telling(which === 'own' ? deleteOwn(writer, client.key) : deleteGiven(writer, { client: client.key }))
    },
    async deleteByUser(user) {
      return telling(deleteGiven(writer, { users: await spellingsOf(database, user) }))
    },
    deleteAll: () => telling(deleteGiven(writer, {})),
    async deleteExpired(now, limit) {
      const keys = await sweep.next(clients => findExpired(database, clients, now, limit))
      if (keys.length > 0) await writer.write(tx => tx.deleteFrom('tokens').where('key', 'in', keys).execute())
      return keys.length
    },
  }
}

/** Apart from the others, so that they have no parameter more. */
async function insertBound(tx: Tx, token: OpaqueToken, confirmation: Confirmation | undefined): Promise<void> {
  await tx
    .insertInto('tokens')
    .values({
      key: token.key,
      client: selectClientKey(tx, token.clientId).$asScalar(),
      issued_at: token.issuedAt,
      user_name: token.user ?? null,
      scopes: token.scopes.length === 0 ? null : token.scopes.join(' '),
      confirmation: JSON.stringify(confirmation),
    })
    .execute()
}

async function deleteToken(tx: Tx, key: Uint8Array): Promise<'token' | 'family' | undefined> {
  const deleted = await tx.deleteFrom('tokens').where('key', '=', key).returning('authorization').executeTakeFirst()
  if (!deleted) return undefined
  if (deleted.authorization === null) return 'token'
  await tx.deleteFrom('user_authorizations').where('key', '=', deleted.authorization).execute()
  return 'family'
}

async function findExpired(database: Database, [above, upTo]: ClientRange, now: number, limit: number) {
  const rows = await database
    .selectFrom('clients')
    .crossJoin('tokens')
    .select('tokens.key')
    .where('clients.key', '>', above)
    .where('clients.key', '<=', upTo)
    .whereRef('tokens.client', '=', 'clients.key')
    .where('tokens.issued_at', '<=', issuedBefore(now, 'token_lifetime_seconds'))
    .limit(limit)
    .execute()
  return rows.map(({ key }) => key)
}

function tokenInsert(database: Database): (tx: Tx, rows: readonly OpaqueToken[]) => Promise<void> {
  const empty = new Uint8Array()
  return multiRowWrite<OpaqueToken>(
    count =>
      database
        .insertInto('tokens')
        .values(from =>
          Array.from({ length: count }, () => ({
            key: empty,
            // Null, and so refused, when the client is gone.
            client: from
              .selectFrom('clients')
              .select('clients.key')
              .where('id_lower', '=', '')
              .where('id', '=', '')
              .$asScalar(),
            issued_at: 0,
            user_name: '',
            scopes: '',
          })),
        )
        .compile(),
    (token, parameters) =>
      parameters.push(
        token.key,
        token.clientId.toLowerCase(),
        token.clientId,
        token.issuedAt,
        token.user ?? null,
        token.scopes.length === 0 ? null : token.scopes.join(' '),
      ),
  )
}
