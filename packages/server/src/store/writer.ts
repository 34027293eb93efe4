import { inTransaction } from './in-transaction.ts'
import type { Database, Tx } from './schema.ts'
import { isBusy } from './sqlite.ts'

/** Work on the database inside a transaction that others share. May run twice: do nothing in it but read and write rows. */
export type Work<T> = (tx: Tx) => Promise<T>

/** How repositories write. Each piece of work takes effect as a whole or not at all. */
export interface Writer {
  /** Resolves with the result of `work` when it has taken effect. */
  write<T>(work: Work<T>): Promise<T>
}

interface Job {
  readonly work: Work<unknown>
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/**
 * How many turns of the event loop a group is gathered in. Those who were answered together ask again together, the first of
 * them while the last are still being answered, so that one turn has about half of them.
 */
const gatheringTurns = 2

/**
 * Group commit: writes that are asked for in two successive turns of the event loop share one transaction, and one wait for
 * the disk. Each promise settles after the commit. Where one of a group fails, all are tried again one by one, so that
 * only the failing one is rejected.
 */
export class GroupWriter implements Writer {
  readonly #database: Database
  #waiting: Job[] = []
  #running: Promise<void> | undefined

  constructor(database: Database) {
    this.#database = database
  }

  /** Resolves with the result of `work` when it is committed. */
  write<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Job['resolve'], reject })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Everything a turn of the event loop asks for comes before its check phase.
      for (let turn = 0; turn < gatheringTurns; turn++) await new Promise(resolve => setImmediate(resolve))
      const group = this.#waiting
      this.#waiting = []
      await this.#commit(group)
    }
    this.#running = undefined
  }

  async #commit(group: readonly Job[]): Promise<void> {
    try {
      const results = await inTransaction(this.#database, async tx => {
        const values: unknown[] = []
        for (const job of group) values.push(await job.work(tx))
        return values
      })
      group.forEach((job, index) => {
        job.resolve(results[index] as never)
      })
    } catch (error) {
      // Nobody's fault: each alone would wait as long again.
      if (group.length === 1 || isBusy(error)) for (const job of group) job.reject(error)
      else for (const job of group) await this.#commit([job])
    }
  }
}

/**
 * Turns single-row inserts into multi-row ones: rows that are gathered for the same commit go to one call of
 * `insert`. Where that fails each row is tried alone.
 */
export function rowBatcher<Row>(
  writer: Writer,
  insert: (tx: Tx, rows: readonly Row[]) => Promise<void>,
): (row: Row) => Promise<void> {
  let open: { readonly rows: Row[]; readonly done: Promise<void> } | undefined

  const start = (): { readonly rows: Row[]; readonly done: Promise<void> } => {
    const rows: Row[] = []
    const done = writer.write(tx => {
      if (open?.rows === rows) open = undefined
      return insert(tx, rows)
    })
    return { rows, done }
  }

  return async row => {
    open ??= start()
    const { rows, done } = open
    rows.push(row)
    try {
      await done
    } catch (error) {
      if (rows.length === 1 || isBusy(error)) throw error
      await writer.write(tx => insert(tx, [row]))
    }
  }
}
