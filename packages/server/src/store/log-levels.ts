import type { LocalChanges } from './changes.ts'
import type { Database } from './schema.ts'
import type { LogLevels } from './store.ts'
import type { Writer } from './writer.ts'

export function createLogLevels(database: Database, writer: Writer, changes: LocalChanges): LogLevels {
  const all = () => database.selectFrom('log_levels').select(['flow_id as flowId', 'level', 'temporary', 'until'])
  return {
    list: () => all().execute(),
    find: flowId => all().where('flow_id', '=', flowId).executeTakeFirst(),
    async put({ flowId, ...values }) {
      await writer.write(tx =>
        tx
          .insertInto('log_levels')
          .values({ flow_id: flowId, ...values })
          .onConflict(conflict => conflict.column('flow_id').doUpdateSet(values))
          .execute(),
      )
      changes.emit('log-levels', flowId)
    },
  }
}
