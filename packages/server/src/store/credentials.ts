import type { Insertable, Selectable } from 'kysely'
import type { LocalChanges } from './changes.ts'
import type { Database, Schema } from './schema.ts'
import type { Seal } from './seal.ts'
import { type CredentialKind, type Credentials, type DeployedCredential, DuplicateError } from './store.ts'
import type { Writer } from './writer.ts'

type Row = Selectable<Schema['credentials']>

const described = ['name', 'kind', 'description', 'attributes', 'deployed_by', 'deployed_at'] as const

export function createCredentials(database: Database, writer: Writer, changes: LocalChanges, seal: Seal): Credentials {
  // The name under which a secret is sealed is authenticated: a row cannot be given the secret of another.
  const sealed = (name: string, secret: string) => seal.seal(`credential:${name}`, Buffer.from(secret))
  return {
    async create(credential, secret) {
      const row = { ...toRow(credential), secret: sealed(credential.name, secret) }
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
          .set(secret === undefined ? changed : { ...changed, secret: sealed(name, secret) })
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
    async list(kind) {
      const rows = await database
        .selectFrom('credentials')
        .select(described)
        .where('kind', '=', kind)
        .orderBy('name')
        .execute()
      return rows.map(fromRow)
    },
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
      if (!found) return undefined
      const secret = seal.open(`credential:${name}`, found.secret)
      if (!secret) throw new Error(`Expected the secret of credential "${name}" as it was sealed, found it changed`)
      return { ...fromRow(found), secret: Buffer.from(secret).toString('utf8') }
    },
  }
}

function toRow(credential: DeployedCredential): Omit<Insertable<Schema['credentials']>, 'secret'> {
  return {
    name: credential.name,
    kind: credential.kind,
    description: credential.description,
    attributes: JSON.stringify(credential.attributes),
    deployed_by: credential.deployedBy,
    deployed_at: credential.deployedAt,
  }
}

function fromRow(row: Pick<Row, (typeof described)[number]>): DeployedCredential {
  return {
    name: row.name,
    kind: row.kind as CredentialKind,
    description: row.description,
    attributes: JSON.parse(row.attributes) as DeployedCredential['attributes'],
    deployedBy: row.deployed_by,
    deployedAt: row.deployed_at,
  }
}
