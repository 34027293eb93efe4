import { type EntityRow, ODataError } from '@sluice/odata'
import type { Artifact, ArtifactLock, OpenArtifact } from '../../store/store.ts'
import { comparison } from './comparison.ts'
import type { ODataContext } from './definition.ts'

/** What a 404 says of artifacts; clients look for these words. */
export const absentArtifact = 'Integration design time artifact not found'

/** The row of an artifact, with what it was made from under a name that is no property: operations begin from there. */
export function artifactRow(artifact: Artifact, properties: EntityRow): EntityRow {
  return { ...properties, artifact: { ...artifact } }
}

/** What a row of `artifactRow` was made from. */
export function artifactOf({ artifact }: EntityRow): Artifact {
  if (!artifact) throw new Error('Expected the row of an artifact')
  return artifact as unknown as Artifact
}

/** The artifact of a row with its content. Throws 404 when it has been deleted since the row was read. */
export async function openArtifactOf(row: EntityRow, { store }: ODataContext): Promise<OpenArtifact> {
  const { id, version, isCurrent } = artifactOf(row)
  const opened = await store.artifacts.open(id, isCurrent ? 'active' : version)
  if (!opened) throw new ODataError('not-found', absentArtifact)
  return opened
}

/** Throws 400 for a saved version: only what is current can be changed. */
export function checkCurrent({ id, version, isCurrent }: Artifact): void {
  if (isCurrent) return
  const advice = `found the saved version "${version}": change "${id}" as Version 'active'`
  throw new ODataError('invalid-value', `Expected the current version of the artifact, ${advice}`)
}

/** Whether the caller saves a draft (`?SaveAsDraft=true`, chosen), which has no version until it is saved as one. */
export function savesDraft({ options }: ODataContext): boolean {
  return options.get('SaveAsDraft') === 'true'
}

/**
 * Why the store refused a change that began from `base`: the artifact is gone (404), locked by another user (423), or
 * changed since (409).
 */
export async function refusal(base: Artifact, { store, user, now }: ODataContext): Promise<ODataError> {
  const found = await store.artifacts.find(base.id)
  if (!found) return new ODataError('not-found', absentArtifact)
  const lock = await store.artifactLocks.find(base.id, now)
  if (lock && !isSameUser(lock.lockedBy, user)) return lockedError(lock)
  const change =
    found.revision === base.revision
      ? 'another configured value'
      : `it changed by "${found.modifiedBy}" at ${new Date(found.modifiedAt).toISOString()}`
  const expected = `Expected artifact "${base.id}" as it was when this request began, found ${change}`
  return new ODataError(
    'conflict',
    `${expected}. This request changed nothing: read the artifact again, then repeat the change.`,
  )
}

/** Somebody else works on the artifact. */
export function lockedError({ artifactId, lockedBy, lockedAt }: ArtifactLock): ODataError {
  const since = `locked by "${lockedBy}" since ${new Date(lockedAt).toISOString()}`
  const advice = 'They, or an administrator, can delete the lock in IntegrationDesigntimeLocks.'
  return new ODataError(
    'locked',
    `Expected artifact "${artifactId}" to be free to change, found it ${since}. ${advice}`,
  )
}

/** Throws 423 when somebody else works on the artifact. */
export async function checkUnlocked(id: string, { store, user, now }: ODataContext): Promise<void> {
  const lock = await store.artifactLocks.find(id, now)
  if (lock && !isSameUser(lock.lockedBy, user)) throw lockedError(lock)
}

/** Throws 423 when somebody else works on an artifact of the package. */
export async function checkPackageUnlocked(packageId: string, { store, user, now }: ODataContext): Promise<void> {
  const filter = comparison('PackageId', 'eq', packageId)
  const locks = await store.artifactLocks.list({ filter }, now)
  const other = locks.find(({ lockedBy }) => !isSameUser(lockedBy, user))
  if (other) throw lockedError(other)
}

/** Names of users are compared without regard to case. */
export function isSameUser(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
