import { isDeepStrictEqual } from 'node:util'
import { type Selectable, sql } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { settingsOf } from './provider-settings.ts'
import type { Database, Schema, Tx } from './schema.ts'
import type { ExternalUser, ExternalUsers, IdentityProvider, NameConflict } from './store.ts'
import type { Writer } from './writer.ts'

export function createExternalUsers(database: Database, writer: Writer, changes: LocalChanges): ExternalUsers {
  const users = database
    .selectFrom('external_users')
    .innerJoin('identity_providers', 'identity_providers.name_lower', 'external_users.provider_lower')
    .selectAll('external_users')
    .select('identity_providers.name as provider')
  return {
    signIn: (user, provider) =>
      writer.write(async tx => {
        const admission = await admit(tx, user, provider)
        if ('conflict' in admission) return admission
        const { name } = admission
        await noteSignIn(tx, { ...user, name })
        return { name }
      }),
    async find(name) {
      const row = await users
        .where('external_users.name_lower', '=', name.toLowerCase())
        .orderBy(sql`case when external_users.subject = '' then 1 else 0 end`)
        .orderBy('external_users.signed_in_at', 'desc')
        .executeTakeFirst()
      return row && fromRow(row)
    },
    async list({ search, skip, top }) {
      const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
      const isFound = sql<boolean>`external_users.search_text like ${pattern} escape '\\'`
      const found = users.where(isFound).orderBy('external_users.name_lower').orderBy('external_users.provider_lower')
      const rows = await found.limit(top).offset(skip).execute()
      const counted = database.selectFrom('external_users').select(from => from.fn.countAll().as('count'))
      const { count } = await counted.where(isFound).executeTakeFirstOrThrow()
      return { users: rows.map(fromRow), count: Number(count) }
    },
    async delete(name) {
      const nameLower = name.toLowerCase()
      const deleted = await writer.write(async tx => {
        await tx.deleteFrom('mapped_groups').where('user_lower', '=', nameLower).execute()
        return tx.deleteFrom('external_users').where('name_lower', '=', nameLower).executeTakeFirst()
      })
      changes.emit('authorizations', nameLower)
      return deleted.numDeletedRows > 0n
    },
  }
}

/**
 * Whether somebody whom a provider vouches for is let in, and under which name: its first spelling; and from when on the provider is
 * trusted as it is. Writes nothing.
 */
export async function admit(
  tx: Tx,
  { name, subject }: Pick<ExternalUser, 'name' | 'subject'>,
  provider: IdentityProvider,
): Promise<{ readonly name: string; readonly trustedSince: number } | { readonly conflict: NameConflict }> {
  const [nameLower, providerLower] = [name.toLowerCase(), provider.name.toLowerCase()]
  const [trusted] = await lockProviders(tx, [providerLower])
  if (trusted?.enabled !== 1 || !isDeepStrictEqual(JSON.parse(trusted.settings), settingsOf(provider)))
    return { conflict: 'provider-changed' }
  if (await tx.selectFrom('users').select('name').where('name_lower', '=', nameLower).executeTakeFirst()) {
    return { conflict: 'local-user' }
  }
  const known = await tx
    .selectFrom('external_users')
    .select(['name', 'provider_lower', 'subject'])
    .where('name_lower', '=', nameLower)
    .execute()
  const own = known.find(row => row.provider_lower === providerLower)
  const accounts = subject === '' ? [] : known.filter(row => row.subject !== '')
  if (accounts.some(row => row !== own || row.subject !== subject)) return { conflict: 'other-account' }
  return { name: own?.name ?? name, trustedSince: trusted.trusted_since }
}

/**
 * Keeps providers as they are until the transaction ends, by name in lower case, or all of them: what another server does to
 * them, and the users whom they let in there, comes before or after it. Resolves with those that are there.
 */
export function lockProviders(
  tx: Tx,
  names?: readonly string[],
): Promise<Pick<Row, 'settings' | 'enabled' | 'trusted_since'>[]> {
  const all = tx
    .updateTable('identity_providers')
    .set(from => ({ enabled: from.ref('enabled') }))
    .returning(['settings', 'enabled', 'trusted_since'])
  return (names ? all.where('name_lower', 'in', names) : all).execute()
}

type Row = Selectable<Schema['identity_providers']>

/** Notes that a provider has vouched for a user. */
export async function noteSignIn(tx: Tx, { name, provider, ...user }: ExternalUser): Promise<void> {
  const { subject, email, displayName, signedInAt } = user
  const texts = { email, display_name: displayName, search_text: [name, email, displayName].join('\n').toLowerCase() }
  const values = { subject, ...texts, signed_in_at: signedInAt }
  await tx
    .insertInto('external_users')
    .values({ name_lower: name.toLowerCase(), name, provider_lower: provider.toLowerCase(), ...values })
    .onConflict(conflict => conflict.columns(['name_lower', 'provider_lower']).doUpdateSet(values))
    .execute()
}

/** Whether this is a user of an identity provider that is enabled; `provider`: of this one. */
export async function isVouchedFor(tx: Tx, user: string, provider?: string): Promise<boolean> {
  const all = tx.selectFrom('external_users').select('provider_lower').where('name_lower', '=', user.toLowerCase())
  const rows = await (provider === undefined ? all : all.where('provider_lower', '=', provider.toLowerCase())).execute()
  if (rows.length === 0) return false
  const providers = await lockProviders(
    tx,
    rows.map(row => row.provider_lower),
  )
  return providers.some(({ enabled }) => enabled === 1)
}

/**
 * Ends what users of a provider have by its word: sessions, tokens and, of OpenID users, what they allowed clients. For a
 * provider that is disabled or goes away.
 */
export async function endSessionsOfProvider(tx: Tx, provider: string): Promise<void> {
  const providerLower = provider.toLowerCase()
  const names = tx.selectFrom('external_users').select('name').where('provider_lower', '=', providerLower)
  await tx.deleteFrom('sessions').where('provider_lower', '=', providerLower).execute()
  // Tokens of an authorization go with it.
  await tx
    .deleteFrom('user_authorizations')
    .where('user_name', 'in', names.where('subject', '<>', ''))
    .execute()
  await tx.deleteFrom('tokens').where('user_name', 'in', names).where('authorization', 'is', null).execute()
}

/** Also forgets who its users were and their groups: for a provider that becomes another, whose users are others. */
export async function forgetUsersOfProvider(tx: Tx, provider: string): Promise<void> {
  await endSessionsOfProvider(tx, provider)
  for (const table of ['external_users', 'mapped_groups'] as const) {
    await tx.deleteFrom(table).where('provider_lower', '=', provider.toLowerCase()).execute()
  }
}

function fromRow(row: Selectable<Schema['external_users']> & { readonly provider: string }): ExternalUser {
  return {
    name: row.name,
    provider: row.provider,
    subject: row.subject,
    email: row.email,
    displayName: row.display_name,
    signedInAt: row.signed_in_at,
  }
}
