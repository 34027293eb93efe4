import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFilter } from '@sluice/odata'
import { Kysely, sql } from 'kysely'
import { column, constant, filterCondition, orderTerms } from './filter.ts'
import type { Schema } from './schema.ts'
import { sqliteBackend } from './sqlite.ts'

const properties = {
  Id: column('id'),
  Size: column('size', 'integer', { nullable: true }),
  Ratio: column('ratio', 'double', { nullable: true }),
  Active: column('active', 'boolean', { nullable: true }),
}

const cases: readonly (readonly [filter: string, ids: string])[] = [
  ['Size eq 5', 'a'],
  ['Size eq 5L', 'a'],
  ['Size ne 5', 'bc'],
  ['Size gt 5', 'b'],
  ['Size eq 9007199254740993L', 'b'],
  ['Size eq 9007199254740992L', ''],
  ['Size eq null', 'c'],
  ['Ratio lt 1.5', 'a'],
  ['Ratio ge 2', 'b'],
  ['Active', 'a'],
  ['Active eq false', 'b'],
  ['Active ne true', 'bc'],
  ['Active ne null', 'ab'],
  ['Size gt Ratio', 'ab'],
  ['Size eq 5.0', 'a'],
  ['Size eq 1.5', ''],
  ['Active eq 1', 'a'],
]

test('numbers and truth values are compared as such', async () => {
  const database = new Kysely<Schema>({ dialect: sqliteBackend(':memory:', () => {}).dialect })
  await sql`create table t (id text, size integer, ratio real, active integer)`.execute(database)
  const rows = sql`('a', 5, 0.5, 1), ('b', 9007199254740993, 2, 0), ('c', null, null, null)`
  await sql`insert into t values ${rows}`.execute(database)
  for (const [filter, ids] of cases) {
    const condition = filterCondition(parseFilter(filter), properties)
    const found = await sql<{ id: string }>`select id from t where ${condition} order by id`.execute(database)
    assert.equal(found.rows.map(({ id }) => id).join(''), ids, filter)
  }
  for (const filter of ["Size eq '5'", 'Active eq 2', 'Size eq Active', "substringof('1',Size)"]) {
    assert.throws(() => filterCondition(parseFilter(filter), properties), { code: 'malformed-filter' }, filter)
  }
  await database.destroy()
})

test('a property that is the same in every row can be filtered and sorted by', async () => {
  const database = new Kysely<Schema>({ dialect: sqliteBackend(':memory:', () => {}).dialect })
  const constants = { Kind: constant('x'), Bulk: constant(false), Size: constant(0) }
  const condition = filterCondition(parseFilter("Kind eq 'x' and Bulk eq false and Size lt 1"), constants)
  for (const property of ['Kind', 'Bulk', 'Size']) {
    const order = orderTerms([{ property, descending: true }], sql.ref('a'), constants)
    const found = await sql`select a from (select 2 as a union select 1) where ${condition} order by ${order}`.execute(
      database,
    )
    assert.deepEqual(
      found.rows.map(row => (row as { a: number }).a),
      [1, 2],
    )
  }
  await database.destroy()
})
