import { createHash } from 'node:crypto'
import { type PackagedResource, type PackageEntry, withPackageAttributes, writePackage } from '@sluice/iflow'
import { ODataError } from '@sluice/odata'
import { writeArchive } from '../../runtime/archive.ts'
import type { Artifact, IntegrationPackage, PackageResource } from '../../store/store.ts'
import { comparison } from './comparison.ts'
import { contentId } from './content-id.ts'
import type { Media, ODataContext } from './definition.ts'
import { artifactZip } from './designtime-artifacts.ts'
import { packageAttributes, writePackageAttributes } from './package-attributes.ts'
import { artifactTypeOf, packagedType } from './package-kinds.ts'

/**
 * A package in the layout in which the original exports packages: its artifacts as they can be downloaded one by one, its
 * documents and whatever else was imported with it. The same content gives the same bytes but for the date inside.
 */
export async function exportPackage(value: IntegrationPackage, context: ODataContext): Promise<Media> {
  const resources = await resourcesOf(value, context)
  const files = new Map(writePackage(resources, { name: value.name, exportedAt: context.now }))
  const hashes = ['resources.cnt', 'contentmetadata.md'].map(name => sha256(files.get(name) ?? new Uint8Array()))
  // How the original computes them is not known, so that a tenant of it may refuse the package.
  files.set('hash', Buffer.from(JSON.stringify(hashes)))
  return { contentType: 'application/zip', fileName: `${value.id}.zip`, body: await writeArchive(files) }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** In the order of the import, then what came later in the order of IDs. */
async function resourcesOf(value: IntegrationPackage, context: ODataContext): Promise<readonly PackagedResource[]> {
  const { store } = context
  const artifacts = await artifactsToExport(value.id, context)
  const imported = await store.packages.resources(value.id)
  const result: PackagedResource[] = []
  const artifactKey = (type: string, id: string) => `${type} ${id}`
  const left = new Map(artifacts.map(artifact => [artifactKey(packagedType(artifact.type), artifact.id), artifact]))
  for (const resource of imported) {
    const key = artifactKey(resource.type, resource.uniqueId)
    const artifact = left.get(key)
    if (artifact) result.push(...(await artifactResource(artifact, resource, context)))
    else if (resource.type === 'ContentPackage') result.push(await packageResource(value, resource, context))
    else if (!artifactTypeOf(resource.type)) result.push(otherResource(resource))
    left.delete(key)
  }
  for (const artifact of left.values()) result.push(...(await artifactResource(artifact, undefined, context)))
  const hasPackage = result.some(({ type }) => type === 'ContentPackage')
  return hasPackage ? result : [...result, await packageResource(value, undefined, context)]
}

/** The artifacts of a package. Throws `ODataError` when there are drafts, as the original does. */
export async function artifactsToExport(packageId: string, { store }: ODataContext): Promise<readonly Artifact[]> {
  const artifacts = await store.artifacts.list({ filter: comparison('PackageId', 'eq', packageId) })
  const drafts = artifacts.filter(({ isDraft }) => isDraft).map(({ id }) => `"${id}"`)
  if (drafts.length === 0) return artifacts
  const advice = 'save them as versions, or delete them'
  throw new ODataError('invalid-value', `Expected no drafts in the package, found ${drafts.join(', ')}: ${advice}`)
}

function otherResource({ id, type, uniqueId, relation, entry, content }: PackageResource): PackagedResource {
  return { id, type, uniqueId, name: '', relation, entry: JSON.parse(entry), content }
}

const unchanging = {
  version: 1,
  revision: 0,
  versionComment: 'Resource Created',
  globalModifiedDate: 0,
  isValidHash: 0,
  isRestricted: false,
  isGroupDefault: false,
  resourceReferences: [],
  additionalAttributes: {},
}

/** None when it was deleted in the meantime. */
async function artifactResource(
  artifact: Artifact,
  imported: PackageResource | undefined,
  { store }: ODataContext,
): Promise<readonly PackagedResource[]> {
  const opened = await store.artifacts.open(artifact.id)
  if (!opened) return []
  const type = packagedType(artifact.type)
  const id = imported?.id ?? contentId(artifact.packageId, artifact.id)
  const fresh = { ...unchanging, name: `${artifact.name}.zip`, contentType: 'application/zip' }
  const entry = { ...entryOf(id, fresh, imported), ...described(artifact, id, type), semanticVersion: artifact.version }
  const attributes = withPackageAttributes(entry, {
    Description: [artifact.description],
    BundleSymbolicName: [artifact.id],
    BundleVersion: [artifact.version],
    ...(artifact.type === 'IntegrationFlow' && { nodeType: ['IFLMAP'], productProfile: ['iflmap'] }),
  })
  const relation = imported?.relation ?? 'Default'
  return [
    {
      id,
      type,
      uniqueId: artifact.id,
      name: artifact.name,
      relation,
      entry: attributes,
      content: await artifactZip(opened),
    },
  ]
}

async function packageResource(
  value: IntegrationPackage,
  imported: PackageResource | undefined,
  { store }: ODataContext,
): Promise<PackagedResource> {
  const [id, type] = [value.resourceId, 'ContentPackage']
  const fresh = { ...unchanging, auxilaryProperties: {}, semanticVersion: '1.0.0' }
  const entry = { ...entryOf(id, fresh, imported), ...described(value, id, type), name: value.id }
  const tags = [...(await store.packages.tags(value.id))].filter(([name]) => !packageAttributes.has(name))
  const tagged = withPackageAttributes(entry, Object.fromEntries(tags.map(([name, text]) => [name, [text]])))
  const attributes = writePackageAttributes(tagged, value)
  return { id, type, uniqueId: value.id, name: value.name, relation: '', entry: attributes, content: undefined }
}

/** What was imported wins, and is completed where it lacks something. */
function entryOf(id: string, fresh: PackageEntry, imported: PackageResource | undefined): PackageEntry {
  const known: PackageEntry = imported ? JSON.parse(imported.entry) : {}
  return { ...fresh, masterId: `${contentId('Sluice')}:${id}:1`, ...known }
}

function described(value: IntegrationPackage | Artifact, id: string, type: string): PackageEntry {
  return {
    id,
    uniqueId: value.id,
    displayName: value.name,
    createdBy: value.createdBy,
    createdAt: value.createdAt,
    modifiedBy: value.modifiedBy,
    modifiedAt: value.modifiedAt,
    resourceType: type,
    privilegeState: 'EDIT_ALLOWED',
  }
}
