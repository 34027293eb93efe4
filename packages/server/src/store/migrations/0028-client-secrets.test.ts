import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import { findSecrets } from '../client-secrets.ts'
import { migrate } from '../migrate.ts'
import type { Schema } from '../schema.ts'
import { sqliteBackend } from '../sqlite.ts'
import { migrations } from './index.ts'

test('clients of older versions keep their secret', async () => {
  const backend = sqliteBackend(':memory:', () => {})
  const database = new Kysely<Schema>({ dialect: backend.dialect })
  const older = database as unknown as Kysely<unknown>
  await migrate(
    older,
    backend,
    migrations.filter(({ name }) => name < '0028'),
    () => 0,
  )
  const tables = database as unknown as Kysely<{ clients: Record<string, unknown> }>
  const row = (id: string, confidential: number, secret_hash: string | null) => ({
    ...{ id, id_lower: id, kind: 'application', name: id, description: '', subscription: 'devtmn', scopes: '' },
    ...{ grant_type: 'client_credentials', confidential, token_lifetime_seconds: 60, skip_consent: 0 },
    ...{ created_at: 1000, secret_hash },
  })
  const rows = [row('orders', 1, 'of orders'), row('public', 0, null), row('was-confidential', 0, 'left behind')]
  await tables.insertInto('clients').values(rows).execute()
  await migrate(older, backend, migrations, () => 0)
  assert.deepEqual(await findSecrets(database, 'orders'), [{ id: '1', hash: 'of orders', expiresAt: undefined }])
  for (const id of ['public', 'was-confidential']) assert.deepEqual(await findSecrets(database, id), [])
  await database.destroy()
})
