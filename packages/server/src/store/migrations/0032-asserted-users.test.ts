import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import { migrate } from '../migrate.ts'
import type { Schema } from '../schema.ts'
import { sqliteBackend } from '../sqlite.ts'
import { migrations } from './index.ts'

test('users of OpenID providers stay known, and go with their provider', async () => {
  const backend = sqliteBackend(':memory:', () => {})
  const database = new Kysely<Schema>({ dialect: backend.dialect })
  const older = database as unknown as Kysely<unknown>
  const before = migrations.filter(({ name }) => name < '0032')
  await migrate(older, backend, before, () => 0)
  const provider = { name_lower: 'corp', name: 'Corp', description: '', enabled: 1, settings: '{}' }
  await database
    .insertInto('identity_providers')
    .values({ ...provider, created_at: 0, modified_at: 0 })
    .execute()
  const user = { name_lower: 'ann', name: 'Ann', provider_lower: 'corp', subject: '1' }
  const ann = { ...user, email: 'a@b.example', display_name: 'Ann Lee', search_text: 'ann', signed_in_at: 5 }
  await database.insertInto('external_users').values(ann).execute()
  await migrate(older, backend, migrations, () => 0)
  assert.deepEqual(
    (await database.selectFrom('external_users').selectAll().execute()).map(row => ({ ...row })),
    [ann],
  )
  await database.deleteFrom('identity_providers').execute()
  assert.deepEqual(await database.selectFrom('external_users').selectAll().execute(), [])
  await database.destroy()
})
