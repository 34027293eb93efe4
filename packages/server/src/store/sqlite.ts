import { statfs } from 'node:fs/promises'
import { freemem } from 'node:os'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { ODataError, replaceText } from '@sluice/odata'
import { type RawBuilder, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely'
import type { Backend } from './backend.ts'
import { SqliteTransactions } from './sqlite-transactions.ts'

/** Bound on prepared statements kept; list filters make statements without end. */
const MAX_STATEMENTS = 200

/** What finding one of millions of rows passes on the way: with SQLite's own 2 MB, each step of it is read from the file. */
const cacheKilobytes = 16_000

/**
 * How long a statement holds everything else while another process keeps it from the database. Readers are kept from it for
 * moments only; who writes waits in `inTransaction`.
 */
const busyMs = 5

/**
 * The embedded database: WAL, a commit is on disk when it returns (`synchronous=FULL`, see `SqliteTransactions`).
 * `LIKE` and functions are made to follow the SQL standard and Unicode, as they do in PostgreSQL.
 */
export function sqliteBackend(file: string, release: () => void): Backend {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 })
  try {
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma trusted_schema = off;
      pragma case_sensitive_like = on;
      pragma cache_size = -${cacheKilobytes};
      pragma busy_timeout = ${busyMs};
    `)
  } catch (error) {
    database.close()
    throw error
  }
  const work: StatementWork = { characters: 0 }
  teachFunctions(database, work)
  return {
    dialect: new SqliteDialect({ database: kyselyDriver(database, work) }),
    bytes: 'blob',
    withCountingKey: table => table.addColumn('key', 'integer', column => column.primaryKey().autoIncrement()),
    clustered: table => table.modifyEnd(sql`without rowid`),
    appendOnly,
    databaseBytes: async () => bytesOf(database),
    availableBytes: () => (file === ':memory:' ? Promise.resolve(freemem()) : freeBytesBeside(file)),
    release,
  }
}

function appendOnly(table: string): RawBuilder<unknown>[] {
  const name = sql.table(table)
  const refuse = (what: string) => sql`select raise(abort, ${sql.lit(`Expected ${what} of ${table}`)})`
  return [
    sql`create trigger ${sql.table(`${table}_stays`)} before update on ${name} begin ${refuse('no change of a row')}; end`,
    sql`create trigger ${sql.table(`${table}_goes_in_order`)} before delete on ${name}
      when exists (select 1 from ${name} where key < old.key)
      begin ${refuse('the oldest rows to be deleted first')}; end`,
  ]
}

/** What a statement has had its functions do so far: nothing else runs meanwhile, and there is no way to stop it from outside. */
interface StatementWork {
  characters: number
}

/** Characters that the functions of one statement may go through: a second or two. Names of a million rows are fewer. */
const charactersMax = 100_000_000

function spend(work: StatementWork, value: SQLOutputValue): void {
  if (typeof value !== 'string') return
  work.characters += value.length
  if (work.characters <= charactersMax) return
  const expected = `Expected $filter to take at most ${charactersMax} characters through its functions`
  throw new ODataError('malformed-filter', `${expected}, found more: compare properties without a function first`)
}

/** Functions of PostgreSQL that SQLite lacks, or does for ASCII alone. Null gives null. */
function teachFunctions(database: DatabaseSync, work: StatementWork): void {
  const teach = (name: string, compute: (...values: SQLOutputValue[]) => SQLInputValue): void => {
    // Varying numbers of arguments would be taken for compute.length otherwise.
    database.function(name, { deterministic: true, varargs: true }, (...values) => {
      for (const value of values) spend(work, value)
      return values.includes(null) ? null : compute(...values)
    })
  }
  teach('lower', text => String(text).toLowerCase())
  teach('upper', text => String(text).toUpperCase())
  teach('char_length', text => codePoints(String(text)))
  teach('strpos', (text, part) => {
    const found = String(text).indexOf(String(part))
    return found < 0 ? 0 : codePoints(String(text).slice(0, found)) + 1
  })
  // SQLite's own gives texts of any length.
  teach('replace', (text, part, other) => {
    const replaced = replaceText(String(text), String(part), String(other))
    spend(work, replaced)
    return replaced
  })
  // A point in time is its seconds since 1970, as there is no type for it.
  teach('to_timestamp', seconds => Number(seconds))
  teach('timezone', (_zone, time) => Number(time))
  teach('date_part', (part, time) => datePart(String(part), new Date(Number(time) * 1000)))
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function datePart(part: string, time: Date): number {
  switch (part) {
    case 'year':
      return time.getUTCFullYear()
    case 'month':
      return time.getUTCMonth() + 1
    case 'day':
      return time.getUTCDate()
    case 'hour':
      return time.getUTCHours()
    case 'minute':
      return time.getUTCMinutes()
    case 'second':
      return time.getUTCSeconds() + time.getUTCMilliseconds() / 1000
    default:
      throw new Error(`Expected a part of a date, found "${part}"`)
  }
}

function bytesOf(database: DatabaseSync): number {
  const [pages, size] = ['page_count', 'page_size'].map(name => database.prepare(`pragma ${name}`).get()?.[name])
  return Number(pages) * Number(size)
}

async function freeBytesBeside(file: string): Promise<number> {
  const { bavail, bsize } = await statfs(dirname(file))
  return bavail * bsize
}

/** True for what SQLite reports while another process writes (SQLITE_BUSY). */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}

/** True for what SQLite reports about a file that is not a database or is damaged (SQLITE_NOTADB, SQLITE_CORRUPT). */
export function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  return code === 26 || code === 11
}

function kyselyDriver(database: DatabaseSync, work: StatementWork): SqliteDatabase {
  const transactions = new SqliteTransactions(database)
  const statements = new Map<string, SqliteStatement>()
  const controls: ReadonlyMap<string, SqliteStatement> = new Map([
    ['begin', controlStatement(() => transactions.begin())],
    ['commit', controlStatement(() => transactions.commit())],
    ['rollback', controlStatement(() => transactions.rollback())],
  ])
  const prepare = (text: string): SqliteStatement => {
    const control = controls.get(text)
    if (control) return control
    const known = statements.get(text)
    if (known) {
      // Re-inserting keeps the map in order of use.
      statements.delete(text)
      statements.set(text, known)
      return known
    }
    const prepared = kyselyStatement(database, text, work)
    statements.set(text, prepared)
    if (statements.size > MAX_STATEMENTS) {
      for (const oldest of statements.keys()) {
        statements.delete(oldest)
        break
      }
    }
    return prepared
  }
  return {
    prepare,
    close() {
      transactions.close()
      database.close()
    },
  }
}

/** A statement that has no rows. */
function controlStatement(run: () => void): SqliteStatement {
  return {
    reader: false,
    all: () => [],
    run() {
      run()
      return { changes: 0, lastInsertRowid: 0 }
    },
    iterate: () => [].values(),
  }
}

function kyselyStatement(database: DatabaseSync, text: string, work: StatementWork): SqliteStatement {
  const statement: StatementSync = database.prepare(text)
  return {
    reader: statement.columns().length > 0,
    all: parameters => {
      work.characters = 0
      return statement.all(...(parameters as SQLInputValue[]))
    },
    run: parameters => {
      work.characters = 0
      return statement.run(...(parameters as SQLInputValue[]))
    },
    // A statement of its own: a running iteration would be reset by the next use of a cached one.
    iterate: parameters => database.prepare(text).iterate(...(parameters as SQLInputValue[])),
  }
}
