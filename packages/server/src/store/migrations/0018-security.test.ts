import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import { migrate } from '../migrate.ts'
import type { Schema } from '../schema.ts'
import { sqliteBackend } from '../sqlite.ts'
import { migrations } from './index.ts'

test('credentials of older versions keep their attributes', async () => {
  const backend = sqliteBackend(':memory:', () => {})
  const database = new Kysely<Schema>({ dialect: backend.dialect })
  const older = database as unknown as Kysely<unknown>
  const before = migrations.filter(({ name }) => name < '0018')
  await migrate(older, backend, before, () => 0)
  const tables = database as unknown as Kysely<{ credentials: Record<string, unknown> }>
  const row = { description: '', secret: new Uint8Array(1), deployed_by: 'ada', deployed_at: 1 }
  const attributes = (values: object) => JSON.stringify(values)
  const user = { ...row, name: 'erp', kind: 'user', attributes: attributes({ user: 'ada', companyId: '' }) }
  const secret = { ...row, name: 'key', kind: 'secure-parameter', attributes: '{}' }
  await tables.insertInto('credentials').values([user, secret]).execute()
  await migrate(older, backend, migrations, () => 0)
  const found = await database
    .selectFrom('credentials')
    .select(['name', 'user_name', 'company_id', 'user_kind', 'custom_parameters'])
    .orderBy('name')
    .execute()
  assert.deepEqual(
    found.map(values => Object.values(values)),
    [
      ['erp', 'ada', '', null, null],
      ['key', null, null, null, null],
    ],
  )
  await database.destroy()
})
