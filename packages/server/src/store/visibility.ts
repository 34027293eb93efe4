import { sql } from 'kysely'
import type { Property } from './filter.ts'

/** Who shares what a flow has left: `Global`, or the flow alone. */
export const visibility: Property = {
  type: 'text',
  sql: sql`case when flow_id = '' then 'Global' else 'Integration Flow' end`,
  nullable: false,
}
