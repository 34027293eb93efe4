import { withParameterValues } from '@sluice/iflow'
import { type EntityBody, type EntityRow, type EntitySet, type FilterExpression, ODataError } from '@sluice/odata'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import type { Artifact, ArtifactType, ListQuery, NewArtifact, OpenArtifact } from '../../store/store.ts'
import { type ArtifactUpload, checkUpload, readUpload } from './artifact-upload.ts'
import {
  absentArtifact,
  artifactOf,
  artifactRow,
  checkCurrent,
  checkUnlocked,
  openArtifactOf,
  refusal,
  savesDraft,
} from './change-artifact.ts'
import { checkId, checkLength } from './check-id.ts'
import { both, comparison } from './comparison.ts'
import { openStored } from './configurations.ts'
import { type EntitySetApi, type Media, type ODataContext, type ToManyApi, textOf } from './definition.ts'
import { readDesign, writeDesign } from './permissions.ts'
import { artifactSubject } from './protected-subjects.ts'
import { createSkeleton } from './skeleton.ts'

/** One kind of design-time artifact, as its entity set shows it. */
export interface DesigntimeKind {
  readonly type: ArtifactType
  /** `Version` is what `shownVersion` says. */
  row(artifact: Artifact): EntityRow
}

type Operations = Omit<EntitySetApi, 'set'> & Required<Pick<EntitySetApi, 'update'>>

/**
 * What can be done with the artifacts of one kind. What is current is addressed as `active` (in any case) or by its number,
 * saved versions by theirs. Lists show what is current; with `allVersions=true` (chosen) saved versions, too. The zip is kept
 * and given back as it was uploaded; configured values are apart from it and survive an update.
 */
export function designtimeOperations(kind: DesigntimeKind): Operations {
  const { type } = kind
  return {
    options: ['SaveAsDraft', 'allVersions'],
    roles: readDesign,
    absent: absentArtifact,
    guard: {
      // What a new one is called may be in its content only.
      subjects: async (row, context, use) =>
        use === 'create' ? [] : [await artifactSubject(artifactOf(row as EntityRow), context)],
    },
    list: (query, context) => list(kind, { ...query, filter: both(ofType(type), query.filter) }, context),
    count: ({ filter }, context) => count(both(ofType(type), filter), context),
    async find(key, context) {
      const found = await findArtifact(type, textOf(key, 'Id'), textOf(key, 'Version'), context)
      return found && rowOf(kind, found)
    },
    create: {
      roles: writeDesign,
      run: async (body, context) => rowOf(kind, await createArtifact(kind, body, context)),
    },
    update: {
      roles: writeDesign,
      status: 200,
      run: (found, body, context) => updateArtifact(artifactOf(found), body, context),
    },
    delete: {
      roles: writeDesign,
      status: 200,
      run: (found, context) => deleteArtifact(artifactOf(found), context),
    },
    media: downloadArtifact,
  }
}

/** What `Version` shows: a draft has no number, as in the original. */
export function shownVersion({ isDraft, version }: Artifact): string {
  return isDraft ? 'Active' : version
}

/** The row of an artifact that operations accept. */
export function rowOf(kind: DesigntimeKind, artifact: Artifact): EntityRow {
  return artifactRow(artifact, kind.row(artifact))
}

/**
 * A kind whose set has no more properties than all kinds have. Whether package and name may be null is not the same for each
 * of them in the original's metadata. `related` are the entity sets that it leads to, under their names.
 */
export function plainDesigntimeArtifacts(
  type: Exclude<ArtifactType, 'IntegrationFlow'>,
  { nullable, related }: { readonly nullable: boolean; readonly related: Readonly<Record<string, ToManyApi>> },
): { readonly kind: DesigntimeKind; readonly api: EntitySetApi } {
  const kind: DesigntimeKind = {
    type,
    row: artifact => {
      const { id, packageId, name, description } = artifact
      return { Id: id, Version: shownVersion(artifact), PackageId: packageId, Name: name, Description: description }
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
      navigations: Object.fromEntries(Object.keys(related).map(target => [target, { target, many: true }])),
    },
  }
  const clients = ['contiva', 'cpilint', 'FlashPipe', 'mcp-integration-suite', 'odata-mcp-proxy', 'Postman'] as const
  return { kind, api: { clients, set, ...designtimeOperations(kind), navigations: related } }
}

/** The artifacts of one kind in a package. */
export function artifactsOfPackage(kind: DesigntimeKind): ToManyApi {
  const filterOf = (parent: EntityRow, filter: FilterExpression | undefined) =>
    both(both(comparison('PackageId', 'eq', textOf(parent, 'Id')), ofType(kind.type)), filter)
  return {
    list: (parent, query, context) => list(kind, { ...query, filter: filterOf(parent, query.filter) }, context),
    count: (parent, { filter }, context) => count(filterOf(parent, filter), context),
    async find(parent, key, context) {
      const found = await findArtifact(kind.type, textOf(key, 'Id'), textOf(key, 'Version'), context)
      return found && found.packageId === parent.Id ? rowOf(kind, found) : undefined
    },
  }
}

async function list(kind: DesigntimeKind, query: ListQuery, context: ODataContext): Promise<readonly EntityRow[]> {
  const { artifacts } = context.store
  const found = await (withVersions(context) ? artifacts.listVersions(query) : artifacts.list(query))
  return found.map(artifact => rowOf(kind, artifact))
}

function count(filter: FilterExpression, context: ODataContext): Promise<number> {
  const { artifacts } = context.store
  return withVersions(context) ? artifacts.countVersions({ filter }) : artifacts.count({ filter })
}

function withVersions({ options }: ODataContext): boolean {
  return options.get('allVersions') === 'true'
}

async function findArtifact(
  type: ArtifactType,
  id: string,
  version: string,
  { store }: ODataContext,
): Promise<Artifact | undefined> {
  const found = await store.artifacts.find(id, version)
  return found?.type === type ? found : undefined
}

/** No entity type has a property `Type`, so that no client can ask for it. */
function ofType(type: ArtifactType): FilterExpression {
  return comparison('Type', 'eq', type)
}

async function createArtifact(kind: DesigntimeKind, body: EntityBody, context: ODataContext): Promise<Artifact> {
  const { store, now, user } = context
  const packageId = String(body.PackageId ?? '')
  if (!(await store.packages.find(packageId))) throw noPackage(packageId)
  const upload = await uploadOf(kind, body)
  const artifact: NewArtifact = {
    ...propertiesOf(kind.type, upload, body),
    packageId,
    createdBy: user,
    createdAt: now,
    modifiedBy: user,
    modifiedAt: now,
  }
  await context.requireAccess(async () => [await artifactSubject(artifact, context)])
  if (!(await store.artifacts.create(artifact, upload.content))) throw noPackage(packageId)
  return { ...artifact, isDraft: false, isCurrent: true, revision: 1 }
}

function noPackage(packageId: string): ODataError {
  return new ODataError('invalid-value', `Expected "PackageId" to name a package, found "${packageId}"`)
}

/** Without content: what a new artifact of the kind has. */
async function uploadOf({ type }: DesigntimeKind, body: EntityBody): Promise<ArtifactUpload> {
  if (body.ArtifactContent) return readUpload(String(body.ArtifactContent), type, textOrUndefined(body.Id))
  const id = checkId('Id', body.Id)
  const files = createSkeleton(type, { id, name: textOrUndefined(body.Name) ?? id })
  return checkUpload(await writeArchive(files), type, id)
}

async function updateArtifact(found: Artifact, body: EntityBody, context: ODataContext): Promise<void> {
  checkCurrent(found)
  const { store, now, user } = context
  const upload = body.ArtifactContent ? await readUpload(String(body.ArtifactContent), found.type, found.id) : undefined
  const changed = upload
    ? propertiesOf(found.type, upload, body)
    : {
        name: checkLength('Name', textOrUndefined(body.Name) ?? found.name),
        description: checkLength('Description', String(body.Description ?? found.description)),
      }
  const isDraft = savesDraft(context) || (found.isDraft && !upload)
  const artifact = { ...found, ...changed, isDraft, modifiedBy: user, modifiedAt: now }
  if (!(await store.artifacts.update(artifact, upload?.content))) throw await refusal(found, context)
}

/** The artifact with all its versions, or only a saved version that is not current (chosen). */
async function deleteArtifact({ id, version, isCurrent }: Artifact, context: ODataContext): Promise<void> {
  await checkUnlocked(id, context)
  const { artifacts } = context.store
  const isDeleted = await (isCurrent ? artifacts.delete(id) : artifacts.deleteVersion(id, version))
  if (!isDeleted) throw new ODataError('not-found', absentArtifact)
}

/** A value that says something. */
export function textOrUndefined(value: EntityBody[string] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function propertiesOf(type: ArtifactType, { bundle, sender, receiver }: ArtifactUpload, body: EntityBody) {
  return {
    id: bundle.id,
    type,
    name: checkLength('Name', textOrUndefined(body.Name) ?? bundle.name),
    version: bundle.version,
    description: checkLength('Description', textOrUndefined(body.Description) ?? bundle.description),
    sender,
    receiver,
  }
}

async function downloadArtifact(row: EntityRow, context: ODataContext): Promise<Media> {
  const opened = await openArtifactOf(row, context)
  return { contentType: 'application/zip', fileName: `${opened.artifact.id}.zip`, body: await artifactZip(opened) }
}

/** The zip as it was uploaded, unless values are configured: then the same files with those in `parameters.prop`. */
export async function artifactZip({ content, configurations }: OpenArtifact): Promise<Uint8Array> {
  return configurations.size === 0 ? content : withConfiguredValues(content, configurations)
}

/** Values whose parameter is gone are left out. */
async function withConfiguredValues(
  content: Uint8Array,
  configurations: ReadonlyMap<string, string>,
): Promise<Uint8Array> {
  const files = await readArchive(content)
  const { parameters } = openStored(files)
  const known = new Map([...configurations].filter(([name]) => parameters.has(name)))
  const changed = withParameterValues(files, known)
  return changed === files ? content : writeArchive(changed)
}
