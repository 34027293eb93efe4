import type { Selectable } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { endSessionsOfProvider, forgetUsersOfProvider, lockProviders } from './external-users.ts'
import { endMappings, outdatedGroups } from './mapped-groups.ts'
import { namingOf, type ProviderSettings, settingsOf } from './provider-settings.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import { DuplicateError, type IdentityProvider, type IdentityProviders } from './store.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['identity_providers']>

export function createIdentityProviders(
  database: Database,
  writer: Writer,
  changes: LocalChanges,
  seal: Seal,
): IdentityProviders {
  const row = (name: string) => database.selectFrom('identity_providers').where('name_lower', '=', name.toLowerCase())
  const announce = (name: string) => {
    changes.emit('identity-providers', name.toLowerCase())
    // Groups that it maps users to begin or cease to count.
    changes.emit('authorizations', '')
    // Those of users whose provider is not trusted any more have ended.
    changes.emit('tokens', '')
  }
  return {
    async create(provider, clientSecret) {
      const values = {
        name_lower: provider.name.toLowerCase(),
        ...toRow(provider),
        trusted_since: provider.createdAt,
        client_secret: clientSecret === undefined ? null : sealed(seal, provider.name, clientSecret),
      }
      const created = await writer.write(tx =>
        tx
          .insertInto('identity_providers')
          .values(values)
          .onConflict(conflict => conflict.column('name_lower').doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(provider.name)
      announce(provider.name)
    },
    async find(name) {
      const found = await row(name).selectAll().executeTakeFirst()
      return found && fromRow(found)
    },
    async findClientSecret(name) {
      const found = await row(name).select('client_secret').executeTakeFirst()
      return found?.client_secret ? opened(seal, name, found.client_secret) : undefined
    },
    async list() {
      const rows = await database.selectFrom('identity_providers').selectAll().orderBy('name_lower').execute()
      return rows.map(fromRow)
    },
    async update(provider, clientSecret) {
      const { created_at, ...changed } = toRow(provider)
      const secret = clientSecret === undefined ? {} : { client_secret: sealed(seal, provider.name, clientSecret) }
      const nameLower = provider.name.toLowerCase()
      const isUpdated = await writer.write(async tx => {
        const [before] = await lockProviders(tx, [nameLower])
        if (!before) return false
        const old = JSON.parse(before.settings) as ProviderSettings
        const isRenaming = namingOf(old) !== namingOf(provider)
        if (isRenaming) await forgetUsersOfProvider(tx, nameLower)
        else if (!provider.enabled) await endSessionsOfProvider(tx, nameLower)
        const hasEnded = isRenaming || !provider.enabled
        const since = before.trusted_since
        await endMappings(tx, nameLower, outdatedGroups(old, provider))
        await tx
          .updateTable('identity_providers')
          .set({ ...changed, ...secret })
          .set({ trusted_since: hasEnded ? Math.max(since + 1, provider.modifiedAt) : since })
          .where('name_lower', '=', nameLower)
          .execute()
        return true
      })
      if (isUpdated) announce(provider.name)
      return isUpdated
    },
    async delete(name) {
      const deleted = await writer.write(async tx => {
        await lockProviders(tx, [name.toLowerCase()])
        await endSessionsOfProvider(tx, name)
        return tx.deleteFrom('identity_providers').where('name_lower', '=', name.toLowerCase()).executeTakeFirst()
      })
      if (deleted.numDeletedRows === 0n) return false
      announce(name)
      return true
    },
  }
}

function sealName(name: string): string {
  return `identity-provider:${name.toLowerCase()}`
}

function sealed(seal: Seal, name: string, clientSecret: string): Uint8Array {
  return seal.seal(sealName(name), Buffer.from(clientSecret))
}

function opened(seal: Seal, name: string, secret: Uint8Array): string {
  const clientSecret = seal.open(sealName(name), secret)
  if (clientSecret) return Buffer.from(clientSecret).toString('utf8')
  throw new Error(`Expected the client secret of identity provider "${name}" as it was sealed, found it changed`)
}

function toRow(provider: IdentityProvider): Omit<Row, 'name_lower' | 'client_secret' | 'trusted_since'> {
  const { name, description, enabled, createdAt, modifiedAt } = provider
  return {
    ...{ name, description, enabled: enabled ? 1 : 0 },
    settings: JSON.stringify(settingsOf(provider)),
    ...{ created_at: createdAt, modified_at: modifiedAt },
  }
}

function fromRow({ name, description, enabled, settings, created_at, modified_at }: Row): IdentityProvider {
  return {
    ...{ name, description, enabled: enabled === 1 },
    ...(JSON.parse(settings) as ProviderSettings),
    ...{ createdAt: created_at, modifiedAt: modified_at },
  }
}
