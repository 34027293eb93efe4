import type { Kysely } from 'kysely'
import type { Backend } from '../backend.ts'
import type { Migration } from './migration.ts'

export const security: Migration = {
  name: '0018-security',
  async up(database, backend) {
    await credentialColumns(database)
    await accessPolicies(database, backend)
    const { schema } = database
    await schema.alterTable('number_ranges').addColumn('deployed_by', 'text').execute()
    await schema.alterTable('number_ranges').addColumn('deployed_at', 'bigint').execute()
    await schema
      .alterTable('queues')
      .addColumn('active', 'integer', column => column.notNull().defaultTo(1))
      .execute()
    await schema.createIndex('data_store_entries_message').on('data_store_entries').column('message_guid').execute()
  },
}

/** Attributes were a JSON object, which lists cannot be filtered by. */
const attributeColumns: Readonly<Record<string, string>> = {
  user: 'user_name',
  kind: 'user_kind',
  companyId: 'company_id',
  tokenServiceUrl: 'token_service_url',
  clientId: 'client_id',
  clientAuthentication: 'client_authentication',
  scope: 'scope',
  scopeContentType: 'scope_content_type',
  resource: 'resource',
  audience: 'audience',
}

interface Stored {
  readonly name: string
  readonly attributes: string
}

async function credentialColumns(database: Kysely<unknown>): Promise<void> {
  const { schema } = database
  for (const name of Object.values(attributeColumns))
    await schema.alterTable('credentials').addColumn(name, 'text').execute()
  // A JSON list.
  await schema.alterTable('credentials').addColumn('custom_parameters', 'text').execute()
  // Of credentials that belong to the partner directory.
  await schema.alterTable('credentials').addColumn('partner_id', 'text').execute()
  await schema.alterTable('credentials').addColumn('parameter_id', 'text').execute()
  await schema.createIndex('credentials_partner').on('credentials').column('partner_id').execute()
  const tables = database as Kysely<{ credentials: Stored }>
  for (const { name, attributes } of await tables.selectFrom('credentials').select(['name', 'attributes']).execute()) {
    const values = Object.entries(JSON.parse(attributes) as Record<string, string>).flatMap(([attribute, value]) => {
      const column = attributeColumns[attribute]
      return column === undefined ? [] : [[column, value]]
    })
    if (values.length === 0) continue
    await tables.updateTable('credentials').set(Object.fromEntries(values)).where('name', '=', name).execute()
  }
  await schema.alterTable('credentials').dropColumn('attributes').execute()
}

async function accessPolicies({ schema }: Kysely<unknown>, backend: Backend): Promise<void> {
  await backend
    .withCountingKey(schema.createTable('access_policies'))
    .addColumn('role_name', 'text', column => column.notNull().unique())
    .addColumn('description', 'text', column => column.notNull())
    .execute()
  await backend
    .withCountingKey(schema.createTable('artifact_references'))
    .addColumn('policy', 'bigint', column => column.notNull().references('access_policies.key').onDelete('cascade'))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('description', 'text', column => column.notNull())
    .addColumn('type', 'text', column => column.notNull())
    .addColumn('condition_attribute', 'text', column => column.notNull())
    .addColumn('condition_value', 'text', column => column.notNull())
    .addColumn('condition_type', 'text', column => column.notNull())
    .execute()
  await schema.createIndex('artifact_references_policy').on('artifact_references').column('policy').execute()
}
