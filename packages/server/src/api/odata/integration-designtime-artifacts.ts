import { withParameterValues } from '@sluice/iflow'
import { type EntityBody, type EntityRow, type Key, ODataError } from '@sluice/odata'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import type { Artifact } from '../../store/store.ts'
import { type ArtifactUpload, readUpload } from './artifact-upload.ts'
import { checkId } from './check-id.ts'
import { artifactConfigurations, openStoredBundle } from './configurations.ts'
import { type EntitySetApi, type Media, type ODataContext, textOf } from './definition.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { createSkeleton } from './skeleton.ts'

/**
 * Integration flows as they are designed. There is one version of each, addressed as `active` (in any case) or by its
 * number. The zip is kept and given back as it was uploaded; configured values are apart from it and survive an update.
 */
export const integrationDesigntimeArtifacts: EntitySetApi = {
  set: {
    name: 'IntegrationDesigntimeArtifacts',
    type: {
      name: 'IntegrationDesigntimeArtifact',
      key: ['Id', 'Version'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
        PackageId: { type: 'Edm.String' },
        Name: { type: 'Edm.String' },
        Description: { type: 'Edm.String' },
        Sender: { type: 'Edm.String' },
        Receiver: { type: 'Edm.String' },
        CreatedBy: { type: 'Edm.String' },
        CreatedAt: { type: 'Edm.String' },
        ModifiedBy: { type: 'Edm.String' },
        ModifiedAt: { type: 'Edm.String' },
        ArtifactContent: { type: 'Edm.Binary' },
      },
      navigations: { Configurations: { target: 'Configurations', many: true } },
    },
  },
  roles: readDesign,
  absent: 'Integration design time artifact not found',
  list: async (query, { store }) => (await store.artifacts.list(query)).map(artifactRow),
  count: (query, { store }) => store.artifacts.count(query),
  find: findArtifactRow,
  create: { roles: writeDesign, run: createArtifact },
  update: { roles: writeDesign, status: 200, run: updateArtifact },
  delete: {
    roles: writeDesign,
    status: 200,
    async run(row, { store }) {
      await store.artifacts.delete(textOf(row, 'Id'))
    },
  },
  media: downloadArtifact,
  navigations: { Configurations: artifactConfigurations },
}

/** The artifact as an entity, whatever way its version is written in the key. */
export async function findArtifactRow(key: Key, { store }: ODataContext): Promise<EntityRow | undefined> {
  const version = textOf(key, 'Version')
  const found = await store.artifacts.find(textOf(key, 'Id'))
  return found && isVersionOf(found, version) ? artifactRow(found) : undefined
}

/** Whether a key or parameter means the artifact's only version. */
export function isVersionOf(artifact: Artifact, version: string): boolean {
  return version.toLowerCase() === 'active' || version === artifact.version
}

export function artifactRow(artifact: Artifact): EntityRow {
  return {
    Id: artifact.id,
    Version: artifact.version,
    PackageId: artifact.packageId,
    Name: artifact.name,
    Description: artifact.description,
    Sender: artifact.sender,
    Receiver: artifact.receiver,
    CreatedBy: artifact.createdBy,
    CreatedAt: String(artifact.createdAt),
    ModifiedBy: artifact.modifiedBy,
    ModifiedAt: String(artifact.modifiedAt),
  }
}

async function createArtifact(body: EntityBody, context: ODataContext): Promise<EntityRow> {
  const { store, now, user } = context
  const packageId = String(body.PackageId ?? '')
  if (!(await store.packages.find(packageId))) {
    throw new ODataError('invalid-value', `Expected "PackageId" to name a package, found "${packageId}"`)
  }
  const upload = body.ArtifactContent
    ? await readUpload(String(body.ArtifactContent), textOrUndefined(body.Id))
    : await newArtifact(body)
  const artifact: Artifact = {
    ...propertiesOf(upload, body),
    packageId,
    createdBy: user,
    createdAt: now,
    modifiedBy: user,
    modifiedAt: now,
  }
  await store.artifacts.create(artifact, upload.content)
  return artifactRow(artifact)
}

async function updateArtifact(row: EntityRow, body: EntityBody, context: ODataContext): Promise<void> {
  const { store, now, user } = context
  const found = await store.artifacts.find(textOf(row, 'Id'))
  if (!found) return
  const upload = body.ArtifactContent ? await readUpload(String(body.ArtifactContent), found.id) : undefined
  const changed = upload
    ? propertiesOf(upload, body)
    : { name: textOrUndefined(body.Name) ?? found.name, description: String(body.Description ?? found.description) }
  await store.artifacts.update({ ...found, ...changed, modifiedBy: user, modifiedAt: now }, upload?.content)
}

async function newArtifact(body: EntityBody): Promise<ArtifactUpload> {
  const id = checkId('Id', body.Id)
  const content = await writeArchive(createSkeleton({ id, name: textOrUndefined(body.Name) ?? id }))
  return readUpload(Buffer.from(content).toString('base64'), id)
}

function textOrUndefined(value: EntityBody[string] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function propertiesOf({ bundle, sender, receiver }: ArtifactUpload, body: EntityBody) {
  return {
    id: bundle.id,
    type: 'IntegrationFlow' as const,
    name: textOrUndefined(body.Name) ?? bundle.name,
    version: bundle.version,
    description: textOrUndefined(body.Description) ?? bundle.description,
    sender,
    receiver,
  }
}

/** The zip as it was uploaded, unless values are configured: then the same files with those in `parameters.prop`. */
async function downloadArtifact(row: EntityRow, context: ODataContext): Promise<Media | undefined> {
  const id = textOf(row, 'Id')
  const stored = await context.store.artifacts.findContent(id)
  if (!stored) return undefined
  const configured = await context.store.artifacts.configurations(id)
  const body = configured.size === 0 ? stored : await withConfiguredValues(id, stored, context)
  return { contentType: 'application/zip', fileName: `${id}.zip`, body }
}

async function withConfiguredValues(id: string, stored: Uint8Array, context: ODataContext): Promise<Uint8Array> {
  const { bundle, configured } = await openStoredBundle(id, context)
  const files = await readArchive(stored)
  const known = new Map([...configured].filter(([name]) => bundle.parameters.has(name)))
  const changed = withParameterValues(files, known)
  return changed === files ? stored : writeArchive(changed)
}
