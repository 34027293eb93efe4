import { type Selectable, sql } from 'kysely'
import type { Database, Schema, Tx } from './schema.ts'
import type { ExternalUser, ExternalUsers, NameConflict } from './store.ts'
import type { Writer } from './writer.ts'

export function createExternalUsers(database: Database, writer: Writer): ExternalUsers {
  const providers = database
    .selectFrom('external_users')
    .innerJoin('identity_providers', 'identity_providers.name_lower', 'external_users.provider_lower')
    .selectAll('external_users')
    .select('identity_providers.name as provider')
  return {
    signIn: (user, issuer) => writer.write(tx => signIn(tx, user, issuer)),
    async find(name) {
      const row = await providers.where('external_users.name_lower', '=', name.toLowerCase()).executeTakeFirst()
      return row && fromRow(row)
    },
    async list({ search, skip, top }) {
      const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
      const isFound = sql<boolean>`external_users.search_text like ${pattern} escape '\\'`
      const rows = await providers.where(isFound).orderBy('external_users.name_lower').limit(top).offset(skip).execute()
      const counted = database.selectFrom('external_users').select(from => from.fn.countAll().as('count'))
      const { count } = await counted.where(isFound).executeTakeFirstOrThrow()
      return { users: rows.map(fromRow), count: Number(count) }
    },
    async delete(name) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('external_users').where('name_lower', '=', name.toLowerCase()).executeTakeFirst(),
      )
      return deleted.numDeletedRows > 0n
    },
  }
}

async function signIn(
  tx: Tx,
  user: ExternalUser,
  issuer: string,
): Promise<{ readonly name: string } | { readonly conflict: NameConflict }> {
  const { name, subject, email, displayName, signedInAt } = user
  const nameLower = name.toLowerCase()
  const providerLower = user.provider.toLowerCase()
  const provider = await tx
    .selectFrom('identity_providers')
    .select('settings')
    .where('name_lower', '=', providerLower)
    .where('enabled', '=', 1)
    .executeTakeFirst()
  if (!provider || issuerIn(provider.settings) !== issuer) return { conflict: 'provider-changed' }
  if (await tx.selectFrom('users').select('name').where('name_lower', '=', nameLower).executeTakeFirst()) {
    return { conflict: 'local-user' }
  }
  const known = await tx.selectFrom('external_users').selectAll().where('name_lower', '=', nameLower).executeTakeFirst()
  if (known && (known.provider_lower !== providerLower || known.subject !== subject)) {
    return { conflict: 'other-account' }
  }
  const texts = { email, display_name: displayName, search_text: [name, email, displayName].join('\n').toLowerCase() }
  const values = { provider_lower: providerLower, subject, ...texts, signed_in_at: signedInAt }
  await tx
    .insertInto('external_users')
    .values({ name_lower: nameLower, name, ...values })
    .onConflict(conflict => conflict.column('name_lower').doUpdateSet(values))
    .execute()
  return { name: known?.name ?? name }
}

/** The issuer in the settings of a provider, as they are stored. */
export function issuerIn(settings: string): string {
  return (JSON.parse(settings) as { readonly trust: { readonly issuer: string } }).trust.issuer
}

/** Whether this is a user of an OpenID provider that is enabled. */
export async function isVouchedFor(tx: Tx, user: string): Promise<boolean> {
  const found = await tx
    .selectFrom('external_users')
    .innerJoin('identity_providers', 'identity_providers.name_lower', 'external_users.provider_lower')
    .select('external_users.name')
    .where('external_users.name_lower', '=', user.toLowerCase())
    .where('identity_providers.enabled', '=', 1)
    .executeTakeFirst()
  return found !== undefined
}

/**
 * Ends what users of a provider have by signing in there: sessions, tokens and what they allowed clients. For a provider that
 * is disabled or goes away.
 */
export async function endSessionsOfProvider(tx: Tx, provider: string): Promise<void> {
  const providerLower = provider.toLowerCase()
  const names = tx.selectFrom('external_users').select('name').where('provider_lower', '=', providerLower)
  await tx.deleteFrom('sessions').where('provider_lower', '=', providerLower).execute()
  await tx.deleteFrom('tokens').where('user_name', 'in', names).execute()
  await tx.deleteFrom('user_authorizations').where('user_name', 'in', names).execute()
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
