import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { createArtifacts } from '../artifacts.ts'
import { migrate } from '../migrate.ts'
import type { Schema } from '../schema.ts'
import { sqliteBackend } from '../sqlite.ts'
import { GroupWriter } from '../writer.ts'
import { migrations } from './index.ts'

test('artifacts keep their content and their configured values, and what there is becomes their first version', async t => {
  const backend = sqliteBackend(':memory:', () => {})
  const database = new Kysely<Schema>({ dialect: backend.dialect })
  t.after(() => database.destroy())
  const older = database as unknown as Kysely<unknown>
  const before = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name === '0016-artifact-versions'),
  )
  await migrate(older, backend, before, () => 0)
  await sql`insert into packages (id, name, short_text, description, version, vendor, created_by, created_at, modified_by,
    modified_at) values ('p', 'P', '', '', '', '', 'ada', 1, 'ada', 1)`.execute(older)
  for (const id of ['configured', 'plain']) {
    await sql`insert into artifacts values (${id}, 'p', 'IntegrationFlow', 'N', '1.0.4', 'D', 's', 'r', 'ada', 1, 'bob', 2)`.execute(
      older,
    )
    await sql`insert into artifact_contents values (${id}, ${Buffer.from(`zip of ${id}`)})`.execute(older)
  }
  await sql`insert into artifact_configurations values ('configured', 'host', 'a'), ('configured', '__proto__', 'b')`.execute(
    older,
  )
  await migrate(older, backend, migrations, () => 0)

  const artifacts = createArtifacts(database, new GroupWriter(database))
  for (const [id, configured] of [
    ['configured', { host: 'a', ['__proto__']: 'b' }],
    ['plain', {}],
  ] as const) {
    const opened = (await artifacts.open(id, '1.0.4')) ?? assert.fail('an artifact')
    assert.equal(Buffer.from(opened.content).toString(), `zip of ${id}`)
    assert.deepEqual(Object.fromEntries(opened.configurations), configured)
    const { isDraft, isCurrent, modifiedBy } = opened.artifact
    assert.deepEqual([isDraft, isCurrent, modifiedBy], [false, true, 'bob'])
    assert.equal(await artifacts.update({ ...opened.artifact, version: '1.0.5' }, Buffer.from('new')), true)
    assert.deepEqual(
      (await artifacts.listVersions({})).filter(found => found.id === id).map(({ version }) => version),
      ['1.0.5', '1.0.4'],
    )
    assert.equal(Buffer.from((await artifacts.open(id, '1.0.4'))?.content ?? []).toString(), `zip of ${id}`)
  }
})
