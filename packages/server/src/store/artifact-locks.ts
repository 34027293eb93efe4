import { sql } from 'kysely'
import type { ArtifactLock, ArtifactLocks, ArtifactType } from './artifact-store.ts'
import { column } from './filter.ts'
import { countRows, type Listing, page } from './listing.ts'
import type { Database, Tx } from './schema.ts'
import type { Writer } from './writer.ts'

/** `IntegrationDesigntimeLock`. */
const listing: Listing = {
  key: sql.ref('artifact_id'),
  properties: {
    ResourceId: column('artifact_id'),
    ArtifactId: column('artifact_id'),
    ArtifactName: column('artifacts.name'),
    // The words are those of exported packages.
    ArtifactType: column('type', 'text', {
      sql: sql`case artifacts.type when 'IntegrationFlow' then 'IFlow' else artifacts.type end`,
    }),
    PackageId: column('packages.id'),
    PackageName: column('packages.name'),
    CreatedAt: column('locked_at', 'time'),
    CreatedBy: column('locked_by'),
  },
}

export function createArtifactLocks(database: Database, writer: Writer): ArtifactLocks {
  return {
    list: async (query, now) => (await page(selected(database, now), query, listing).execute()).map(fromRow),
    count: ({ filter }, now) => countRows(locks(database, now), filter, listing),
    find: (artifactId, now) => find(database, artifactId, now),
    lock: (artifactId, change, expiresAt) =>
      writer.write(async tx => {
        const artifact = await tx.selectFrom('artifacts').select('id').where('id', '=', artifactId).executeTakeFirst()
        if (!artifact) return undefined
        await tx
          .deleteFrom('artifact_locks')
          .where('artifact_id', '=', artifactId)
          .where('expires_at', '<=', change.at)
          .execute()
        await tx
          .insertInto('artifact_locks')
          .values({ artifact_id: artifactId, locked_by: change.by, locked_at: change.at, expires_at: expiresAt })
          .onConflict(conflict =>
            conflict
              .column('artifact_id')
              .doUpdateSet({ expires_at: expiresAt })
              .where(sql<boolean>`lower(artifact_locks.locked_by) = lower(${change.by})`),
          )
          .execute()
        return find(tx, artifactId, change.at)
      }),
    async unlock(artifactId) {
      const deleted = await writer.write(tx =>
        tx.deleteFrom('artifact_locks').where('artifact_id', '=', artifactId).executeTakeFirst(),
      )
      return deleted.numDeletedRows > 0n
    },
  }
}

function locks(database: Database | Tx, now: number) {
  return database
    .selectFrom('artifact_locks')
    .innerJoin('artifacts', 'artifacts.id', 'artifact_locks.artifact_id')
    .innerJoin('packages', 'packages.id', 'artifacts.package_id')
    .where('expires_at', '>', now)
}

function selected(database: Database | Tx, now: number) {
  return locks(database, now).select([
    'artifact_id',
    'artifacts.name as artifact_name',
    'artifacts.type as artifact_type',
    'packages.id as package_id',
    'packages.name as package_name',
    'locked_by',
    'locked_at',
  ])
}

async function find(database: Database | Tx, artifactId: string, now: number): Promise<ArtifactLock | undefined> {
  const found = await selected(database, now).where('artifact_id', '=', artifactId).executeTakeFirst()
  return found && fromRow(found)
}

function fromRow(row: Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>): ArtifactLock {
  return {
    artifactId: row.artifact_id,
    artifactName: row.artifact_name,
    artifactType: row.artifact_type as ArtifactType,
    packageId: row.package_id,
    packageName: row.package_name,
    lockedBy: row.locked_by,
    lockedAt: row.locked_at,
  }
}
