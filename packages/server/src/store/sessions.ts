import type { Database } from './schema.ts'
import type { SessionRows } from './store.ts'
import type { Writer } from './writer.ts'

export function createSessions(database: Database, writer: Writer): SessionRows {
  return {
    async create(key, { user, createdAt, usedAt }) {
      const row = { key, user_name: user, created_at: createdAt, used_at: usedAt }
      await writer.write(async tx => {
        const signedIn = await tx
          .updateTable('users')
          .set({ signed_in_at: createdAt })
          .where('name_lower', '=', user.toLowerCase())
          .where('enabled', '=', 1)
          .executeTakeFirst()
        if (signedIn.numUpdatedRows > 0n) await tx.insertInto('sessions').values(row).execute()
      })
    },
    async find(key) {
      const row = await database.selectFrom('sessions').selectAll().where('key', '=', key).executeTakeFirst()
      return row && { user: row.user_name, createdAt: row.created_at, usedAt: row.used_at }
    },
    async use(key, now) {
      await writer.write(tx => tx.updateTable('sessions').set({ used_at: now }).where('key', '=', key).execute())
    },
    async delete(key) {
      const deleted = await writer.write(tx => tx.deleteFrom('sessions').where('key', '=', key).executeTakeFirst())
      return deleted.numDeletedRows > 0n
    },
    async deleteByUser(user) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('sessions').where('user_name', '=', user).executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
    async deleteUnused(before, limit) {
      const deleted = await writer.write(tx =>
        tx
          .deleteFrom('sessions')
          .where('key', 'in', from =>
            from.selectFrom('sessions').select('key').where('used_at', '<', before).limit(limit),
          )
          .executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
  }
}
