import type { Kysely, Transaction } from 'kysely'
import { isBusy } from './sqlite.ts'

/** How long a transaction waits for another process to end its own: 5 s. */
const triesMax = 250
const pauseMs = 20

/**
 * Runs `work` in one transaction. Where another process writes (a backup, somebody with a tool of the database), it begins when that
 * is done, and others are served meanwhile; rejects with what the database says when it takes too long.
 */
export async function inTransaction<Tables, T>(
  database: Kysely<Tables>,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.transaction().execute(work)
    } catch (error) {
      // Said at the beginning, or not at all: `work` has not run.
      if (!isBusy(error) || tries === triesMax) throw error
    }
    await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
}
