import type { LocalChanges } from './changes.ts'
import { replaceMappedGroups } from './mapped-groups.ts'
import type { Database, Tx } from './schema.ts'
import type { AssertionUse, UsedAssertions } from './store.ts'
import type { Writer } from './writer.ts'

export function createUsedAssertions(database: Database, writer: Writer, changes: LocalChanges): UsedAssertions {
  return {
    async redeem(use) {
      const { outcome, isMappedAnew } = await writer.write(tx => redeem(tx, use))
      if (isMappedAnew) changes.emit('authorizations', use.user.toLowerCase())
      return outcome
    },
    async deleteExpired(now, limit) {
      const expired = database.selectFrom('used_assertions').select('key').where('expires_at', '<=', now).limit(limit)
      const deleted = await writer.write(tx =>
        tx.deleteFrom('used_assertions').where('key', 'in', expired).executeTakeFirst(),
      )
      return Number(deleted.numDeletedRows)
    },
  }
}

async function redeem(tx: Tx, { key, expiresAt, user, provider, groups }: AssertionUse) {
  const refused = (outcome: 'local-user' | 'not-trusted' | 'used') => ({ outcome, isMappedAnew: false })
  const local = tx.selectFrom('users').select('name').where('name_lower', '=', user.toLowerCase())
  if (await local.executeTakeFirst()) return refused('local-user')
  const trusted = tx
    .selectFrom('identity_providers')
    .select('name')
    .where('name_lower', '=', provider.toLowerCase())
    .where('enabled', '=', 1)
  if (!(await trusted.executeTakeFirst())) return refused('not-trusted')
  const used = await tx
    .insertInto('used_assertions')
    .values({ key, expires_at: expiresAt })
    .onConflict(conflict => conflict.column('key').doNothing())
    .executeTakeFirst()
  if (used.numInsertedOrUpdatedRows === 0n) return refused('used')
  const isMappedAnew = await replaceMappedGroups(tx, { user, provider, groups })
  return { outcome: 'redeemed' as const, isMappedAnew }
}
