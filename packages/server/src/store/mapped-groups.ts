import type { LocalChanges } from './changes.ts'
import type { Database, Tx } from './schema.ts'
import type { GroupMapping, MappedGroups } from './store.ts'
import type { Writer } from './writer.ts'

export function createMappedGroups(database: Database, writer: Writer, changes: LocalChanges): MappedGroups {
  return {
    async replace(user, provider, groups) {
      const isChanged = await writer.write(tx => replaceMappedGroups(tx, { user, provider, groups }))
      if (isChanged) changes.emit('authorizations', user.toLowerCase())
    },
    async ofUser(user) {
      const rows = await database
        .selectFrom('mapped_groups')
        .innerJoin('identity_providers', 'identity_providers.name_lower', 'mapped_groups.provider_lower')
        .innerJoin('groups', 'groups.name_lower', 'mapped_groups.group_lower')
        .select(['identity_providers.name as provider', 'groups.name as group'])
        .where('mapped_groups.user_lower', '=', user.toLowerCase())
        .where('identity_providers.enabled', '=', 1)
        .orderBy('groups.name_lower')
        .orderBy('identity_providers.name_lower')
        .execute()
      return rows.map(({ provider, group }) => ({ provider, group }))
    },
  }
}

/**
 * Groups that users may be in by what a mapping says no more, in lower case: not those that an entry was added to, nor those of
 * all users.
 */
export function outdatedGroups(before: GroupMapping, after: GroupMapping): string[] {
  const reasons = reasonsByGroup(after)
  return [...reasonsByGroup(before)]
    .filter(([group, given]) => {
      const now = reasons.get(group)
      return !now?.has(ofAllUsers) && [...given].some(reason => !now?.has(reason))
    })
    .map(([group]) => group)
}

const ofAllUsers = ''

/** Why users may be in a group: the rules of its entries, or that all users are. */
function reasonsByGroup({ defaultGroups, assertionBasedGroups }: GroupMapping): Map<string, Set<string>> {
  const reasons = new Map<string, Set<string>>()
  const add = (group: string, reason: string) => {
    const key = group.toLowerCase()
    reasons.set(key, (reasons.get(key) ?? new Set()).add(reason))
  }
  for (const group of defaultGroups) add(group, ofAllUsers)
  for (const { group, rules } of assertionBasedGroups) add(group, JSON.stringify(rules))
  return reasons
}

/** Ends memberships in groups that a provider gave. */
export async function endMappings(tx: Tx, provider: string, groups: readonly string[]): Promise<void> {
  if (groups.length === 0) return
  const ofProvider = tx.deleteFrom('mapped_groups').where('provider_lower', '=', provider.toLowerCase())
  await ofProvider.where('group_lower', 'in', groups).execute()
}

/** Resolves with whether anything changed: most users come back as they were. The provider must be there. */
export async function replaceMappedGroups(
  tx: Tx,
  mapped: { readonly user: string; readonly provider: string; readonly groups: readonly string[] },
): Promise<boolean> {
  const user = mapped.user.toLowerCase()
  const provider = mapped.provider.toLowerCase()
  const names = [...new Set(mapped.groups.map(group => group.toLowerCase()))]
  const wanted =
    names.length === 0
      ? []
      : await tx.selectFrom('groups').select('name_lower').where('name_lower', 'in', names).execute()
  const stored = await tx
    .selectFrom('mapped_groups')
    .select('group_lower')
    .where('user_lower', '=', user)
    .where('provider_lower', '=', provider)
    .execute()
  const kept = new Set(stored.map(row => row.group_lower))
  const added = wanted.filter(row => !kept.has(row.name_lower))
  if (added.length === 0 && kept.size === wanted.length) return false
  await tx.deleteFrom('mapped_groups').where('user_lower', '=', user).where('provider_lower', '=', provider).execute()
  if (wanted.length === 0) return true
  await tx
    .insertInto('mapped_groups')
    .values(wanted.map(({ name_lower }) => ({ user_lower: user, provider_lower: provider, group_lower: name_lower })))
    // Another server may be doing the same.
    .onConflict(conflict => conflict.columns(['user_lower', 'provider_lower', 'group_lower']).doNothing())
    .execute()
  return true
}
