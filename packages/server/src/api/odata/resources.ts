import { type EntityBody, type EntityRow, type Key, ODataError, queryRows } from '@sluice/odata'
import { type ArchiveFiles, readArchive, writeArchive } from '../../runtime/archive.ts'
import { checkUpload, decodeBase64 } from './artifact-upload.ts'
import { artifactOf, checkCurrent, openArtifactOf, refusal, savesDraft } from './change-artifact.ts'
import { type EntitySetApi, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { pathOf, type ResourceFile, resourcesAmong } from './resource-files.ts'

/** Scripts, mappings, schemas and libraries of an artifact, reached through it only. */
export const resources: EntitySetApi = {
  clients: ['cig', 'contiva', 'documentation', 'figaf', 'odata-mcp-proxy', 'Piper'],
  options: ['ReferencedResourceType'],
  set: {
    name: 'Resources',
    type: {
      name: 'Resource',
      key: ['Name', 'ResourceType'],
      hasStream: true,
      properties: {
        Name: { type: 'Edm.String', nullable: false },
        ResourceType: { type: 'Edm.String', nullable: false },
        ReferencedResourceType: { type: 'Edm.String' },
        ResourceSize: { type: 'Edm.Int64' },
        ResourceSizeUnit: { type: 'Edm.String' },
        ResourceContent: { type: 'Edm.Binary' },
      },
    },
  },
  roles: readDesign,
  media: async row => ({
    contentType: 'application/octet-stream',
    fileName: textOf(row, 'Name').replace(/^.*\//, ''),
    body: row.content as Uint8Array,
  }),
}

/**
 * The resources of one artifact. A change replaces one file of its zip; all others stay byte by byte, in their order.
 * `?ReferencedResourceType=wsdl` tells apart a schema that a WSDL refers to from one of the same name.
 */
export const artifactResources: ToManyApi = {
  list: async (artifact, query, context) => queryRows((await resourcesOf(artifact, context)).map(resourceRow), query),
  count: async (artifact, query, context) =>
    queryRows((await resourcesOf(artifact, context)).map(resourceRow), query).length,
  async find(artifact, key, context) {
    const found = findResource(await resourcesOf(artifact, context), key, context)
    // The bytes go along for the download, under a name that is no property.
    return found && { ...resourceRow(found), content: found.content }
  },
  create: { roles: writeDesign, run: createResource },
  updateLink: {
    roles: writeDesign,
    status: 200,
    run: (artifact, key, body, context) =>
      changeFiles(artifact, context, files =>
        new Map(files).set(existingResource(files, key, context).path, contentIn(body)),
      ),
  },
  deleteLink: {
    roles: writeDesign,
    status: 200,
    run: (artifact, key, context) =>
      changeFiles(artifact, context, files => {
        const { path } = existingResource(files, key, context)
        return new Map([...files].filter(([other]) => other !== path))
      }),
  },
}

async function createResource(artifact: EntityRow, body: EntityBody, context: ODataContext): Promise<EntityRow> {
  const key = {
    name: requiredText(body, 'Name'),
    type: requiredText(body, 'ResourceType'),
    referencedType: String(body.ReferencedResourceType ?? ''),
  }
  const [path, content] = [pathOf(key), contentIn(body)]
  await changeFiles(artifact, context, files => {
    if (!files.has(path)) return new Map(files).set(path, content)
    throw new ODataError('duplicate', `Expected a name that is not in use, found the resource "${key.name}" already`)
  })
  return resourceRow({ ...key, path, content })
}

async function resourcesOf(artifact: EntityRow, context: ODataContext): Promise<ResourceFile[]> {
  return resourcesAmong(await readArchive((await openArtifactOf(artifact, context)).content))
}

function findResource(found: readonly ResourceFile[], key: Key, { options }: ODataContext): ResourceFile | undefined {
  const [name, type] = [textOf(key, 'Name'), textOf(key, 'ResourceType')]
  const referenced = options.get('ReferencedResourceType')
  return found.find(
    resource =>
      resource.name === name &&
      resource.type === type &&
      (referenced === undefined || resource.referencedType === referenced),
  )
}

function existingResource(files: ArchiveFiles, key: Key, context: ODataContext): ResourceFile {
  const found = findResource(resourcesAmong(files), key, context)
  if (found) return found
  throw new ODataError('not-found', `Expected a resource of the artifact, found none called "${textOf(key, 'Name')}"`)
}

function resourceRow({ name, type, referencedType, content }: ResourceFile): EntityRow {
  return {
    Name: name,
    ResourceType: type,
    ReferencedResourceType: referencedType,
    ResourceSize: BigInt(content.length),
    ResourceSizeUnit: 'B',
  }
}

function requiredText(body: EntityBody, name: string): string {
  const value = body[name]
  if (typeof value === 'string' && value !== '') return value
  throw new ODataError('invalid-value', `Expected a value for "${name}", found none`)
}

function contentIn(body: EntityBody): Uint8Array {
  const { ResourceContent: content } = body
  if (typeof content === 'string') return decodeBase64('ResourceContent', content)
  throw new ODataError('invalid-value', 'Expected "ResourceContent" to be the resource in base64, found none')
}

async function changeFiles(
  row: EntityRow,
  context: ODataContext,
  change: (files: ArchiveFiles) => ArchiveFiles,
): Promise<void> {
  checkCurrent(artifactOf(row))
  const { artifact, content } = await openArtifactOf(row, context)
  const changed = await checkUpload(await writeArchive(change(await readArchive(content))), artifact.type, artifact.id)
  const { store, now, user } = context
  const isDraft = artifact.isDraft || savesDraft(context)
  const isDone = await store.artifacts.update(
    { ...artifact, isDraft, modifiedBy: user, modifiedAt: now },
    changed.content,
  )
  if (!isDone) throw await refusal(artifact, context)
}
