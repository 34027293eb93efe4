import { type Kysely, sql } from 'kysely'
import type { Backend } from '../backend.ts'
import type { Migration } from './migration.ts'

export const initial: Migration = {
  name: '0001-initial',
  async up(database, backend) {
    await oauth(database, backend)
    await authorizations(database, backend)
    await design(database, backend)
    await runtime(database, backend)
    await messageLogs(database)
  },
}

async function oauth({ schema }: Kysely<unknown>, backend: Backend): Promise<void> {
  await backend
    .withCountingKey(schema.createTable('clients'))
    .addColumn('id', 'text', column => column.notNull())
    .addColumn('id_lower', 'text', column => column.notNull().unique())
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('description', 'text', column => column.notNull())
    .addColumn('subscription', 'text', column => column.notNull())
    .addColumn('grant_type', 'text', column => column.notNull())
    .addColumn('confidential', 'integer', column => column.notNull())
    .addColumn('scopes', 'text', column => column.notNull())
    .addColumn('token_lifetime_seconds', 'integer', column => column.notNull())
    .addColumn('redirect_uri', 'text')
    .addColumn('skip_consent', 'integer', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('secret_hash', 'text')
    .execute()
  await backend
    .clustered(schema.createTable('tokens'))
    .addColumn('key', backend.bytes, column => column.notNull().primaryKey())
    .addColumn('client', 'integer', column => column.notNull().references('clients.key').onDelete('cascade'))
    .addColumn('issued_at', 'bigint', column => column.notNull())
    .addColumn('user_name', 'text')
    .addColumn('scopes', 'text')
    .execute()
  await schema.createIndex('tokens_by_client').on('tokens').columns(['client', 'issued_at']).execute()
  await backend
    .clustered(schema.createTable('sealed_keys'))
    .addColumn('name', 'text', column => column.notNull().primaryKey())
    .addColumn('value', backend.bytes, column => column.notNull())
    .execute()
}

async function authorizations({ schema }: Kysely<unknown>, backend: Backend): Promise<void> {
  await backend
    .clustered(schema.createTable('users'))
    .addColumn('name_lower', 'text', column => column.notNull().primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('password_hash', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await backend
    .clustered(schema.createTable('groups'))
    .addColumn('name_lower', 'text', column => column.notNull().primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .execute()
  await backend
    .clustered(schema.createTable('group_users'))
    .addColumn('group_lower', 'text', column => column.notNull().references('groups.name_lower').onDelete('cascade'))
    .addColumn('user_lower', 'text', column => column.notNull())
    .addColumn('user_name', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('group_users_key', ['group_lower', 'user_lower'])
    .execute()
  await schema.createIndex('group_users_by_user').on('group_users').column('user_lower').execute()
  await backend
    .clustered(schema.createTable('custom_roles'))
    .addColumn('application', 'text', column => column.notNull())
    .addColumn('role', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('custom_roles_key', ['application', 'role'])
    .execute()
  await backend
    .clustered(schema.createTable('role_users'))
    .addColumn('application', 'text', column => column.notNull())
    .addColumn('role', 'text', column => column.notNull())
    .addColumn('user_lower', 'text', column => column.notNull())
    .addColumn('user_name', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('role_users_key', ['application', 'role', 'user_lower'])
    .execute()
  await schema.createIndex('role_users_by_user').on('role_users').column('user_lower').execute()
  await backend
    .clustered(schema.createTable('role_groups'))
    .addColumn('application', 'text', column => column.notNull())
    .addColumn('role', 'text', column => column.notNull())
    .addColumn('group_lower', 'text', column => column.notNull().references('groups.name_lower').onDelete('cascade'))
    .addPrimaryKeyConstraint('role_groups_key', ['application', 'role', 'group_lower'])
    .execute()
  await schema.createIndex('role_groups_by_group').on('role_groups').column('group_lower').execute()
}

async function design({ schema }: Kysely<unknown>, backend: Backend): Promise<void> {
  await schema
    .createTable('packages')
    .addColumn('id', 'text', column => column.notNull().primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('short_text', 'text', column => column.notNull())
    .addColumn('description', 'text', column => column.notNull())
    .addColumn('version', 'text', column => column.notNull())
    .addColumn('vendor', 'text', column => column.notNull())
    .addColumn('created_by', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('modified_by', 'text', column => column.notNull())
    .addColumn('modified_at', 'bigint', column => column.notNull())
    .execute()
  await schema
    .createTable('artifacts')
    .addColumn('id', 'text', column => column.notNull().primaryKey())
    .addColumn('package_id', 'text', column => column.notNull().references('packages.id').onDelete('cascade'))
    .addColumn('type', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('version', 'text', column => column.notNull())
    .addColumn('description', 'text', column => column.notNull())
    .addColumn('sender', 'text', column => column.notNull())
    .addColumn('receiver', 'text', column => column.notNull())
    .addColumn('created_by', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .addColumn('modified_by', 'text', column => column.notNull())
    .addColumn('modified_at', 'bigint', column => column.notNull())
    .execute()
  await schema.createIndex('artifacts_by_package').on('artifacts').column('package_id').execute()
  await schema
    .createTable('artifact_contents')
    .addColumn('artifact_id', 'text', column =>
      column.notNull().primaryKey().references('artifacts.id').onDelete('cascade'),
    )
    .addColumn('content', backend.bytes, column => column.notNull())
    .execute()
  await backend
    .clustered(schema.createTable('artifact_configurations'))
    .addColumn('artifact_id', 'text', column => column.notNull().references('artifacts.id').onDelete('cascade'))
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addPrimaryKeyConstraint('artifact_configurations_key', ['artifact_id', 'name'])
    .execute()
}

async function runtime({ schema }: Kysely<unknown>, backend: Backend): Promise<void> {
  await schema
    .createTable('deployments')
    .addColumn('id', 'text', column => column.notNull().primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('type', 'text', column => column.notNull())
    .addColumn('version', 'text', column => column.notNull())
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('deployed_by', 'text', column => column.notNull())
    .addColumn('deployed_at', 'bigint', column => column.notNull())
    .addColumn('error', 'text')
    .execute()
  await schema
    .createTable('running_contents')
    .addColumn('deployment_id', 'text', column =>
      column.notNull().primaryKey().references('deployments.id').onDelete('cascade'),
    )
    .addColumn('content', backend.bytes, column => column.notNull())
    .addColumn('parameters', 'text', column => column.notNull())
    .addColumn('deployed_at', 'bigint', column => column.notNull())
    .execute()
  await schema
    .createTable('deploy_tasks')
    .addColumn('task_id', 'text', column => column.notNull().primaryKey())
    .addColumn('artifact_id', 'text', column => column.notNull())
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('created_at', 'bigint', column => column.notNull())
    .execute()
  await backend
    .clustered(schema.createTable('variables'))
    .addColumn('flow_id', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addColumn('expires_at', 'bigint', column => column.notNull())
    .addPrimaryKeyConstraint('variables_key', ['flow_id', 'name'])
    .execute()
  await schema
    .createTable('number_ranges')
    .addColumn('name', 'text', column => column.notNull().primaryKey())
    .addColumn('description', 'text', column => column.notNull())
    .addColumn('min_value', 'bigint', column => column.notNull())
    .addColumn('max_value', 'bigint', column => column.notNull())
    .addColumn('current_value', 'bigint', column => column.notNull())
    .addColumn('field_length', 'integer', column => column.notNull())
    .addColumn('rotate', 'integer', column => column.notNull())
    .execute()
}

async function messageLogs({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('message_logs')
    .addColumn('message_guid', 'text', column => column.notNull().primaryKey())
    .addColumn('correlation_id', 'text', column => column.notNull())
    .addColumn('artifact_id', 'text', column => column.notNull())
    .addColumn('artifact_name', 'text', column => column.notNull())
    .addColumn('package_id', 'text', column => column.notNull())
    .addColumn('status', 'text', column => column.notNull())
    .addColumn('custom_status', 'text')
    .addColumn('log_start', 'bigint', column => column.notNull())
    .addColumn('log_end', 'bigint', column => column.notNull())
    .addColumn('sender', 'text')
    .addColumn('receiver', 'text')
    .addColumn('application_message_id', 'text')
    .addColumn('application_message_type', 'text')
    .addColumn('error', 'text')
    .addColumn('error_step_id', 'text')
    .execute()
  await schema.createIndex('message_logs_by_end').on('message_logs').column('log_end').execute()
  await schema.createIndex('message_logs_by_artifact').on('message_logs').columns(['artifact_id', 'log_end']).execute()
  await schema
    .createIndex('message_logs_unusual')
    .on('message_logs')
    .columns(['status', 'log_end'])
    .where(sql.ref('status'), '<>', sql.lit('COMPLETED'))
    .execute()
}
