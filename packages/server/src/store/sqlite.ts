import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely'
import type { Backend } from './backend.ts'

/** Bound on prepared statements kept; list filters make statements without end. */
const MAX_STATEMENTS = 200

/**
 * The embedded database: WAL, a commit is on disk when it returns (`synchronous=FULL`).
 * `LIKE` and `lower` are made to follow the SQL standard and Unicode, as they do in PostgreSQL.
 */
export function sqliteBackend(file: string, release: () => void): Backend {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5000 })
  try {
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma trusted_schema = off;
      pragma case_sensitive_like = on;
    `)
  } catch (error) {
    database.close()
    throw error
  }
  const deterministic = { deterministic: true }
  database.function('lower', deterministic, text => (text === null ? null : String(text).toLowerCase()))
  database.function('upper', deterministic, text => (text === null ? null : String(text).toUpperCase()))
  return {
    dialect: new SqliteDialect({ database: kyselyDriver(database) }),
    bytes: 'blob',
    withCountingKey: table => table.addColumn('key', 'integer', column => column.primaryKey().autoIncrement()),
    clustered: table => table.modifyEnd(sql`without rowid`),
    release,
  }
}

/** True for what SQLite reports about a file that is not a database or is damaged (SQLITE_NOTADB, SQLITE_CORRUPT). */
export function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0
  return code === 26 || code === 11
}

function kyselyDriver(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()
  const prepare = (text: string): SqliteStatement => {
    // A full disk ends the transaction; the failure of a second end would hide why.
    if (text === 'rollback' && !database.isTransaction) return nothing
    const known = statements.get(text)
    if (known) {
      // Re-inserting keeps the map in order of use.
      statements.delete(text)
      statements.set(text, known)
      return known
    }
    const prepared = kyselyStatement(database, text)
    statements.set(text, prepared)
    if (statements.size > MAX_STATEMENTS) {
      for (const oldest of statements.keys()) {
        statements.delete(oldest)
        break
      }
    }
    return prepared
  }
  return { prepare, close: () => database.close() }
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
}

function kyselyStatement(database: DatabaseSync, text: string): SqliteStatement {
  const statement: StatementSync = database.prepare(text)
  return {
    reader: statement.columns().length > 0,
    all: parameters => statement.all(...(parameters as SQLInputValue[])),
    run: parameters => statement.run(...(parameters as SQLInputValue[])),
    // A statement of its own: a running iteration would be reset by the next use of a cached one.
    iterate: parameters => database.prepare(text).iterate(...(parameters as SQLInputValue[])),
  }
}
