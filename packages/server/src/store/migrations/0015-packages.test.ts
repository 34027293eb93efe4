import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import { migrate } from '../migrate.ts'
import type { Schema } from '../schema.ts'
import { sqliteBackend } from '../sqlite.ts'
import { migrations } from './index.ts'

test('packages of older versions get a resource ID and keep what they have', async () => {
  const backend = sqliteBackend(':memory:', () => {})
  const database = new Kysely<Schema>({ dialect: backend.dialect })
  const older = database as unknown as Kysely<unknown>
  const before = migrations.filter(({ name }) => name < '0015')
  await migrate(older, backend, before, () => 0)
  const tables = database as unknown as Kysely<{ packages: Record<string, unknown> }>
  const texts = { short_text: 's', description: 'd', version: '1', vendor: 'v', created_by: 'ada', modified_by: 'bob' }
  const rows = ['a', 'b'].map(id => ({ id, name: `Name of ${id}`, ...texts, created_at: 1, modified_at: 2 }))
  await tables.insertInto('packages').values(rows).execute()
  await migrate(older, backend, migrations, () => 0)
  const found = await database.selectFrom('packages').selectAll().orderBy('id').execute()
  for (const [index, row] of found.entries()) {
    assert.match(row.resource_id, /^[0-9a-f]{32}$/)
    const { products, supported_platform, partner_content } = row
    assert.deepEqual([products, supported_platform, partner_content], ['', 'SAP Cloud Integration', 0])
    assert.deepEqual({ ...row, ...rows[index] }, { ...row })
  }
  assert.equal(new Set(found.map(row => row.resource_id)).size, 2)
  await database.destroy()
})
