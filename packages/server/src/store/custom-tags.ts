import type { Database } from './schema.ts'
import { type CustomTagConfigurations, DuplicateError } from './store.ts'
import type { Writer } from './writer.ts'

/** The only one that there is, under the name that the API gives it. */
const id = 'CustomTags'

export function createCustomTags(database: Database, writer: Writer): CustomTagConfigurations {
  return {
    async find() {
      const row = await database
        .selectFrom('custom_tag_configurations')
        .select('content')
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.content
    },
    async put(content, overwrite) {
      const written = await writer.write(tx =>
        tx
          .insertInto('custom_tag_configurations')
          .values({ id, content })
          .onConflict(conflict => {
            const taken = conflict.column('id')
            return overwrite ? taken.doUpdateSet({ content }) : taken.doNothing()
          })
          .executeTakeFirst(),
      )
      if (written.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(id)
    },
  }
}
