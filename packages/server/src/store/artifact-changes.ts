import { type Insertable, type SqlBool, sql } from 'kysely'
import type { Artifact, Artifacts, Change, ConfigurationChange, NewArtifact } from './artifact-store.ts'
import type { Schema, Tx } from './schema.ts'
import { DuplicateError } from './store.ts'
import type { Writer } from './writer.ts'

type ArtifactChanges = Pick<Artifacts, 'create' | 'update' | 'saveAsVersion' | 'configure' | 'deleteVersion' | 'delete'>

/** How artifacts change: each change is one transaction that first compares the revision. */
export function artifactChanges(writer: Writer): ArtifactChanges {
  return {
    async create(artifact, content) {
      const outcome = await writer.write(tx => create(tx, artifact, content))
      if (outcome === 'duplicate') throw new DuplicateError(artifact.id)
      return outcome === 'created'
    },
    update: (artifact, content) => writer.write(tx => updateArtifact(tx, artifact, content)),
    saveAsVersion: (artifact, content, versionsMax) =>
      writer.write(tx => saveAsVersion(tx, artifact, content, versionsMax)),
    configure: (artifact, configured, change) => writer.write(tx => configure(tx, artifact, configured, change)),
    deleteVersion: (id, version) =>
      writer.write(async tx => {
        const { numDeletedRows } = await tx
          .deleteFrom('artifact_versions')
          .where('artifact_id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst()
        await dropUnusedContents(tx, id)
        return numDeletedRows > 0n
      }),
    async delete(id) {
      // Contents, versions and lock go with it: foreign keys.
      const deleted = await writer.write(tx => tx.deleteFrom('artifacts').where('id', '=', id).executeTakeFirst())
      return deleted.numDeletedRows > 0n
    },
  }
}

async function create(
  tx: Tx,
  artifact: NewArtifact,
  content: Uint8Array,
): Promise<'created' | 'duplicate' | 'no package'> {
  const owner = await tx.selectFrom('packages').select('id').where('id', '=', artifact.packageId).executeTakeFirst()
  if (!owner) return 'no package'
  const inserted = await tx
    .insertInto('artifacts')
    .values({ ...newRow(artifact), draft: 0, revision: 1, content_number: 1, configurations: '{}' })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) return 'duplicate'
  await tx.insertInto('artifact_contents').values({ artifact_id: artifact.id, number: 1, content }).execute()
  await keepAsVersion(tx, artifact.id)
  return 'created'
}

/**
 * Creates an artifact, or replaces it in its package; of the values that are configured nothing stays unless they are
 * `kept`. Throws `DuplicateError` when another package has it.
 */
export async function putArtifact(
  tx: Tx,
  artifact: NewArtifact,
  content: Uint8Array,
  configurations: 'kept' | 'dropped',
): Promise<void> {
  const { id, packageId } = artifact
  if ((await create(tx, artifact, content)) === 'created') return
  const { created_by, created_at, ...changed } = newRow(artifact)
  const replaced = await tx
    .updateTable('artifacts')
    .set(({ eb }) => ({ ...changed, draft: 0, revision: eb('revision', '+', 1) }))
    .set(({ eb }) => ({ content_number: eb('revision', '+', 1) }))
    .set(configurations === 'dropped' ? { configurations: '{}' } : {})
    .where('id', '=', id)
    .where('package_id', '=', packageId)
    .returning('revision as number')
    .executeTakeFirst()
  if (!replaced) throw new DuplicateError(id)
  await tx.insertInto('artifact_contents').values({ artifact_id: id, number: replaced.number, content }).execute()
  await dropUnusedContents(tx, id)
}

/** `Artifacts.update`. */
export async function updateArtifact(tx: Tx, artifact: Artifact, content: Uint8Array | undefined): Promise<boolean> {
  const { id, isDraft, revision } = artifact
  const isUnchanged = sql<SqlBool>`id = ${id} and revision = ${revision} and ${notLocked(artifact)}`
  if (isDraft) {
    const found = await tx.selectFrom('artifacts').select('id').where(isUnchanged).executeTakeFirst()
    if (!found) return false
    await keepAsVersion(tx, id)
  }
  const number = revision + 1
  const { numUpdatedRows } = await tx
    .updateTable('artifacts')
    .set({ ...newRow(artifact), draft: Number(isDraft), revision: number, ...(content && { content_number: number }) })
    .where(isUnchanged)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  if (!content) return true
  await tx.insertInto('artifact_contents').values({ artifact_id: id, number, content }).execute()
  await dropUnusedContents(tx, id)
  return true
}

async function saveAsVersion(
  tx: Tx,
  artifact: Artifact,
  content: Uint8Array | undefined,
  versionsMax: number,
): Promise<'saved' | 'taken' | 'refused'> {
  const existing = await tx
    .selectFrom('artifact_versions')
    .select(['content_number'])
    .where('artifact_id', '=', artifact.id)
    .where('version', '=', artifact.version)
    .executeTakeFirst()
  if (existing) {
    const current = await tx
      .selectFrom('artifacts')
      .select(['version', 'content_number', 'draft'])
      .where('id', '=', artifact.id)
      .executeTakeFirst()
    const isSame = current?.version === artifact.version && current.content_number === existing.content_number
    return isSame && current.draft === 0 ? 'saved' : 'taken'
  }
  if (!(await updateArtifact(tx, { ...artifact, isDraft: false }, content))) return 'refused'
  await keepAsVersion(tx, artifact.id)
  await forgetOldest(tx, artifact.id, versionsMax)
  return 'saved'
}

function notLocked({ id, modifiedBy, modifiedAt }: Pick<Artifact, 'id' | 'modifiedBy' | 'modifiedAt'>) {
  return sql<SqlBool>`not exists (
    select 1 from artifact_locks
    where artifact_id = ${id} and expires_at > ${modifiedAt} and lower(locked_by) <> lower(${modifiedBy}))`
}

/** What is current becomes a version, unless it is a draft or there is a version of its number. */
async function keepAsVersion(tx: Tx, id: string): Promise<void> {
  await sql`
    insert into artifact_versions (
      artifact_id, version, content_number, name, description, sender, receiver, configurations, modified_by, modified_at)
    select id, version, content_number, name, description, sender, receiver, configurations, modified_by, modified_at
    from artifacts where id = ${id} and draft = 0
    on conflict do nothing`.execute(tx)
}

async function forgetOldest(tx: Tx, id: string, versionsMax: number): Promise<void> {
  const kept = tx
    .selectFrom('artifact_versions')
    .select('version')
    .where('artifact_id', '=', id)
    .orderBy('content_number', 'desc')
    .limit(versionsMax)
  const { numDeletedRows } = await tx
    .deleteFrom('artifact_versions')
    .where('artifact_id', '=', id)
    .where('version', 'not in', kept)
    .executeTakeFirst()
  if (numDeletedRows > 0n) await dropUnusedContents(tx, id)
}

async function dropUnusedContents(tx: Tx, id: string): Promise<void> {
  await sql`
    delete from artifact_contents where artifact_id = ${id} and number not in (
      select content_number from artifacts where id = ${id}
      union all select content_number from artifact_versions where artifact_id = ${id})`.execute(tx)
}

async function configure(
  tx: Tx,
  { id, revision }: Artifact,
  { name, value, before }: ConfigurationChange,
  change: Change,
): Promise<boolean> {
  const found = await tx
    .updateTable('artifacts')
    // Changes nothing: other databases lock the row.
    .set({ revision })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where(notLocked({ id, modifiedBy: change.by, modifiedAt: change.at }))
    .returning('configurations')
    .executeTakeFirst()
  if (!found) return false
  const configurations = parseConfigurations(found.configurations)
  if (configurations.get(name) !== before) return false
  await tx
    .updateTable('artifacts')
    .set({ configurations: JSON.stringify(Object.fromEntries([...configurations, [name, value]])) })
    .where('id', '=', id)
    .execute()
  return true
}

/** Reads what `configurations` columns hold. */
export function parseConfigurations(json: string): Map<string, string> {
  return new Map(Object.entries(JSON.parse(json) as Record<string, string>))
}

function newRow(
  artifact: NewArtifact,
): Omit<Insertable<Schema['artifacts']>, 'draft' | 'revision' | 'content_number' | 'configurations'> {
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
