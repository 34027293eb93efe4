import { type Insertable, type Selectable, sql } from 'kysely'
import type { LocalChanges } from './changes.ts'
import { column, constant, type Property } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import { createPartnerCredentials } from './partner-credentials.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import { openSecret, sealSecret } from './sealed-secret.ts'
import {
  type CredentialAttribute,
  type CredentialKind,
  type Credentials,
  type CustomParameter,
  type DeployedCredential,
  DuplicateError,
  type Listable,
} from './store.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['credentials']>

const attributeColumns = {
  user: 'user_name',
  kind: 'user_kind',
  companyId: 'company_id',
  tokenServiceUrl: 'token_service_url',
  clientId: 'client_id',
  clientAuthentication: 'client_authentication',
  scope: 'scope',
  scopeContentType: 'scope_content_type',
  resource: 'resource',
  audience: 'audience',
} as const satisfies Readonly<Record<CredentialAttribute, keyof Row>>

const described = [
  'name',
  'kind',
  'description',
  ...Object.values(attributeColumns),
  'custom_parameters',
  'deployed_by',
  'deployed_at',
] as const

const optional = (name: string): Property => column(name, 'text', { nullable: true })
const withDefault = (name: string, value: string): Property => {
  return { type: 'text', sql: sql`coalesce(${sql.ref(name)}, ${sql.lit(value)})`, nullable: false }
}

/** As the entities show them. */
const common = { Name: column('name'), Description: column('description') }
const descriptor = {
  'SecurityArtifactDescriptor/Type': constant('CREDENTIALS'),
  'SecurityArtifactDescriptor/DeployedBy': column('deployed_by'),
  'SecurityArtifactDescriptor/DeployedOn': column('deployed_at', 'time'),
  'SecurityArtifactDescriptor/Status': constant('DEPLOYED'),
}
const listings: Readonly<Record<CredentialKind, Listing>> = {
  user: {
    key: sql.ref('name'),
    properties: {
      ...common,
      ...descriptor,
      Kind: withDefault('user_kind', 'default'),
      User: withDefault('user_name', ''),
      CompanyId: optional('company_id'),
    },
  },
  'oauth2-client': {
    key: sql.ref('name'),
    properties: {
      ...common,
      ...descriptor,
      TokenServiceUrl: withDefault('token_service_url', ''),
      ClientId: withDefault('client_id', ''),
      ClientAuthentication: withDefault('client_authentication', 'body'),
      Scope: optional('scope'),
      ScopeContentType: optional('scope_content_type'),
      Resource: optional('resource'),
      Audience: optional('audience'),
    },
  },
  'secure-parameter': {
    key: sql.ref('name'),
    properties: {
      ...common,
      DeployedBy: column('deployed_by'),
      DeployedOn: column('deployed_at', 'time'),
      Status: constant('DEPLOYED'),
    },
  },
}

export function createCredentials(database: Database, writer: Writer, changes: LocalChanges, seal: Seal): Credentials {
  return {
    async create(credential, secret) {
      const row = { ...toRow(credential), secret: sealSecret(seal, credential.name, secret) }
      const created = await writer.write(tx =>
        tx
          .insertInto('credentials')
          .values(row)
          .onConflict(conflict => conflict.column('name').doNothing())
          .executeTakeFirst(),
      )
      if (created.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(credential.name)
      changes.emit('credentials', credential.name)
    },
    async update(credential, secret) {
      const { name, kind, ...changed } = toRow(credential)
      const updated = await writer.write(tx =>
        tx
          .updateTable('credentials')
          .set(secret === undefined ? changed : { ...changed, secret: sealSecret(seal, name, secret) })
          .where('name', '=', name)
          .where('kind', '=', kind)
          .executeTakeFirst(),
      )
      if (updated.numUpdatedRows === 0n) return false
      changes.emit('credentials', name)
      return true
    },
    async delete(name) {
      const deleted = await writer.write(tx => tx.deleteFrom('credentials').where('name', '=', name).executeTakeFirst())
      if (deleted.numDeletedRows === 0n) return false
      changes.emit('credentials', name)
      return true
    },
    ofKind: kind => ofKind(database, kind),
    async find(name) {
      const found = await database
        .selectFrom('credentials')
        .select(described)
        .where('name', '=', name)
        .executeTakeFirst()
      return found && fromRow(found)
    },
    async findWithSecret(name) {
      const found = await database.selectFrom('credentials').selectAll().where('name', '=', name).executeTakeFirst()
      return found && { ...fromRow(found), secret: openSecret(seal, name, found.secret) }
    },
    ofPartners: createPartnerCredentials(database, writer, changes, seal),
  }
}

function ofKind(database: Database, kind: CredentialKind): Listable<DeployedCredential> {
  const query = database.selectFrom('credentials').where('kind', '=', kind)
  return {
    list: async request => (await page(query.select(described), request, listings[kind]).execute()).map(fromRow),
    count: ({ filter }) => countRows(query, filter, listings[kind]),
  }
}

function toRow(credential: DeployedCredential): Omit<Insertable<Schema['credentials']>, 'secret'> {
  const { attributes, customParameters } = credential
  const columns = Object.entries(attributeColumns).map(([attribute, name]) => {
    return [name, attributes[attribute as CredentialAttribute] ?? null]
  })
  return {
    name: credential.name,
    kind: credential.kind,
    description: credential.description,
    ...Object.fromEntries(columns),
    custom_parameters: customParameters.length === 0 ? null : JSON.stringify(customParameters),
    deployed_by: credential.deployedBy,
    deployed_at: credential.deployedAt,
  }
}

function fromRow(row: Pick<Row, (typeof described)[number]>): DeployedCredential {
  const attributes = Object.entries(attributeColumns).flatMap(([attribute, name]) => {
    const value = row[name]
    return value === null ? [] : [[attribute, value]]
  })
  return {
    name: row.name,
    kind: row.kind as CredentialKind,
    description: row.description,
    attributes: Object.fromEntries(attributes) as DeployedCredential['attributes'],
    customParameters: row.custom_parameters === null ? [] : (JSON.parse(row.custom_parameters) as CustomParameter[]),
    deployedBy: row.deployed_by,
    deployedAt: row.deployed_at,
  }
}
