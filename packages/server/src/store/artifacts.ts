import { type Insertable, type Selectable, sql } from 'kysely'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Schema, Tx } from './schema.ts'
import { type Artifact, type Artifacts, type ArtifactType, DuplicateError } from './store.ts'
import type { Writer } from './writer.ts'

/** `IntegrationDesigntimeArtifact` shows its dates as strings of milliseconds. */
const listing: Listing = {
  key: sql.ref('id'),
  properties: {
    Id: column('id'),
    Type: column('type'),
    Version: column('version'),
    PackageId: column('package_id'),
    Name: column('name'),
    Description: column('description'),
    Sender: column('sender'),
    Receiver: column('receiver'),
    CreatedBy: column('created_by'),
    CreatedAt: column('created_at', 'timeText'),
    ModifiedBy: column('modified_by'),
    ModifiedAt: column('modified_at', 'timeText'),
  },
}

export function createArtifacts(database: Database, writer: Writer): Artifacts {
  return {
    async list(query) {
      return (await page(database.selectFrom('artifacts').selectAll(), query, listing).execute()).map(fromRow)
    },
    count: ({ filter }) => countRows(database.selectFrom('artifacts'), filter, listing),
    async create(artifact, content) {
      const created = await writer.write(async tx => {
        const inserted = await tx
          .insertInto('artifacts')
          .values(toRow(artifact))
          .onConflict(conflict => conflict.column('id').doNothing())
          .executeTakeFirst()
        if (inserted.numInsertedOrUpdatedRows === 0n) return false
        await tx.insertInto('artifact_contents').values({ artifact_id: artifact.id, content }).execute()
        return true
      })
      if (!created) throw new DuplicateError(artifact.id)
    },
    async find(id) {
      const found = await database.selectFrom('artifacts').selectAll().where('id', '=', id).executeTakeFirst()
      return found && fromRow(found)
    },
    async findContent(id) {
      const found = await database
        .selectFrom('artifact_contents')
        .select('content')
        .where('artifact_id', '=', id)
        .executeTakeFirst()
      return found?.content
    },
    update: (artifact, content) =>
      writer.write(async tx => {
        const updated = await tx
          .updateTable('artifacts')
          .set(toRow(artifact))
          .where('id', '=', artifact.id)
          .executeTakeFirst()
        if (updated.numUpdatedRows === 0n) return false
        if (content) {
          await tx.updateTable('artifact_contents').set({ content }).where('artifact_id', '=', artifact.id).execute()
        }
        return true
      }),
    async delete(id) {
      // Content and configured values go with it: foreign keys.
      const deleted = await writer.write(tx => tx.deleteFrom('artifacts').where('id', '=', id).executeTakeFirst())
      return deleted.numDeletedRows > 0n
    },
    async configurations(id) {
      const rows = await database
        .selectFrom('artifact_configurations')
        .select(['name', 'value'])
        .where('artifact_id', '=', id)
        .orderBy('name')
        .execute()
      return new Map(rows.map(row => [row.name, row.value]))
    },
    async configure(id, values) {
      if (values.size === 0) return
      const rows = [...values].map(([name, value]) => ({ artifact_id: id, name, value }))
      await writer.write(tx =>
        tx
          .insertInto('artifact_configurations')
          .values(rows)
          .onConflict(conflict =>
            conflict.columns(['artifact_id', 'name']).doUpdateSet(set => ({ value: set.ref('excluded.value') })),
          )
          .execute(),
      )
    },
  }
}

/** Creates an artifact, or replaces it in its package. Throws `DuplicateError` when another package has it. */
export async function putArtifact(tx: Tx, artifact: Artifact, content: Uint8Array): Promise<void> {
  const { created_by, created_at, ...changed } = toRow(artifact)
  const put = await tx
    .insertInto('artifacts')
    .values({ created_by, created_at, ...changed })
    .onConflict(conflict =>
      conflict.column('id').doUpdateSet(changed).where('artifacts.package_id', '=', artifact.packageId),
    )
    .executeTakeFirst()
  if (put.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(artifact.id)
  await tx
    .insertInto('artifact_contents')
    .values({ artifact_id: artifact.id, content })
    .onConflict(conflict => conflict.column('artifact_id').doUpdateSet({ content }))
    .execute()
}

function toRow(artifact: Artifact): Insertable<Schema['artifacts']> {
  return {
    id: artifact.id,
    package_id: artifact.packageId,
    type: artifact.type,
    name: artifact.name,
    version: artifact.version,
    description: artifact.description,
    sender: artifact.sender,
    receiver: artifact.receiver,
    created_by: artifact.createdBy,
    created_at: artifact.createdAt,
    modified_by: artifact.modifiedBy,
    modified_at: artifact.modifiedAt,
  }
}

function fromRow(row: Selectable<Schema['artifacts']>): Artifact {
  return {
    id: row.id,
    packageId: row.package_id,
    type: row.type as ArtifactType,
    name: row.name,
    version: row.version,
    description: row.description,
    sender: row.sender,
    receiver: row.receiver,
    createdBy: row.created_by,
    createdAt: row.created_at,
    modifiedBy: row.modified_by,
    modifiedAt: row.modified_at,
  }
}
