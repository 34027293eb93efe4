import type { LocalChanges } from './changes.ts'
import type { Database } from './schema.ts'
import { DuplicateError, type Users } from './store.ts'
import type { Writer } from './writer.ts'

export function createUsers(database: Database, writer: Writer, changes: LocalChanges): Users {
  const row = (name: string) => database.selectFrom('users').where('name_lower', '=', name.toLowerCase())
  return {
    async create(user, passwordHash) {
      const created = await writer.write(tx =>
        tx
          .insertInto('users')
          .values({
            name_lower: user.name.toLowerCase(),
            name: user.name,
            password_hash: passwordHash,
            created_at: user.createdAt,
          })
          .onConflict(conflict => conflict.column('name_lower').doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(user.name)
      changes.emit('users', user.name.toLowerCase())
    },
    async find(name) {
      const found = await row(name).select(['name', 'created_at']).executeTakeFirst()
      return found && { name: found.name, createdAt: found.created_at }
    },
    async findPasswordHash(name) {
      const found = await row(name).select('password_hash').executeTakeFirst()
      return found?.password_hash
    },
    async count() {
      const { count } = await database
        .selectFrom('users')
        .select(from => from.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}
