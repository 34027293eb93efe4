import assert from 'node:assert/strict'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { inDirectory } from './each-database.test.ts'
import { sqliteBackend } from './sqlite.ts'
import { SqliteTransactions } from './sqlite-transactions.ts'

/** Whether commits wait for the disk by SQLite itself: 2 when they do. */
const levelOf = (database: DatabaseSync) => Object.values(database.prepare('pragma synchronous').get() ?? {})[0]

function withDatabase(body: (database: DatabaseSync, file: string) => void): Promise<void> {
  return inDirectory(async path => {
    const file = join(path, 'x.db')
    const database = new DatabaseSync(file)
    database.exec('pragma journal_mode = wal; pragma synchronous = full; create table t (a)')
    body(database, file)
    database.close()
  })
}

test('a commit returns when what it wrote was written to the log and the log is on disk', () =>
  withDatabase((database, file) => {
    const seen: unknown[] = []
    const other = new DatabaseSync(file)
    const transactions = new SqliteTransactions(database, () => {
      seen.push(other.prepare('select count(*) as rows from t').get()?.rows)
    })
    for (const row of [1, 2]) {
      transactions.begin()
      database.exec(`insert into t values (${row})`)
      assert.equal(seen.length, row - 1)
      transactions.commit()
      assert.equal(seen.length, row)
    }
    assert.deepEqual(seen, [1, 2])
    assert.equal(levelOf(database), 2)
    transactions.close()
    other.close()
  }))

test('what is written outside of transactions waits by itself, also after one that was rolled back', () =>
  withDatabase(database => {
    const transactions = new SqliteTransactions(database)
    transactions.begin()
    transactions.rollback()
    assert.equal(levelOf(database), 2)
    transactions.rollback()
    transactions.close()
  }))

test('what is written outside of transactions waits by itself after one that another process kept from beginning', () =>
  withDatabase((database, file) => {
    const other = new DatabaseSync(file)
    other.exec('begin immediate')
    const transactions = new SqliteTransactions(database)
    assert.throws(() => transactions.begin(), { errcode: 5 })
    assert.equal(levelOf(database), 2)
    other.exec('rollback')
    transactions.begin()
    assert.throws(() => other.exec('begin immediate'), { errcode: 5 })
    transactions.rollback()
    transactions.close()
    other.close()
  }))

test('the log is found where a symbolic link leads', () =>
  inDirectory(async path => {
    await mkdir(join(path, 'elsewhere'))
    await symlink(join(path, 'elsewhere', 'x.db'), join(path, 'x.db'))
    const database = new Kysely<unknown>({ dialect: sqliteBackend(join(path, 'x.db'), () => {}).dialect })
    await database.transaction().execute(tx => sql`create table t (a)`.execute(tx))
    await database.destroy()
  }))

test('when the log does not reach the disk, the commit fails, and nothing builds on it', () =>
  withDatabase((database, file) => {
    const transactions = new SqliteTransactions(database, () => {
      throw new Error('EIO: i/o error')
    })
    transactions.begin()
    const message = `Expected ${file}-wal to reach the disk, found: EIO: i/o error`
    assert.throws(() => transactions.commit(), { message })
    transactions.rollback()
    assert.throws(() => transactions.begin(), { message })
    transactions.close()
  }))

test('transactions of the store are begun and ended so, on disk and in memory', () =>
  inDirectory(async path => {
    for (const file of [join(path, 'x.db'), ':memory:']) {
      const database = new Kysely<unknown>({ dialect: sqliteBackend(file, () => {}).dialect })
      const level = async (of: Kysely<unknown>) =>
        (await sql<{ synchronous: number }>`pragma synchronous`.execute(of)).rows[0]?.synchronous
      await sql`create table t (a)`.execute(database)
      assert.equal(await database.transaction().execute(level), 1)
      assert.equal(await level(database), 2)
      await assert.rejects(database.transaction().execute(tx => sql`no statement`.execute(tx)))
      assert.equal(await level(database), 2)
      await database.destroy()
    }
  }))
