import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'
import { sqliteBackend } from './sqlite.ts'
import { GroupWriter, rowBatcher } from './writer.ts'

/** A writer on a table of unique names, and the statements the database saw. */
async function setUp() {
  const statements: string[] = []
  const database = new Kysely<Schema>({
    dialect: sqliteBackend(':memory:', () => {}).dialect,
    log: event => void statements.push(event.query.sql.split(' ')[0] ?? ''),
  })
  await database.schema
    .createTable('groups')
    .addColumn('name_lower', 'text', column => column.notNull().primaryKey())
    .addColumn('name', 'text')
    .execute()
  statements.length = 0
  const writer = new GroupWriter(database)
  const add = (name: string) =>
    writer.write(async tx => {
      await tx.insertInto('groups').values({ name_lower: name, name }).execute()
      return name
    })
  const names = async () =>
    (await database.selectFrom('groups').select('name').orderBy('name').execute()).map(row => row.name)
  const countOf = (word: string) => statements.filter(statement => statement === word).length
  return { database, writer, add, names, countOf }
}

const settled = async (promises: Promise<unknown>[]) => (await Promise.allSettled(promises)).map(({ status }) => status)

test('100 writes of one turn share one commit', async () => {
  const { add, names, countOf } = await setUp()
  const results = await Promise.all(Array.from({ length: 100 }, (_, index) => add(`n${index}`)))
  assert.equal(results[42], 'n42')
  assert.equal(countOf('commit'), 1)
  assert.equal((await names()).length, 100)
})

test('writes of two successive turns share one commit', async () => {
  const { add, countOf } = await setUp()
  const nextTurn = () => new Promise(resolve => setImmediate(resolve))
  const first = add('a')
  await nextTurn()
  await Promise.all([first, add('b')])
  assert.equal(countOf('commit'), 1)
})

test('a write that fails is rejected alone', async () => {
  const { add, names, countOf } = await setUp()
  assert.deepEqual(await settled([add('a'), add('b'), add('a'), add('c')]), [
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  assert.deepEqual(await names(), ['a', 'b', 'c'])
  assert.equal(countOf('commit'), 3)
})

test('nothing of a write that fails remains', async () => {
  const { writer, names } = await setUp()
  await assert.rejects(
    writer.write(async tx => {
      await tx.insertInto('groups').values({ name_lower: 'a', name: 'a' }).execute()
      throw new Error('no')
    }),
    { message: 'no' },
  )
  assert.deepEqual(await names(), [])
})

test('a full disk is told as such, and is no longer full when there is room', async () => {
  const { database, add, names } = await setUp()
  await sql`pragma max_page_count = 10`.execute(database)
  await assert.rejects(add('x'.repeat(100_000)), { message: 'database or disk is full' })
  await add('a')
  assert.deepEqual(await names(), ['a'])
})

test('writes go on after a failure, and while others run', async () => {
  const { add, writer, names } = await setUp()
  await assert.rejects(Promise.all([add('a'), add('a')]))
  const nested = add('b').then(() => add('c'))
  await nested
  await writer.idle()
  assert.deepEqual(await names(), ['a', 'b', 'c'])
})

test('rows of one turn share one statement, and a row that fails does so alone', async () => {
  const { writer, names, countOf } = await setUp()
  const insert = rowBatcher<string>(writer, async (tx, rows) => {
    await tx
      .insertInto('groups')
      .values(rows.map(name => ({ name_lower: name, name })))
      .execute()
  })
  await Promise.all(['a', 'b', 'c'].map(insert))
  assert.equal(countOf('insert'), 1)
  assert.deepEqual(await settled(['d', 'a', 'e'].map(insert)), ['fulfilled', 'rejected', 'fulfilled'])
  assert.deepEqual(await names(), ['a', 'b', 'c', 'd', 'e'])
})

test('a row joins the write that starts next, not one that runs', async () => {
  const { writer, names } = await setUp()
  const insert = rowBatcher<string>(writer, async (tx, rows) => {
    await tx
      .insertInto('groups')
      .values(rows.map(name => ({ name_lower: name, name })))
      .execute()
    if (rows.includes('a')) late = insert('b')
  })
  let late: Promise<void> | undefined
  await insert('a')
  await late
  assert.deepEqual(await names(), ['a', 'b'])
})
