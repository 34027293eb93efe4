import { isVouchedFor } from './external-users.ts'
import type { Database, Tx } from './schema.ts'
import type { SessionRows } from './store.ts'
import type { Writer } from './writer.ts'

/** Of one user. */
const sessionsMax = 100

export function createSessions(database: Database, writer: Writer): SessionRows {
  return {
    create(key, { user, provider, createdAt, usedAt }, passwordHash) {
      const row = {
        ...{ key, user_name: user, created_at: createdAt, used_at: usedAt },
        provider_lower: provider ?? null,
      }
      return writer.write(async tx => {
        const isLocal = provider === undefined
        const isLetIn = isLocal
          ? await noteSignIn(tx, user, createdAt, passwordHash)
          : await isVouchedFor(tx, user, provider)
        if (!isLetIn) return false
        await endOldest(tx, user)
        await tx.insertInto('sessions').values(row).execute()
        return true
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

/** Ends those of a user that were used longest ago, so that there is room for one more. */
async function endOldest(tx: Tx, user: string): Promise<void> {
  await tx
    .deleteFrom('sessions')
    .where('key', 'in', from =>
      from
        .selectFrom('sessions')
        .select('key')
        .where('user_name', '=', user)
        .orderBy('used_at', 'desc')
        .orderBy('created_at', 'desc')
        .limit(sessionsMax)
        .offset(sessionsMax - 1),
    )
    .execute()
}

/** False when there is no such local user, or it is disabled, or has another password meanwhile. */
async function noteSignIn(
  tx: Tx,
  user: string,
  signedInAt: number,
  passwordHash: string | undefined,
): Promise<boolean> {
  let signedIn = tx
    .updateTable('users')
    .set({ signed_in_at: signedInAt })
    .where('name_lower', '=', user.toLowerCase())
    .where('enabled', '=', 1)
  if (passwordHash !== undefined) signedIn = signedIn.where('password_hash', '=', passwordHash)
  return (await signedIn.executeTakeFirst()).numUpdatedRows > 0n
}
