import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ODataError, parseFilter, queryRows, typedFilter, type ValueType } from '@sluice/odata'
import fc from 'fast-check'
import { Kysely, sql } from 'kysely'
import { column, filterCondition } from './filter.ts'
import type { Schema } from './schema.ts'
import { sqliteBackend } from './sqlite.ts'

const seed = 20_260_103

const types: Readonly<Record<string, ValueType>> = {
  Id: 'integer',
  Name: 'text',
  Title: 'text',
  Size: 'integer',
  Ratio: 'double',
  Active: 'boolean',
  At: 'time',
}

const properties = Object.fromEntries(
  Object.entries(types).map(([name, type]) => {
    const stored = type as 'text' | 'integer' | 'double' | 'boolean' | 'time'
    return [name, column(name.toLowerCase(), stored, { nullable: name !== 'Id' })]
  }),
)

/** What a filter can be about, so that its parts fit together more often than not. */
const text = fc.constantFrom(
  "'zq7''--'",
  'Name',
  'Title',
  "'a'",
  "''",
  "'B%'",
  "'_'",
  "' a b '",
  "'é😀\\'",
  "'𝒳'",
  "'\ufffd'",
  'null',
)
const integer = fc.constantFrom('Size', 'Id', '0', '1', '2', '-3', '7L', '9007199254740993', '777123', 'null')
const double = fc.constantFrom('Ratio', '0.5', '-1.5', '2.5', '1e10', 'null')
const time = fc.constantFrom('At', "datetime'1969-12-31T23:59:59.999'", "datetime'2024-02-29T12:30:45'", 'null')

const { filter } = fc.letrec<Record<'text' | 'integer' | 'number' | 'filter', string>>(tie => ({
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: text, weight: 4 },
    fc.tuple(fc.constantFrom('tolower', 'toupper', 'trim'), tie('text')).map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `concat(${a},${b})`),
    fc.tuple(tie('text'), tie('integer')).map(([a, b]) => `substring(${a},${b})`),
    fc.tuple(tie('text'), tie('integer'), tie('integer')).map(all => `substring(${all})`),
    fc.tuple(tie('text'), tie('text'), tie('text')).map(all => `replace(${all})`),
  ),
  integer: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: integer, weight: 4 },
    tie('text').map(a => `length(${a})`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `indexof(${a},${b})`),
    fc
      .tuple(fc.constantFrom('year', 'month', 'day', 'hour', 'minute', 'second'), time)
      .map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(tie('integer'), fc.constantFrom('add', 'sub', 'mul', 'div', 'mod'), tie('integer'))
      .map(all => `(${all.join(' ')})`),
  ),
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: double, weight: 3 },
    tie('integer'),
    tie('number').map(a => `-(${a})`),
    fc.tuple(fc.constantFrom('round', 'floor', 'ceiling'), tie('number')).map(([name, a]) => `${name}(${a})`),
    fc
      .tuple(tie('number'), fc.constantFrom('add', 'sub', 'mul', 'div', 'mod'), tie('number'))
      .map(all => `(${all.join(' ')})`),
  ),
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    ...[tie('text'), tie('number'), time].map(value => {
      const operator = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le')
      return fc.tuple(value, operator, value).map(all => all.join(' '))
    }),
    fc
      .tuple(fc.constantFrom('substringof', 'startswith', 'endswith'), tie('text'), tie('text'))
      .map(([name, a, b]) => `${name}(${a},${b})`),
    fc.constantFrom('Active', 'Active eq false', 'Active ne 1', 'Active eq null', 'true'),
    fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map(all => `(${all.join(' ')})`),
    fc.tuple(tie('filter'), fc.constantFrom('eq', 'ne'), tie('filter')).map(([a, o, b]) => `(${a}) ${o} (${b})`),
    tie('filter').map(a => `not (${a})`),
  ),
}))

const rows = fc.array(
  fc.record({
    Name: fc.option(fc.constantFrom('', 'a', 'A', 'b%', '_', ' a b ', 'é😀\\x', '𝒳', '\ufffd', 'aaa')),
    Title: fc.option(fc.string({ unit: 'grapheme', maxLength: 4 }).filter(value => !value.includes('\0'))),
    Size: fc.option(fc.constantFrom(-7, 0, 1, 2, 3, 100)),
    Ratio: fc.option(fc.constantFrom(-2.5, -0.5, 0, 0.5, 1.5, 2, 1e6)),
    Active: fc.option(fc.boolean()),
    At: fc.option(fc.constantFrom(-86_400_001, -1, 0, 1_709_209_845_000, 1_735_689_599_999)),
  }),
  { minLength: 4, maxLength: 8 },
)

async function database(): Promise<Kysely<Schema>> {
  const opened = new Kysely<Schema>({ dialect: sqliteBackend(':memory:', () => {}).dialect })
  await sql`create table t (id integer, name text, title text, size integer, ratio real, active integer, at integer)`.execute(
    opened,
  )
  return opened
}

// Part of the fuzz run (`api/odata/fuzz-filters.test.ts`): 500 times 20 filters.
test(`a filter selects the same rows in the database and in memory (seed ${seed})`, async () => {
  const opened = await database()
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(rows, fc.array(filter, { minLength: 20, maxLength: 20 }), async (generated, filters) => {
      const all = generated.map((row, Id) => ({ Id, ...row }))
      await sql`delete from t`.execute(opened)
      for (const { Id, Name, Title, Size, Ratio, Active, At } of all) {
        await sql`insert into t values (${Id}, ${Name}, ${Title}, ${Size}, ${Ratio}, ${Active === null ? null : Number(Active)}, ${At})`.execute(
          opened,
        )
      }
      for (const written of filters) {
        const parsed = parseFilter(written)
        const typeOf = (path: string) => types[path] ?? 'null'
        let typed: typeof parsed
        try {
          typed = typedFilter(parsed, typeOf)
        } catch (error) {
          assert.ok(error instanceof ODataError, String(error))
          continue
        }
        accepted++
        const inMemory = queryRows(all, { filter: typed }).map(row => row.Id)
        const condition = filterCondition(parsed, properties)
        assert.doesNotMatch(condition.compile(opened).sql, /zq7|777123/, 'literals are bound')
        const found = await sql<{ id: number }>`select id from t where ${condition} order by id`.execute(opened)
        assert.deepEqual(
          found.rows.map(({ id }) => id),
          inMemory,
          written,
        )
      }
    }),
    { seed, numRuns: 500 },
  )
  assert.ok(accepted > 6_000, `expected most filters to fit, found ${accepted}`)
  await opened.destroy()
})

test('a filter too long for the database is refused, and a long one is not', async () => {
  const opened = await database()
  const run = (text: string) =>
    sql`select id from t where ${filterCondition(parseFilter(text), properties)}`.execute(opened)
  await run(Array.from({ length: 450 }, (_, index) => `Size eq ${index}`).join(' or '))
  await run(`${'not ('.repeat(25)}Active${')'.repeat(25)}`)
  await run(`Size eq ${Array.from({ length: 200 }, () => 'Size').join(' add ')}`)
  let nested = 'Name'
  for (let depth = 0; depth < 12; depth++) nested = `substring(Name,length(${nested}))`
  await assert.rejects(async () => run(`${nested} eq 'x'`), { code: 'malformed-filter' })
  await opened.destroy()
})
