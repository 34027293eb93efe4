import type { ApplicationScope } from '@sluice/oauth'
import type { Database } from './schema.ts'
import { DuplicateError, type Scopes } from './store.ts'
import type { Writer } from './writer.ts'

export function createScopes(database: Database, writer: Writer): Scopes {
  return {
    async ofApplication(application) {
      const rows = await database
        .selectFrom('application_scopes')
        .selectAll()
        .where('application', '=', application)
        .orderBy('id')
        .execute()
      return rows.map(({ id, description, translations }) => ({
        id,
        description,
        translations: JSON.parse(translations),
      }))
    },
    async create(application, scope) {
      const created = await writer.write(tx =>
        tx
          .insertInto('application_scopes')
          .values({ application, id: scope.id, ...columnsOf(scope) })
          .onConflict(conflict => conflict.columns(['application', 'id']).doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(scope.id)
    },
    async update(application, scope) {
      const updated = await writer.write(tx =>
        tx
          .updateTable('application_scopes')
          .set(columnsOf(scope))
          .where('application', '=', application)
          .where('id', '=', scope.id)
          .executeTakeFirst(),
      )
      return updated.numUpdatedRows > 0n
    },
    async delete(application, id) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('application_scopes')
          .where('application', '=', application)
          .where('id', '=', id)
          .executeTakeFirst(),
      )
      return deleted.numDeletedRows > 0n
    },
  }
}

function columnsOf({ description, translations }: ApplicationScope) {
  return { description, translations: JSON.stringify(translations) }
}
