import { sql } from 'kysely'
import { inBatches } from './batches.ts'
import type { Database, Tx } from './schema.ts'
import type { Writer } from './writer.ts'

/** Whose tokens: everybody's, or those for which all of this holds. */
export interface Holder {
  readonly client?: number
  /** Spellings of one name. */
  readonly users?: readonly string[]
}

/**
 * Deletes what clients were given and users allowed them, in batches, also what comes meanwhile; resolves with the number of
 * access tokens. One that the server's end interrupts has to be asked for again.
 */
export async function deleteGiven(writer: Writer, holder: Holder): Promise<number> {
  const deleted = await inBatches(limit => writer.write(tx => deleteTokens(tx, holder, limit)))
  await deleteAllowed(writer, holder)
  return deleted
}

/** Deletes what users allowed clients, in batches, and refresh tokens before their authorizations: one may have very many. */
export async function deleteAllowed(writer: Writer, holder: Holder): Promise<void> {
  await inBatches(limit => writer.write(tx => deleteRefreshTokens(tx, holder, limit)))
  await inBatches(limit => writer.write(tx => deleteAuthorizations(tx, holder, limit)))
}

/** Deletes the access tokens that a client got for itself, in batches; resolves with their number. */
export function deleteOwn(writer: Writer, client: number): Promise<number> {
  return inBatches(limit => writer.write(tx => deleteTokens(tx, { client, isOwn: true }, limit)))
}

interface Tokens extends Holder {
  /** Only those that clients got for themselves. */
  readonly isOwn?: true
  /** Only those issued at this time or before. */
  readonly until?: number
}

/** Deletes access tokens, at most `limit` of them where it is given; resolves with how many. */
export async function deleteTokens(tx: Tx, { client, users, isOwn, until }: Tokens, limit?: number): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('tokens')
    .where('key', 'in', from => {
      let found = from.selectFrom('tokens').select('key')
      if (client !== undefined) found = found.where('client', '=', client)
      if (users) found = found.where('user_name', 'in', users)
      if (isOwn) found = found.where('user_name', 'is', null)
      if (until !== undefined) found = found.where('issued_at', '<=', until)
      return limit === undefined ? found : found.limit(limit)
    })
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The same of refresh tokens. */
export async function deleteRefreshTokens(
  tx: Tx,
  { client, users, until }: Omit<Tokens, 'isOwn'>,
  limit?: number,
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('refresh_tokens')
    .where('key', 'in', from => {
      let found = from.selectFrom('refresh_tokens').select('key')
      if (client !== undefined) found = found.where('client', '=', client)
      if (users) {
        const ofUsers = tx.selectFrom('user_authorizations').select('key').where('user_name', 'in', users)
        found = found.where('authorization', 'in', ofUsers)
      }
      if (until !== undefined) found = found.where('issued_at', '<=', until)
      return limit === undefined ? found : found.limit(limit)
    })
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The same of authorizations. What is left of their tokens goes with them: foreign keys. */
export async function deleteAuthorizations(tx: Tx, { client, users }: Holder, limit?: number): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('user_authorizations')
    .where('key', 'in', from => {
      let found = from.selectFrom('user_authorizations').select('key')
      if (client !== undefined) found = found.where('client', '=', client)
      if (users) found = found.where('user_name', 'in', users)
      return limit === undefined ? found : found.limit(limit)
    })
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Names that one query reads: a look into an index for each, which together takes about a millisecond. */
const namesAtOnce = 500

/** How the name of a user is spelled in tokens and authorizations: identity providers assert names in whichever case. */
export async function spellingsOf(database: Database, user: string): Promise<string[]> {
  const lower = user.toLowerCase()
  const spellings = new Set([user])
  for (const table of ['tokens', 'user_authorizations'] as const) {
    let names: readonly string[] = ['']
    do {
      names = await namesAfter(database, table, names.at(-1) ?? '')
      for (const name of names) if (name.toLowerCase() === lower) spellings.add(name)
      await new Promise(resolve => setImmediate(resolve))
    } while (names.length === namesAtOnce)
  }
  return [...spellings]
}

/** The next names of users, each once: from one to the next along the index, past all rows of it. */
async function namesAfter(database: Database, table: 'tokens' | 'user_authorizations', last: string) {
  const next = (after: unknown) => sql`select min(user_name) from ${sql.table(table)} where user_name > ${after}`
  const { rows } = await sql<{ name: string }>`
    with recursive names(place, name) as (
      select 1, (${next(last)})
      union all
      select place + 1, (${next(sql.ref('names.name'))}) from names where name is not null and place < ${namesAtOnce}
    )
    select name from names where name is not null`.execute(database)
  return rows.map(({ name }) => name)
}
