import { parseManifest, withManifestHeaders } from '@sluice/iflow'
import { ODataError } from '@sluice/odata'
import { readArchive, writeArchive } from '../../runtime/archive.ts'
import type {
  Artifact,
  IntegrationPackage,
  PackageContent,
  PackageImportMode,
  PackageResource,
} from '../../store/store.ts'
import { checkId } from './check-id.ts'
import { contentId } from './content-id.ts'
import type { FunctionImportApi, ODataContext } from './definition.ts'
import { artifactZip } from './designtime-artifacts.ts'
import { packageRow } from './integration-packages.ts'
import { artifactsToExport } from './package-export.ts'
import { storePackage } from './package-import.ts'
import { artifactTypeOf } from './package-kinds.ts'
import { writeDesign } from './permissions.ts'
import { packageSubjects } from './protected-subjects.ts'

/** What each mode does to a copy that there is. */
const modes: Readonly<Record<string, PackageImportMode>> = {
  CREATE_COPY: 'create',
  OVERWRITE: 'replace',
  OVERWRITE_MERGE: 'merge',
}

/**
 * Copies a package with its artifacts: `.` and the suffix are added to all IDs and names. The original copies from a
 * catalog; here the tenant's own packages are what there is (chosen).
 */
export const copyIntegrationPackage: FunctionImportApi = {
  clients: ['contiva'],
  functionImport: {
    name: 'CopyIntegrationPackage',
    method: 'POST',
    returnType: { entitySet: 'IntegrationPackages' },
    parameters: {
      Id: { type: 'Edm.String', nullable: false },
      ImportMode: { type: 'Edm.String' },
      Suffix: { type: 'Edm.String' },
    },
  },
  roles: writeDesign,
  async run({ Id, ImportMode = 'CREATE_COPY', Suffix = '' }, context) {
    const { store } = context
    const mode = Object.hasOwn(modes, String(ImportMode)) ? modes[String(ImportMode)] : undefined
    if (!mode) {
      const expected = `Expected "ImportMode" to be one of ${Object.keys(modes).join(', ')}`
      throw new ODataError('invalid-value', `${expected}, found "${ImportMode}"`)
    }
    const source = await store.packages.find(String(Id))
    if (!source) throw new ODataError('not-found', `Expected a package of the tenant to copy, found no "${Id}"`)
    if (Suffix === '') throw noSuffix(source.id, mode)
    // A copy is an export of its source.
    await context.requireAccess(() => packageSubjects(source.id, context))
    const copied = await storePackage(await copyOf(source, checkId('Suffix', Suffix), context), mode, context)
    return { status: mode === 'create' ? 201 : 200, row: packageRow(copied) }
  },
}

function noSuffix(id: string, mode: PackageImportMode): ODataError {
  if (mode === 'create')
    return new ODataError('duplicate', `Expected a "Suffix" for the copy, as there is "${id}" already, found none`)
  const advice = `there is no catalog here that "${id}" could be copied from`
  return new ODataError('invalid-value', `Expected the "Suffix" of the copy to overwrite, found none: ${advice}`)
}

async function copyOf(source: IntegrationPackage, suffix: string, context: ODataContext): Promise<PackageContent> {
  const { store, user, now } = context
  const audit = { createdBy: user, createdAt: now, modifiedBy: user, modifiedAt: now }
  const renamed = ({ id, name }: IntegrationPackage | Artifact) => {
    return { id: checkId('Id', `${id}.${suffix}`), name: `${name}.${suffix}` }
  }
  const copied = { ...source, ...renamed(source), resourceId: contentId(`${source.id}.${suffix}`), ...audit }
  const artifacts: PackageContent['artifacts'][number][] = []
  for (const artifact of await artifactsToExport(source.id, context)) {
    const opened = await store.artifacts.open(artifact.id)
    if (!opened) continue
    const names = renamed(artifact)
    const content = await renamedZip(await artifactZip(opened), artifact.id, names)
    artifacts.push({ artifact: { ...artifact, ...names, packageId: copied.id, ...audit }, content })
  }
  const resources = await store.packages.resources(source.id)
  return {
    package: copied,
    tags: await store.packages.tags(source.id),
    artifacts,
    resources: resources.map(resource => copiedResource(resource, copied.id, suffix)),
  }
}

/** Only the manifest changes. */
async function renamedZip(
  zip: Uint8Array,
  before: string,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Uint8Array> {
  const file = 'META-INF/MANIFEST.MF'
  const files = await readArchive(zip)
  const manifest = files.get(file) ?? new Uint8Array()
  const headers = parseManifest(manifest)
  const [, ...directives] = (headers.get('Bundle-SymbolicName') ?? '').split(';')
  const changed = new Map([
    ['Bundle-SymbolicName', [id, ...directives].join(';')],
    ['Bundle-Name', name],
  ])
  // What flows refer to script collections and message mappings by.
  const [capability = '', ...attributes] = (headers.get('Provide-Capability') ?? '').split(';')
  const [kind, ...provided] = capability.split('.')
  if (provided.join('.') === before) changed.set('Provide-Capability', [`${kind}.${id}`, ...attributes].join(';'))
  return writeArchive(new Map(files).set(file, withManifestHeaders(manifest, changed)))
}

function copiedResource(resource: PackageResource, packageId: string, suffix: string): PackageResource {
  const id = contentId(packageId, resource.id)
  const isRenamed = artifactTypeOf(resource.type) !== undefined || resource.type === 'ContentPackage'
  const uniqueId = isRenamed ? `${resource.uniqueId}.${suffix}` : resource.uniqueId
  return { ...resource, id, uniqueId, entry: JSON.stringify({ ...JSON.parse(resource.entry), id, uniqueId }) }
}
