import { withParameterValues } from '@sluice/iflow'
import {
  type EntityBody,
  type EntityRow,
  type EntitySet,
  type FilterExpression,
  type FunctionImport,
  ODataError,
} from '@sluice/odata'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import type { Artifact, ArtifactType } from '../../store/store.ts'
import { type ArtifactUpload, readUpload } from './artifact-upload.ts'
import { openStoredBundle } from './configurations.ts'
import {
  type EntitySetApi,
  type FunctionImportApi,
  type Media,
  type ODataContext,
  type ToManyApi,
  textOf,
} from './definition.ts'
import { deployArtifact, readDesign, writeDesign } from './permissions.ts'

/** One kind of design-time artifact, as its entity set shows it. */
export interface DesigntimeKind {
  readonly type: ArtifactType
  row(artifact: Artifact): EntityRow
  /** What is stored when one is created without content. */
  create?(body: EntityBody): Promise<ArtifactUpload>
}

type Operations = Omit<EntitySetApi, 'set'> & Required<Pick<EntitySetApi, 'update'>>

/**
 * What can be done with the artifacts of one kind. There is one version of each, addressed as `active` (in any case) or by
 * its number. The zip is kept and given back as it was uploaded; configured values are apart from it and survive an update.
 */
export function designtimeOperations(kind: DesigntimeKind): Operations {
  const { type, row } = kind
  return {
    roles: readDesign,
    absent: 'Integration design time artifact not found',
    list: async (query, { store }) =>
      (await store.artifacts.list({ ...query, filter: both(ofType(type), query.filter) })).map(row),
    count: ({ filter }, { store }) => store.artifacts.count({ filter: both(ofType(type), filter) }),
    async find(key, context) {
      const found = await findArtifact(type, textOf(key, 'Id'), textOf(key, 'Version'), context)
      return found && row(found)
    },
    create: { roles: writeDesign, run: async (body, context) => row(await createArtifact(kind, body, context)) },
    update: {
      roles: writeDesign,
      status: 200,
      run: (found, body, context) => updateArtifact(type, textOf(found, 'Id'), body, context),
    },
    delete: {
      roles: writeDesign,
      status: 200,
      async run(found, { store }) {
        await store.artifacts.delete(textOf(found, 'Id'))
      },
    },
    media: (found, context) => downloadArtifact(textOf(found, 'Id'), context),
  }
}

/**
 * A kind whose set has no more properties than all kinds have. Whether package and name may be null is not the same for each
 * of them in the original's metadata.
 */
export function plainDesigntimeArtifacts(
  type: Exclude<ArtifactType, 'IntegrationFlow'>,
  { nullable }: { readonly nullable: boolean },
): { readonly kind: DesigntimeKind; readonly api: EntitySetApi } {
  const kind: DesigntimeKind = {
    type,
    row: ({ id, version, packageId, name, description }) => {
      return { Id: id, Version: version, PackageId: packageId, Name: name, Description: description }
    },
  }
  const text = { type: 'Edm.String' } as const
  const required = { ...text, nullable: false } as const
  const described = nullable ? text : required
  const set: EntitySet = {
    name: `${type}DesigntimeArtifacts`,
    type: {
      name: `${type}DesigntimeArtifact`,
      key: ['Id', 'Version'],
      hasStream: true,
      properties: {
        ...{ Id: required, Version: required, PackageId: described, Name: described, Description: text },
        ArtifactContent: { type: 'Edm.Binary' },
      },
    },
  }
  return { kind, api: { set, ...designtimeOperations(kind) } }
}

/** The artifacts of one kind in a package. */
export function artifactsOfPackage({ type, row }: DesigntimeKind): ToManyApi {
  const filterOf = (parent: EntityRow, filter: FilterExpression | undefined) =>
    both(both(equals('PackageId', textOf(parent, 'Id')), ofType(type)), filter)
  return {
    list: async (parent, query, { store }) =>
      (await store.artifacts.list({ ...query, filter: filterOf(parent, query.filter) })).map(row),
    count: (parent, { filter }, { store }) => store.artifacts.count({ filter: filterOf(parent, filter) }),
    async find(parent, key, context) {
      const found = await findArtifact(type, textOf(key, 'Id'), textOf(key, 'Version'), context)
      return found && found.packageId === parent.Id ? row(found) : undefined
    },
  }
}

/**
 * Starts a deployment of an artifact of one kind. The answer is the bare task ID, for `BuildAndDeployStatus`, or nothing
 * where clients count on that, whatever is declared; the body of the request is ignored.
 */
export function deployFunction(
  type: ArtifactType,
  name: string,
  {
    returnType = 'Edm.String',
    answer = 'task',
  }: { readonly returnType?: FunctionImport['returnType']; readonly answer?: 'task' | 'nothing' } = {},
): FunctionImportApi {
  return {
    functionImport: {
      name,
      method: 'POST',
      returnType,
      parameters: {
        Id: { type: 'Edm.String', nullable: false },
        Version: { type: 'Edm.String', nullable: false },
      },
    },
    roles: deployArtifact,
    async run(parameters, context) {
      const artifact = await findArtifact(type, String(parameters.Id), String(parameters.Version), context)
      if (!artifact) throw new ODataError('not-found', 'Integration design time artifact not found')
      const taskId = await context.deployer.deploy(artifact.id, context.user)
      return { status: 202, text: answer === 'task' ? taskId : '' }
    },
  }
}

async function findArtifact(
  type: ArtifactType,
  id: string,
  version: string,
  { store }: ODataContext,
): Promise<Artifact | undefined> {
  const found = await store.artifacts.find(id)
  if (found?.type !== type) return undefined
  return version.toLowerCase() === 'active' || version === found.version ? found : undefined
}

function both(left: FilterExpression, right: FilterExpression | undefined): FilterExpression {
  return right ? { kind: 'and', left, right } : left
}

/** No entity type has a property `Type`, so that no client can ask for it. */
function ofType(type: ArtifactType): FilterExpression {
  return equals('Type', type)
}

function equals(path: string, value: string): FilterExpression {
  return { kind: 'compare', operator: 'eq', left: { kind: 'property', path }, right: { kind: 'literal', value } }
}

async function createArtifact(kind: DesigntimeKind, body: EntityBody, context: ODataContext): Promise<Artifact> {
  const { store, now, user } = context
  const packageId = String(body.PackageId ?? '')
  if (!(await store.packages.find(packageId))) {
    throw new ODataError('invalid-value', `Expected "PackageId" to name a package, found "${packageId}"`)
  }
  const upload = await uploadOf(kind, body)
  const artifact: Artifact = {
    ...propertiesOf(kind.type, upload, body),
    packageId,
    createdBy: user,
    createdAt: now,
    modifiedBy: user,
    modifiedAt: now,
  }
  await store.artifacts.create(artifact, upload.content)
  return artifact
}

async function uploadOf({ type, create }: DesigntimeKind, body: EntityBody): Promise<ArtifactUpload> {
  if (body.ArtifactContent) return readUpload(String(body.ArtifactContent), type, textOrUndefined(body.Id))
  if (create) return create(body)
  throw new ODataError('invalid-value', 'Expected "ArtifactContent" to be the zip of an artifact in base64, found none')
}

async function updateArtifact(type: ArtifactType, id: string, body: EntityBody, context: ODataContext): Promise<void> {
  const { store, now, user } = context
  const found = await store.artifacts.find(id)
  if (!found) return
  const upload = body.ArtifactContent ? await readUpload(String(body.ArtifactContent), type, found.id) : undefined
  const changed = upload
    ? propertiesOf(type, upload, body)
    : { name: textOrUndefined(body.Name) ?? found.name, description: String(body.Description ?? found.description) }
  await store.artifacts.update({ ...found, ...changed, modifiedBy: user, modifiedAt: now }, upload?.content)
}

/** A value that says something. */
export function textOrUndefined(value: EntityBody[string] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function propertiesOf(type: ArtifactType, { bundle, sender, receiver }: ArtifactUpload, body: EntityBody) {
  return {
    id: bundle.id,
    type,
    name: textOrUndefined(body.Name) ?? bundle.name,
    version: bundle.version,
    description: textOrUndefined(body.Description) ?? bundle.description,
    sender,
    receiver,
  }
}

/** The zip as it was uploaded, unless values are configured: then the same files with those in `parameters.prop`. */
async function downloadArtifact(id: string, context: ODataContext): Promise<Media | undefined> {
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
