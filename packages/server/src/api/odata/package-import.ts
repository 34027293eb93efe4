import { isPackageExport, type PackagedResource, packageAttribute, readPackage } from '@sluice/iflow'
import { ODataError } from '@sluice/odata'
import { archiveLimits } from '../../runtime/archive.ts'
import {
  DuplicateError,
  type IntegrationPackage,
  type NewArtifact,
  type PackageContent,
  type PackageImportMode,
  type PackageResource,
} from '../../store/store.ts'
import { type ArtifactUpload, checkUpload, decodeBase64, invalidArtifact, openArchive } from './artifact-upload.ts'
import { checkPackageUnlocked } from './change-artifact.ts'
import { checkId } from './check-id.ts'
import { declaredTags } from './custom-tag-configurations.ts'
import type { ODataContext } from './definition.ts'
import { packageAttributes, readPackageAttributes } from './package-attributes.ts'
import { artifactTypeOf } from './package-kinds.ts'
import { artifactSubject, packageSubjects } from './protected-subjects.ts'

/**
 * Reads `PackageContent`: base64 of a package as the original and this server export it. Together its artifacts may hold no
 * more than one archive may. Throws `ODataError` (`invalid-artifact`) that names what is wrong.
 */
export async function readPackageUpload(base64: string, context: ODataContext): Promise<PackageContent> {
  const files = await openArchive(decodeBase64('PackageContent', base64))
  if (!isPackageExport(files)) throw notAPackage(files)
  const resources = readPackage(files)
  if ('code' in resources) throw invalidArtifact(resources.code, resources.message)
  checkIds(resources)
  const [own, ...others] = resources.filter(({ type }) => type === 'ContentPackage')
  if (!own || others.length > 0) {
    const found = own ? others.length + 1 : 'none'
    throw broken(`Expected one resource of type ContentPackage in resources.cnt, found ${found}`)
  }
  const packageId = checkId('Id', own.uniqueId)
  const stored: PackageResource[] = []
  const artifacts: PackageContent['artifacts'][number][] = []
  let bytesLeft = archiveLimits.totalBytesMax
  for (const resource of resources) {
    const upload = await readResource(resource, bytesLeft)
    if (upload) {
      bytesLeft -= sizeOf(upload)
      artifacts.push({ artifact: artifactOf(upload, resource, packageId, context), content: upload.content })
    }
    stored.push(storedResource(resource, upload))
  }
  checkArtifacts(artifacts.map(({ artifact }) => artifact))
  return { package: packageOf(own, packageId, context), tags: await tagsOf(own, context), artifacts, resources: stored }
}

/**
 * Stores a package, all of it or nothing. Throws `ODataError`: 409 when the package exists and is to be created, or another
 * package has one of the artifacts; 423 when somebody else works on one; 403 when access policies protect the package or an
 * artifact from the caller.
 */
export async function storePackage(
  content: PackageContent,
  mode: PackageImportMode,
  context: ODataContext,
): Promise<IntegrationPackage> {
  const { packages, artifacts } = context.store
  const { id } = content.package
  await checkPackageUnlocked(id, context)
  await context.requireAccess(async () => [
    ...(await packageSubjects(id, context)),
    ...(await Promise.all(content.artifacts.map(({ artifact }) => artifactSubject(artifact, context)))),
  ])
  try {
    await packages.import(content, mode)
  } catch (error) {
    if (!(error instanceof DuplicateError)) throw error
    const isArtifact = content.artifacts.some(({ artifact }) => artifact.id === error.key)
    const holder = isArtifact && (await artifacts.find(error.key))?.packageId
    if (!holder || holder === id) throw existing(id)
    const expected = 'Expected the artifacts to be in no other package'
    throw new ODataError('duplicate', `${expected}, found "${error.key}" in package "${holder}"`)
  }
  return (await packages.find(id)) ?? content.package
}

function existing(id: string): ODataError {
  return new ODataError('duplicate', `Expected no package "${id}", found it already: Overwrite=true imports into it`)
}

function notAPackage(files: ReadonlyMap<string, Uint8Array>): ODataError {
  const found = files.has('META-INF/MANIFEST.MF')
    ? 'a single artifact, which is created by POST to the entity set of its type with "ArtifactContent"'
    : `none among ${files.size} files`
  return broken(`Expected an exported package with resources.cnt, found ${found}`)
}

function broken(message: string): ODataError {
  return invalidArtifact('broken-package', message)
}

/** They are names of files in the next export. */
function checkIds(resources: readonly PackagedResource[]): void {
  const ids = new Set<string>()
  for (const { id, name } of resources) {
    if (!/^[\w-]{1,64}$/.test(id))
      throw broken(
        `Expected the id of a resource to be 1 to 64 letters and digits, found "${id.slice(0, 100)}" at "${name.slice(0, 100)}"`,
      )
    if (ids.has(id)) throw broken(`Expected each resource once in resources.cnt, found "${id}" twice`)
    ids.add(id)
  }
}

/** The artifact that a resource is; undefined for documents and types that are not known here, which are kept as they are. */
async function readResource(
  { type: packaged, name, content }: PackagedResource,
  totalBytesMax: number,
): Promise<ArtifactUpload | undefined> {
  const type = artifactTypeOf(packaged)
  if (!type) return undefined
  if (!content) throw broken(`Expected the content of "${name}" in the package, found only its entry in resources.cnt`)
  try {
    return await checkUpload(content, type, undefined, { ...archiveLimits, totalBytesMax })
  } catch (error) {
    throw within(name, error)
  }
}

function within(name: string, error: unknown): unknown {
  if (!(error instanceof Error && 'detail' in error)) return error
  return invalidArtifact(String(error.detail), `${error.message} (artifact "${name}" of the package)`, error)
}

function sizeOf({ bundle }: ArtifactUpload): number {
  return [...bundle.files.values()].reduce((sum, bytes) => sum + bytes.length, 0)
}

function checkArtifacts(artifacts: readonly NewArtifact[]): void {
  const ids = new Set<string>()
  for (const { id } of artifacts) {
    if (ids.has(id)) throw broken(`Expected each artifact once in the package, found "${id}" twice`)
    ids.add(id)
  }
}

function artifactOf(
  { bundle, sender, receiver }: ArtifactUpload,
  { type, entry }: PackagedResource,
  packageId: string,
  { user, now }: ODataContext,
): NewArtifact {
  return {
    id: bundle.id,
    packageId,
    type: artifactTypeOf(type) ?? 'IntegrationFlow',
    // An artifact may be called otherwise than its bundle.
    name: typeof entry.displayName === 'string' && entry.displayName !== '' ? entry.displayName : bundle.name,
    version: bundle.version,
    description: bundle.description || packageAttribute(entry, 'Description').join('\n'),
    sender,
    receiver,
    createdBy: user,
    createdAt: now,
    modifiedBy: user,
    modifiedAt: now,
  }
}

/** As JSON again, which is written as deep as the stack goes; it is read at any depth. */
function entryText({ name, entry }: PackagedResource): string {
  try {
    return JSON.stringify(entry)
  } catch {
    throw broken(`Expected an entry of resources.cnt with fewer levels, found more at "${name.slice(0, 100)}"`)
  }
}

function storedResource(resource: PackagedResource, upload: ArtifactUpload | undefined): PackageResource {
  const { id, type, uniqueId, relation, content } = resource
  return {
    id,
    type,
    uniqueId: upload?.bundle.id ?? uniqueId,
    relation,
    entry: entryText(resource),
    content: upload ? undefined : content,
  }
}

function packageOf(own: PackagedResource, id: string, { user, now }: ODataContext): IntegrationPackage {
  return {
    ...readPackageAttributes(own.entry),
    ...{ id, name: own.name, resourceId: own.id },
    ...{ createdBy: user, createdAt: now, modifiedBy: user, modifiedAt: now },
  }
}

/** Values of the tenant's custom tags travel as attributes of their names. */
async function tagsOf({ entry }: PackagedResource, context: ODataContext): Promise<ReadonlyMap<string, string>> {
  const names = (await declaredTags(context)).map(({ name }) => name).filter(name => !packageAttributes.has(name))
  return new Map(
    names.flatMap(name => {
      const [value] = packageAttribute(entry, name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
}
