import type { Migration } from './migration.ts'

export const timerTicks: Migration = {
  name: '0003-timer-ticks',
  async up({ schema }, backend) {
    await backend
      .clustered(schema.createTable('timer_ticks'))
      .addColumn('flow_id', 'text', column => column.notNull().references('deployments.id').onDelete('cascade'))
      .addColumn('step_id', 'text', column => column.notNull())
      .addColumn('tick', 'bigint', column => column.notNull())
      .addColumn('busy_until', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('timer_ticks_key', ['flow_id', 'step_id'])
      .execute()
  },
}
