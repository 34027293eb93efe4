import { type Kysely, sql } from 'kysely'
import type { Backend } from '../backend.ts'
import type { Migration } from './migration.ts'

/** Versions, drafts and locks of artifacts; a revision that writers compare; and which task a deployment belongs to. */
export const artifactVersions: Migration = {
  name: '0016-artifact-versions',
  async up(database, backend) {
    await addColumns(database)
    await keepConfigurations(database)
    await numberContents(database, backend)
    await addVersions(database, backend)
    await addLocks(database, backend)
  },
}

async function addColumns({ schema }: Kysely<unknown>): Promise<void> {
  for (const column of ['draft', 'revision', 'content_number'] as const) {
    await schema
      .alterTable('artifacts')
      .addColumn(column, 'integer', added => added.notNull().defaultTo(column === 'draft' ? 0 : 1))
      .execute()
  }
  await schema
    .alterTable('artifacts')
    .addColumn('configurations', 'text', column => column.notNull().defaultTo('{}'))
    .execute()
  await schema.alterTable('deployments').addColumn('task_id', 'text').execute()
}

/** From rows of their own into the row of the artifact, so that both are read at once. */
async function keepConfigurations(database: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ artifact_id: string; name: string; value: string }>`
    select artifact_id, name, value from artifact_configurations order by artifact_id, name`.execute(database)
  const values = Map.groupBy(rows, row => row.artifact_id)
  for (const [id, configured] of values) {
    const json = JSON.stringify(Object.fromEntries(configured.map(({ name, value }) => [name, value])))
    await sql`update artifacts set configurations = ${json} where id = ${id}`.execute(database)
  }
  await database.schema.dropTable('artifact_configurations').execute()
}

/** A content for each version, so the number is part of the key. */
async function numberContents(database: Kysely<unknown>, backend: Backend): Promise<void> {
  const { schema } = database
  await schema.alterTable('artifact_contents').renameTo('unnumbered_contents').execute()
  await schema
    .createTable('artifact_contents')
    .addColumn('artifact_id', 'text', column => column.notNull().references('artifacts.id').onDelete('cascade'))
    .addColumn('number', 'integer', column => column.notNull())
    .addColumn('content', backend.bytes, column => column.notNull())
    .addPrimaryKeyConstraint('artifact_contents_key', ['artifact_id', 'number'])
    .execute()
  await sql`
    insert into artifact_contents (artifact_id, number, content)
    select artifact_id, 1, content from unnumbered_contents`.execute(database)
  await schema.dropTable('unnumbered_contents').execute()
}

async function addVersions(database: Kysely<unknown>, backend: Backend): Promise<void> {
  await backend
    .clustered(database.schema.createTable('artifact_versions'))
    .addColumn('artifact_id', 'text', column => column.notNull().references('artifacts.id').onDelete('cascade'))
    .addColumn('version', 'text', column => column.notNull())
    .addColumn('content_number', 'integer', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('description', 'text', column => column.notNull())
    .addColumn('sender', 'text', column => column.notNull())
    .addColumn('receiver', 'text', column => column.notNull())
    .addColumn('configurations', 'text', column => column.notNull())
    .addColumn('modified_by', 'text', column => column.notNull())
    .addColumn('modified_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('artifact_versions_key', ['artifact_id', 'version'])
    .execute()
  await sql`
    insert into artifact_versions (
      artifact_id, version, content_number, name, description, sender, receiver, configurations, modified_by, modified_at)
    select id, version, 1, name, description, sender, receiver, configurations, modified_by, modified_at
    from artifacts`.execute(database)
  await sql`
    create view artifact_states as
    select
      id, package_id, type, name, version, description, sender, receiver, created_by, created_at, modified_by, modified_at,
      draft, revision, content_number, configurations, 1 as is_current
    from artifacts
    union all
    select
      artifacts.id, package_id, type, artifact_versions.name, artifact_versions.version, artifact_versions.description,
      artifact_versions.sender, artifact_versions.receiver, created_by, created_at, artifact_versions.modified_by,
      artifact_versions.modified_at, 0, revision, artifact_versions.content_number, artifact_versions.configurations, 0
    from artifacts join artifact_versions on artifact_versions.artifact_id = artifacts.id
    where draft = 1 or artifact_versions.version <> artifacts.version`.execute(database)
}

async function addLocks({ schema }: Kysely<unknown>, backend: Backend): Promise<void> {
  await backend
    .clustered(schema.createTable('artifact_locks'))
    .addColumn('artifact_id', 'text', column =>
      column.notNull().primaryKey().references('artifacts.id').onDelete('cascade'),
    )
    .addColumn('locked_by', 'text', column => column.notNull())
    .addColumn('locked_at', 'bigint', column => column.notNull())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .execute()
}
