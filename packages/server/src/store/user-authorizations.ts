import {
  authorizationCodeSeconds,
  type Confirmation,
  type IssuedTokens,
  type StoredAuthorization,
  type UserAuthorization,
} from '@sluice/oauth'
import type { Selectable } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { selectClientKey } from './client-key.ts'
import { type ClientRange, ClientSweep, issuedBefore } from './client-sweep.ts'
import { isVouchedFor } from './external-users.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { UserAuthorizations } from './store.ts'
import type { Writer } from './writer.ts'

/** Of one user for one client, both of those that wait for their code and of those that the client has tokens of. */
const authorizationsMax = 100

export function createUserAuthorizations(
  database: Database,
  writer: Writer,
  changes: LocalChanges,
): UserAuthorizations {
  const select = database
    .selectFrom('user_authorizations')
    .innerJoin('clients', 'clients.key', 'user_authorizations.client')
    .selectAll('user_authorizations')
    .select('clients.id as client_id')
  const refreshTokens = new ClientSweep(database)
  const families = new ClientSweep(database)
  return {
    insert: (code, authorization) => writer.write(tx => insert(tx, code, authorization)),
    async findByCode(code) {
      const row = await select.where('user_authorizations.code', '=', code).executeTakeFirst()
      return row && { ...fromRow(row), isRedeemed: row.redeemed === 1 }
    },
    async redeem(id, tokens) {
      const ended = await writer.write(tx => redeem(tx, id, tokens))
      if (ended === undefined) return false
      if (ended > 0) changes.emit('tokens', '')
      return true
    },
    async findByRefreshToken(token) {
      const row = await select
        .innerJoin('refresh_tokens', 'refresh_tokens.authorization', 'user_authorizations.key')
        .select(['refresh_tokens.used', 'refresh_tokens.issued_at as token_issued_at'])
        .where('refresh_tokens.key', '=', token)
        .executeTakeFirst()
      return row && { ...fromRow(row), isUsed: row.used === 1, tokenIssuedAt: row.token_issued_at }
    },
    rotate: (token, tokens) =>
      writer.write(async tx => {
        const used = await tx
          .updateTable('refresh_tokens')
          .set({ used: 1 })
          .where('key', '=', token)
          .where('used', '=', 0)
          .returning('authorization')
          .executeTakeFirst()
        if (!used) return false
        await issue(tx, used.authorization, tokens)
        return true
      }),
    async end(id) {
      // Its tokens go with it: foreign keys.
      const ended = await writer.write(tx =>
        tx.deleteFrom('user_authorizations').where('key', '=', id).executeTakeFirst(),
      )
      if (ended.numDeletedRows === 0n) return false
      changes.emit('tokens', '')
      return true
    },
    async list({ clientId, user, limit }) {
      let query = select.where('redeemed', '=', 1).orderBy('used_at', 'desc').orderBy('user_authorizations.key')
      if (clientId !== undefined)
        query = query.where('user_authorizations.client', '=', selectClientKey(database, clientId))
      if (user !== undefined) query = query.where('user_name', '=', user)
      return (await query.limit(limit).execute()).map(row => ({ ...fromRow(row), usedAt: row.used_at }))
    },
    deleteExpiredCodes: (now, limit) => writer.write(tx => deletePending(tx, now, limit)),
    async deleteExpiredRefreshTokens(now, limit) {
      const keys = await refreshTokens.next(clients => findExpiredRefreshTokens(database, clients, now, limit))
      if (keys.length > 0) await writer.write(tx => tx.deleteFrom('refresh_tokens').where('key', 'in', keys).execute())
      return keys.length
    },
    async deleteExpired(now, limit) {
      const keys = await families.next(clients => findUnused(database, clients, now, limit))
      if (keys.length > 0) {
        await writer.write(tx => tx.deleteFrom('user_authorizations').where('key', 'in', keys).execute())
      }
      return keys.length
    },
  }
}

async function insert(tx: Tx, code: Uint8Array, authorization: UserAuthorization): Promise<boolean> {
  const { clientId, user, scopes, redirectUri, codeChallenge, issuedAt, confirmation } = authorization
  const client = await selectClientKey(tx, clientId).executeTakeFirst()
  if (!client || !(await isSignedIn(tx, authorization))) return false
  await tx
    .insertInto('user_authorizations')
    .values({
      ...{ client: client.key, user_name: user, scopes: scopes.join(' '), code },
      ...{ code_challenge: codeChallenge ?? null, redirect_uri: redirectUri ?? null },
      ...{ issued_at: issuedAt, redeemed: 0, used_at: issuedAt, confirmation: jsonOf(confirmation) },
    })
    .execute()
  await endOldest(tx, { client: client.key, user, redeemed: 0 })
  return true
}

/** Whoever disables or deletes a user, or sets another password, ends what the user allowed: nothing may come in after that. */
async function isSignedIn(tx: Tx, { user, session }: UserAuthorization): Promise<boolean> {
  if (!(await isEnabled(tx, user)) && !(await isVouchedFor(tx, user))) return false
  if (!session) return true
  const found = tx.selectFrom('sessions').select('key').where('key', '=', session).where('user_name', '=', user)
  return (await found.executeTakeFirst()) !== undefined
}

async function isEnabled(tx: Tx, user: string): Promise<boolean> {
  const enabled = tx
    .selectFrom('users')
    .select('name')
    .where('name_lower', '=', user.toLowerCase())
    .where('enabled', '=', 1)
  return (await enabled.executeTakeFirst()) !== undefined
}

/** Resolves with how many older authorizations it ended; undefined, without effect, when the code cannot be redeemed any more. */
async function redeem(tx: Tx, id: number, tokens: IssuedTokens): Promise<number | undefined> {
  const redeemed = await tx
    .updateTable('user_authorizations')
    .set({ redeemed: 1 })
    .where('key', '=', id)
    .where('redeemed', '=', 0)
    .returning(['client', 'user_name'])
    .executeTakeFirst()
  if (!redeemed) return undefined
  await issue(tx, id, tokens)
  return endOldest(tx, { client: redeemed.client, user: redeemed.user_name, redeemed: 1 })
}

/**
 * Ends those of a user and a client beyond the limit that were used longest ago; resolves with how many. Codes that wait have a
 * limit of their own: everybody can have a browser ask for some.
 */
async function endOldest(
  tx: Tx,
  { client, user, redeemed }: { readonly client: number; readonly user: string; readonly redeemed: 0 | 1 },
): Promise<number> {
  const deleted = await tx
    .deleteFrom('user_authorizations')
    .where('key', 'in', from =>
      from
        .selectFrom('user_authorizations')
        .select('key')
        .where('user_name', '=', user)
        .where('client', '=', client)
        .where('redeemed', '=', redeemed)
        .orderBy('used_at', 'desc')
        .orderBy('key', 'desc')
        .limit(authorizationsMax)
        .offset(authorizationsMax),
    )
    .executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

/** Stores what a request got. The authorization is there: its row was updated, or its refresh token, in this transaction. */
async function issue(tx: Tx, id: number, issued: IssuedTokens): Promise<void> {
  const { accessToken, refreshToken, refreshBinding } = issued
  const { key, user, scopes, issuedAt, confirmation } = accessToken
  const { client } = await tx
    .updateTable('user_authorizations')
    .set({ used_at: issuedAt, ...(refreshBinding && { confirmation: jsonOf(refreshBinding) }) })
    .where('key', '=', id)
    .returning('client')
    .executeTakeFirstOrThrow()
  const common = { client, issued_at: issuedAt, authorization: id }
  await tx
    .insertInto('tokens')
    .values({
      ...{ ...common, key, user_name: user ?? null, confirmation: jsonOf(confirmation) },
      scopes: scopes.length === 0 ? null : scopes.join(' '),
    })
    .execute()
  await tx
    .insertInto('refresh_tokens')
    .values({ ...common, key: refreshToken, used: 0 })
    .execute()
}

/** Codes that were never redeemed. */
async function deletePending(tx: Tx, now: number, limit: number): Promise<number> {
  const deleted = await tx
    .deleteFrom('user_authorizations')
    .where('key', 'in', from =>
      from
        .selectFrom('user_authorizations')
        .select('key')
        .where('redeemed', '=', 0)
        .where('issued_at', '<=', now - authorizationCodeSeconds * 1000)
        .limit(limit),
    )
    .executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

async function findExpiredRefreshTokens(database: Database, [above, upTo]: ClientRange, now: number, limit: number) {
  const rows = await database
    .selectFrom('clients')
    .crossJoin('refresh_tokens')
    .select('refresh_tokens.key')
    .where('clients.key', '>', above)
    .where('clients.key', '<=', upTo)
    .whereRef('refresh_tokens.client', '=', 'clients.key')
    .where('refresh_tokens.issued_at', '<=', issuedBefore(now, 'refresh_token_lifetime_seconds'))
    .limit(limit)
    .execute()
  return rows.map(({ key }) => key)
}

/** Those whose last tokens have expired, of both kinds. */
async function findUnused(database: Database, [above, upTo]: ClientRange, now: number, limit: number) {
  const rows = await database
    .selectFrom('clients')
    .crossJoin('user_authorizations')
    .select('user_authorizations.key')
    .where('clients.key', '>', above)
    .where('clients.key', '<=', upTo)
    .whereRef('user_authorizations.client', '=', 'clients.key')
    .where('used_at', '<=', issuedBefore(now, 'token_lifetime_seconds'))
    .where('used_at', '<=', issuedBefore(now, 'refresh_token_lifetime_seconds'))
    .where('used_at', '<=', now - authorizationCodeSeconds * 1000)
    .limit(limit)
    .execute()
  return rows.map(({ key }) => key)
}

function fromRow(row: Selectable<Schema['user_authorizations']> & { client_id: string }): StoredAuthorization {
  return {
    id: row.key,
    clientId: row.client_id,
    user: row.user_name,
    scopes: row.scopes === '' ? [] : row.scopes.split(' '),
    redirectUri: row.redirect_uri ?? undefined,
    codeChallenge: row.code_challenge ?? undefined,
    issuedAt: row.issued_at,
    ...(row.confirmation !== null && { confirmation: JSON.parse(row.confirmation) as Confirmation }),
  }
}

function jsonOf(confirmation: Confirmation | undefined): string | null {
  return confirmation ? JSON.stringify(confirmation) : null
}
