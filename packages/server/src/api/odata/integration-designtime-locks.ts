import { type EntityBody, type EntityRow, ODataError } from '@sluice/odata'
import type { ArtifactLock } from '../../store/store.ts'
import { absentArtifact, isSameUser, lockedError } from './change-artifact.ts'
import { type EntitySetApi, type ODataContext, textOf } from './definition.ts'
import { deleteLocks, readLocks, writeDesign } from './permissions.ts'
import { deployedSubject } from './protected-subjects.ts'

/**
 * Artifacts that somebody works on. Creating one is ours: whoever edits an artifact locks it, again and again to keep it. A
 * lock ends by itself after a while, or when it is deleted: by its holder, or by whoever may delete those of others.
 */
export const integrationDesigntimeLocks: EntitySetApi = {
  clients: ['CPI Helper'],
  set: {
    name: 'IntegrationDesigntimeLocks',
    type: {
      name: 'IntegrationDesigntimeLock',
      key: ['ResourceId'],
      properties: {
        ResourceId: { type: 'Edm.String', nullable: false },
        ArtifactId: { type: 'Edm.String', nullable: false },
        ArtifactName: { type: 'Edm.String' },
        ArtifactType: { type: 'Edm.String' },
        PackageId: { type: 'Edm.String' },
        PackageName: { type: 'Edm.String' },
        CreatedAt: { type: 'Edm.DateTime' },
        CreatedBy: { type: 'Edm.String' },
      },
    },
  },
  roles: readLocks,
  list: async (query, { store, now }) => (await store.artifactLocks.list(query, now)).map(lockRow),
  count: (query, { store, now }) => store.artifactLocks.count(query, now),
  async find(key, { store, now }) {
    const found = await store.artifactLocks.find(textOf(key, 'ResourceId'), now)
    return found && lockRow(found)
  },
  guard: {
    subjects: async ({ ArtifactId }, context, use) =>
      use === 'create' ? [await deployedSubject(String(ArtifactId ?? ''), context)] : [],
  },
  create: { roles: writeDesign, run: lockArtifact },
  delete: {
    roles: readLocks,
    conditionalRoles: deleteLocks,
    status: 200,
    async run(row, { store, user, authorize }) {
      if (!isSameUser(textOf(row, 'CreatedBy'), user)) await authorize(deleteLocks)
      await store.artifactLocks.unlock(textOf(row, 'ResourceId'))
    },
  },
}

async function lockArtifact(body: EntityBody, context: ODataContext): Promise<EntityRow> {
  const { store, user, now, artifactLockMs } = context
  const lock = await store.artifactLocks.lock(
    String(body.ArtifactId ?? ''),
    { by: user, at: now },
    now + artifactLockMs,
  )
  if (!lock) throw new ODataError('not-found', absentArtifact)
  if (!isSameUser(lock.lockedBy, user)) throw lockedError(lock)
  return lockRow(lock)
}

/** The words are those of exported packages. */
function lockRow(lock: ArtifactLock): EntityRow {
  return {
    ResourceId: lock.artifactId,
    ArtifactId: lock.artifactId,
    ArtifactName: lock.artifactName,
    ArtifactType: lock.artifactType === 'IntegrationFlow' ? 'IFlow' : lock.artifactType,
    PackageId: lock.packageId,
    PackageName: lock.packageName,
    CreatedAt: lock.lockedAt,
    CreatedBy: lock.lockedBy,
  }
}
