import { sql } from 'kysely'
import type { Migration } from './migration.ts'

export const auditLog: Migration = {
  name: '0025-audit-log',
  async up(database, backend) {
    const { schema } = database
    await backend
      .withCountingKey(schema.createTable('audit_log'))
      .addColumn('time', 'bigint', column => column.notNull())
      .addColumn('object', 'integer', column => column.notNull())
      .addColumn('action', 'integer', column => column.notNull())
      .addColumn('method', 'integer')
      .addColumn('count', 'integer')
      .addColumn('ids', 'text')
      .addColumn('user_name', 'text')
      .addColumn('client_id', 'text')
      .addColumn('address', 'text')
      .addColumn('reason', 'text')
      .addColumn('changes', 'text')
      .execute()
    await schema.createIndex('audit_log_by_time').on('audit_log').column('time').execute()
    await schema
      .createIndex('audit_log_changes')
      .on('audit_log')
      .column('time')
      .where(sql.ref('object'), '>=', sql.lit(100))
      .execute()
    await schema
      .createIndex('audit_log_failures')
      .on('audit_log')
      .column('time')
      .where(sql.ref('reason'), 'is not', null)
      .execute()
    await schema
      .createIndex('audit_log_by_user')
      .on('audit_log')
      .columns(['user_name', 'time'])
      .where(sql.ref('user_name'), 'is not', null)
      .execute()
    for (const statement of backend.appendOnly('audit_log')) await statement.execute(database)
  },
}
