import { isVouchedFor } from './external-users.ts'
import type { Database, Tx } from './schema.ts'
import type { SessionRows } from './store.ts'
import type { Writer } from './writer.ts'

export function createSessions(database: Database, writer: Writer): SessionRows {
  return {
    async create(key, { user, provider, createdAt, usedAt }) {
      const row = {
        ...{ key, user_name: user, created_at: createdAt, used_at: usedAt },
        provider_lower: provider ?? null,
      }
      await writer.write(async tx => {
        const isLetIn = provider === undefined ? await noteSignIn(tx, user, createdAt) : await isVouchedFor(tx, user)
        if (isLetIn) await tx.insertInto('sessions').values(row).execute()
      })
    },
    async find(key) {
      const row = await database.selectFrom('sessions').selectAll().where('key', '=', key).executeTakeFirst()
      if (!row) return undefined
      const { user_name: user, provider_lower, created_at: createdAt, used_at: usedAt } = row
      return { user, provider: provider_lower ?? undefined, createdAt, usedAt }
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

/** False when there is no such local user, or it is disabled. */
async function noteSignIn(tx: Tx, user: string, signedInAt: number): Promise<boolean> {
  const signedIn = await tx
    .updateTable('users')
    .set({ signed_in_at: signedInAt })
    .where('name_lower', '=', user.toLowerCase())
    .where('enabled', '=', 1)
    .executeTakeFirst()
  return signedIn.numUpdatedRows > 0n
}
