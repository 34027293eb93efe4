import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { inDirectory } from './each-database.test.ts'
import { sqliteBackend } from './sqlite.ts'

async function withDatabase(body: (database: Kysely<unknown>) => Promise<void>): Promise<void> {
  await inDirectory(async path => {
    const database = new Kysely<unknown>({ dialect: sqliteBackend(join(path, 'x.db'), () => {}).dialect })
    try {
      await body(database)
    } finally {
      await database.destroy()
    }
  })
}

async function resultOf(database: Kysely<unknown>, text: string): Promise<unknown> {
  const { rows } = await sql.raw<Record<string, unknown>>(text).execute(database)
  return Object.values(rows[0] ?? {})[0]
}

/** What a kill cannot show: that commits survive a power failure, and the rest of what the store relies on. */
const settings = [
  { query: 'pragma journal_mode', expected: 'wal' },
  { query: 'pragma synchronous', expected: 2 },
  { query: 'pragma foreign_keys', expected: 1 },
  { query: 'pragma trusted_schema', expected: 0 },
  { query: 'pragma busy_timeout', expected: 5 },
  { query: 'pragma cache_size', expected: -16000 },
  { query: `select lower('ÄRGER')`, expected: 'ärger' },
  { query: `select upper('straße')`, expected: 'STRASSE' },
  { query: 'select lower(null)', expected: null },
  { query: `select 'A' like 'a'`, expected: 0 },
]

for (const { query, expected } of settings) {
  test(`${query} is ${expected}`, () =>
    withDatabase(async database => assert.equal(await resultOf(database, query), expected)))
}

test('more statements than are kept give their own results, again and again', () =>
  withDatabase(async database => {
    for (let round = 0; round < 2; round++) {
      for (let index = 0; index < 300; index++) assert.equal(await resultOf(database, `select ${index}`), index)
    }
  }))

test('functions of one statement go through a bounded number of characters, those of the next again through as many', async () => {
  await withDatabase(async database => {
    const lengths = (rows: number) =>
      sql`
        with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${rows})
        select sum(char_length(replace('a' || n, 'a', ${'b'.repeat(50_000)}))) from numbers`.execute(database)
    await assert.rejects(lengths(1_100), { code: 'malformed-filter', message: /at most 100000000 characters/ })
    // 150,000 for each row: the text to put in, and what `replace` gives and `char_length` takes.
    await lengths(600)
    await lengths(600)
  })
})
