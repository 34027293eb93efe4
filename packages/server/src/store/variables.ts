import type { Database } from './schema.ts'
import type { VariableValues } from './store.ts'
import type { Writer } from './writer.ts'

export function createVariables(database: Database, writer: Writer): VariableValues {
  return {
    async read(flowId, name, now) {
      const found = await database
        .selectFrom('variables')
        .select('value')
        .where('flow_id', '=', flowId)
        .where('name', '=', name)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return found?.value
    },
    async write(flowId, name, value, expiresAt) {
      const changed = { value, expires_at: expiresAt }
      await writer.write(tx =>
        tx
          .insertInto('variables')
          .values({ flow_id: flowId, name, ...changed })
          .onConflict(conflict => conflict.columns(['flow_id', 'name']).doUpdateSet(changed))
          .execute(),
      )
    },
  }
}
