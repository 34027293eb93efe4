import type { Insertable } from 'kysely'
import { putArtifact } from './artifact-changes.ts'
import type { Database, Schema, Tx } from './schema.ts'
import {
  DuplicateError,
  type IntegrationPackage,
  type PackageContent,
  type PackageImportMode,
  type PackageResource,
} from './store.ts'

/** A package as its row. */
export function packageToRow(value: IntegrationPackage): Insertable<Schema['packages']> {
  return {
    id: value.id,
    name: value.name,
    resource_id: value.resourceId,
    short_text: value.shortText,
    description: value.description,
    version: value.version,
    vendor: value.vendor,
    partner_content: value.partnerContent ? 1 : 0,
    supported_platform: value.supportedPlatform,
    products: value.products,
    keywords: value.keywords,
    countries: value.countries,
    industries: value.industries,
    line_of_business: value.lineOfBusiness,
    created_by: value.createdBy,
    created_at: value.createdAt,
    modified_by: value.modifiedBy,
    modified_at: value.modifiedAt,
  }
}

/** `Packages.setTag`. */
export async function setTag(tx: Tx, packageId: string, name: string, value: string): Promise<void> {
  await tx
    .insertInto('package_tags')
    .values({ package_id: packageId, name, value })
    .onConflict(conflict => conflict.columns(['package_id', 'name']).doUpdateSet({ value }))
    .execute()
}

/** `Packages.resources`. */
export async function resourcesOf(database: Database, packageId: string): Promise<PackageResource[]> {
  const rows = await database
    .selectFrom('package_resources')
    .selectAll()
    .where('package_id', '=', packageId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    type: row.type,
    uniqueId: row.unique_id,
    relation: row.relation,
    entry: row.entry,
    content: row.content ?? undefined,
  }))
}

/** `Packages.import`. */
export async function importPackage(tx: Tx, content: PackageContent, mode: PackageImportMode): Promise<void> {
  const { id } = content.package
  const { created_by, created_at, ...changed } = packageToRow(content.package)
  const inserted = await tx
    .insertInto('packages')
    .values({ created_by, created_at, ...changed })
    .onConflict(conflict => (mode === 'create' ? conflict.doNothing() : conflict.column('id').doUpdateSet(changed)))
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) throw new DuplicateError(id)
  for (const { artifact, content: zip } of content.artifacts) {
    await putArtifact(tx, artifact, zip, mode === 'replace' ? 'dropped' : 'kept')
    if (mode !== 'replace') continue
    await tx.deleteFrom('configured_value_schemas').where('artifact_id', '=', artifact.id).execute()
  }
  for (const [name, value] of content.tags) await setTag(tx, id, name, value)
  await mergeResources(tx, id, content.resources)
}

/** The entries that are given come first, in place of those for the same thing. */
async function mergeResources(tx: Tx, packageId: string, resources: readonly PackageResource[]): Promise<void> {
  await tx
    .updateTable('package_resources')
    .set(({ eb }) => ({ position: eb('position', '+', resources.length) }))
    .where('package_id', '=', packageId)
    .execute()
  for (const [position, { id, type, uniqueId, relation, entry, content }] of resources.entries()) {
    await tx
      .deleteFrom('package_resources')
      .where('package_id', '=', packageId)
      .where(({ eb, or, and }) => {
        // Documents may have no ID of their own.
        const isSame = and([eb('type', '=', type), eb('unique_id', '=', uniqueId), eb('unique_id', '<>', '')])
        return or([eb('id', '=', id), isSame])
      })
      .execute()
    await tx
      .insertInto('package_resources')
      .values({
        package_id: packageId,
        id,
        position,
        type,
        unique_id: uniqueId,
        relation,
        entry,
        content: content ?? null,
      })
      .execute()
  }
}
