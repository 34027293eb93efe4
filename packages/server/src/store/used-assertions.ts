import type { LocalChanges } from './changes.ts'
import { admit, noteSignIn } from './external-users.ts'
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
    async counts(user, { provider, trustedSince }) {
      const found = await database
        .selectFrom('identity_providers')
        .innerJoin('external_users', 'external_users.provider_lower', 'identity_providers.name_lower')
        .select('external_users.name')
        .where('identity_providers.name_lower', '=', provider.toLowerCase())
        .where('identity_providers.trusted_since', '=', trustedSince)
        .where('external_users.name_lower', '=', user.toLowerCase())
        .executeTakeFirst()
      return found !== undefined
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

async function redeem(tx: Tx, { key, usedAt, expiresAt, user, provider, groups }: AssertionUse) {
  const subject = ''
  const admission = await admit(tx, { name: user, subject }, provider)
  if ('conflict' in admission) {
    const outcome = admission.conflict === 'local-user' ? 'local-user' : 'not-trusted'
    return { outcome, isMappedAnew: false } as const
  }
  const used = await tx
    .insertInto('used_assertions')
    .values({ key, expires_at: expiresAt })
    .onConflict(conflict => conflict.column('key').doNothing())
    .executeTakeFirst()
  if (used.numInsertedOrUpdatedRows === 0n) return { outcome: 'used', isMappedAnew: false } as const
  const { name, trustedSince } = admission
  await noteSignIn(tx, { name, provider: provider.name, subject, email: '', displayName: '', signedInAt: usedAt })
  const isMappedAnew = await replaceMappedGroups(tx, { user: name, provider: provider.name, groups })
  return { outcome: { user: name, word: { provider: provider.name, trustedSince } }, isMappedAnew }
}
