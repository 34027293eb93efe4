import { sql } from 'kysely'
import type { Database } from './schema.ts'

/** Clients that one query looks at: a look into an index for each, which together takes about a millisecond. */
const clientsAtOnce = 500

/** Clients by their keys: those above the first, up to the second. */
export type ClientRange = readonly [above: number, upTo: number]

/**
 * Goes over all clients, a few at a time, to find rows that their clients' lifetimes have ended: when a row expires depends on its
 * client, so that no index can tell.
 */
export class ClientSweep {
  readonly #database: Database
  #above = 0

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * The first rows that `find` finds. The next call goes on with the same clients, until there are no more rows of them; nothing
   * is found once all clients were looked at, and then it begins anew.
   */
  async next<Key>(find: (clients: ClientRange) => Promise<readonly Key[]>): Promise<readonly Key[]> {
    for (;;) {
      const upTo = await this.#endOfPage()
      if (upTo === undefined) {
        this.#above = 0
        return []
      }
      const found = await find([this.#above, upTo])
      if (found.length > 0) return found
      this.#above = upTo
      // The database works in the turn of the event loop that asks.
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  async #endOfPage(): Promise<number | undefined> {
    const page = await this.#database
      .selectFrom('clients')
      .select('key')
      .where('key', '>', this.#above)
      .orderBy('key')
      .limit(clientsAtOnce)
      .execute()
    return page.at(-1)?.key
  }
}

/** When what has the lifetime of its client must have been issued, at the latest, to have expired by now. */
export function issuedBefore(now: number, lifetime: 'token_lifetime_seconds' | 'refresh_token_lifetime_seconds') {
  // As bigint: milliseconds are too many for what PostgreSQL takes a parameter or a product of integers for.
  return sql<number>`cast(${now} as bigint) - cast(${sql.ref(`clients.${lifetime}`)} as bigint) * 1000`
}
