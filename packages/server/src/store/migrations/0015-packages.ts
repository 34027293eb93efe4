import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What packages hold besides artifacts, their tags, and which parts of value mappings are configured. */
export const packages: Migration = {
  name: '0015-packages',
  async up(database, backend) {
    await addProperties(database)
    const { schema } = database
    await schema
      .createTable('package_resources')
      .addColumn('package_id', 'text', column => column.notNull().references('packages.id').onDelete('cascade'))
      .addColumn('id', 'text', column => column.notNull())
      .addColumn('position', 'integer', column => column.notNull())
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('unique_id', 'text', column => column.notNull())
      .addColumn('relation', 'text', column => column.notNull())
      .addColumn('entry', 'text', column => column.notNull())
      .addColumn('content', backend.bytes)
      .addPrimaryKeyConstraint('package_resources_key', ['package_id', 'id'])
      .execute()
    await backend
      .clustered(schema.createTable('package_tags'))
      .addColumn('package_id', 'text', column => column.notNull().references('packages.id').onDelete('cascade'))
      .addColumn('name', 'text', column => column.notNull())
      .addColumn('value', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('package_tags_key', ['package_id', 'name'])
      .execute()
    await schema
      .createTable('custom_tag_configurations')
      .addColumn('id', 'text', column => column.notNull().primaryKey())
      .addColumn('content', 'text', column => column.notNull())
      .execute()
    await backend
      .clustered(schema.createTable('configured_value_schemas'))
      .addColumn('artifact_id', 'text', column => column.notNull().references('artifacts.id').onDelete('cascade'))
      .addColumn('source_agency', 'text', column => column.notNull())
      .addColumn('source_id', 'text', column => column.notNull())
      .addColumn('target_agency', 'text', column => column.notNull())
      .addColumn('target_id', 'text', column => column.notNull())
      .addPrimaryKeyConstraint('configured_value_schemas_key', [
        'artifact_id',
        'source_agency',
        'source_id',
        'target_agency',
        'target_id',
      ])
      .execute()
  },
}

const texts = ['resource_id', 'products', 'keywords', 'countries', 'industries', 'line_of_business']

async function addProperties(database: Kysely<unknown>): Promise<void> {
  const { schema } = database
  for (const name of texts) {
    await schema
      .alterTable('packages')
      .addColumn(name, 'text', column => column.notNull().defaultTo(''))
      .execute()
  }
  await schema
    .alterTable('packages')
    .addColumn('supported_platform', 'text', column => column.notNull().defaultTo('SAP Cloud Integration'))
    .execute()
  await schema
    .alterTable('packages')
    .addColumn('partner_content', 'integer', column => column.notNull().defaultTo(0))
    .execute()
  const { rows } = await sql<{ id: string }>`select id from packages`.execute(database)
  for (const { id } of rows) {
    const resourceId = createHash('sha256').update(id).digest('hex').slice(0, 32)
    await sql`update packages set resource_id = ${resourceId} where id = ${id}`.execute(database)
  }
}
