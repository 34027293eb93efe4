import { sql } from 'kysely'
import { LocalChanges } from './changes.ts'
import { inTransaction } from './in-transaction.ts'
import type { Database, Tx } from './schema.ts'
import type { ChangeTopic } from './store.ts'
import type { Work, Writer } from './writer.ts'

/** What repositories are built from inside a transaction. */
export interface TransactionParts {
  readonly database: Database
  readonly writer: Writer
  readonly changes: LocalChanges
}

/** Runs `work` in one transaction; its changes are told to `changes` after the commit and before the promise resolves. */
export async function transaction<T>(
  database: Database,
  changes: LocalChanges,
  work: (parts: TransactionParts) => Promise<T>,
): Promise<T> {
  const pending = new PendingChanges()
  const result = await inTransaction(database, async tx => {
    const writer = new TransactionWriter(tx)
    const value = await work({ database: tx, writer, changes: pending })
    await writer.idle()
    return value
  })
  for (const [topic, key] of pending.emitted) changes.emit(topic, key)
  return result
}

class PendingChanges extends LocalChanges {
  readonly emitted: [topic: ChangeTopic, key: string][] = []

  override emit(topic: ChangeTopic, key: string): void {
    this.emitted.push([topic, key])
  }
}

/** Writes one after the other in a transaction; one that fails leaves nothing behind, and those after it go on. */
class TransactionWriter implements Writer {
  readonly #tx: Tx
  #last: Promise<unknown> = Promise.resolve()

  constructor(tx: Tx) {
    this.#tx = tx
  }

  write<T>(work: Work<T>): Promise<T> {
    const written = this.#last.then(() => withSavepoint(this.#tx, work))
    this.#last = written.catch(() => {})
    return written
  }

  async idle(): Promise<void> {
    await this.#last
  }
}

async function withSavepoint<T>(tx: Tx, work: Work<T>): Promise<T> {
  await sql`savepoint one_write`.execute(tx)
  try {
    const result = await work(tx)
    await sql`release savepoint one_write`.execute(tx)
    return result
  } catch (error) {
    // A full disk ends the whole transaction; the failure of going back would hide why.
    await sql`rollback to savepoint one_write`.execute(tx).catch(() => {})
    throw error
  }
}
