import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/**
 * Begins and ends transactions of a database in WAL mode whose commits are to wait for the disk (`synchronous=FULL`).
 *
 * SQLite would wait by `fsync`, as Node builds it without `fdatasync`. The log is a file that is written over again and again:
 * what changes about it is only the time of its last change, which nobody needs, and for which a journalling file system makes
 * a transaction of its own. So SQLite commits with `synchronous=NORMAL`, which leaves out this one wait and none of those that
 * keep the file whole, and the wait follows before anybody learns of the commit. Statements outside of transactions, and
 * checkpoints, wait as SQLite does.
 */
export class SqliteTransactions {
  readonly #database: DatabaseSync
  readonly #logFile: string | undefined
  readonly #sync: (file: number) => void
  #log: number | undefined
  #failure: Error | undefined

  /** `sync` waits until the data of an open file is on disk. */
  constructor(database: DatabaseSync, sync: (file: number) => void = fdatasyncSync) {
    this.#database = database
    // Where symbolic links lead; null in memory.
    const file = database.location()
    this.#logFile = file === null ? undefined : `${file}-wal`
    this.#sync = sync
  }

  /** Throws when another process writes (`isBusy`): at once, as a transaction that only finds out later has done its work for nothing. */
  begin(): void {
    if (this.#failure) throw this.#failure
    try {
      this.#database.exec('pragma synchronous = normal; begin immediate')
    } catch (error) {
      this.#database.exec('pragma synchronous = full')
      throw error
    }
  }

  /** Throws when the log did not reach the disk. Then no transaction begins any more: it would build on what may be lost. */
  commit(): void {
    this.#database.exec('commit')
    this.#database.exec('pragma synchronous = full')
    if (this.#logFile === undefined) return
    try {
      this.#log ??= openSync(this.#logFile, 'r+')
      this.#sync(this.#log)
    } catch (cause) {
      const found = cause instanceof Error ? cause.message : String(cause)
      this.#failure = new Error(`Expected ${this.#logFile} to reach the disk, found: ${found}`, { cause })
      throw this.#failure
    }
  }

  rollback(): void {
    // A full disk ends the transaction; the failure of a second end would hide why.
    if (this.#database.isTransaction) this.#database.exec('rollback')
    this.#database.exec('pragma synchronous = full')
  }

  close(): void {
    if (this.#log !== undefined) closeSync(this.#log)
  }
}
