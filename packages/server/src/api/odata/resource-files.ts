import { ODataError } from '@sluice/odata'
import type { ArchiveFiles } from '../../runtime/archive.ts'

/** Where resources of a type are in an artifact, and which names they have. */
interface ResourceKind {
  /** Below `src/main/resources/`. */
  readonly folder: string
  /** Lower case, the usual one first. */
  readonly extensions: readonly string[]
}

/** By `ResourceType`, as counted in published artifacts. */
const kinds: Readonly<Record<string, ResourceKind>> = {
  edmx: { folder: 'edmx', extensions: ['.edmx'] },
  groovy: { folder: 'script', extensions: ['.groovy', '.gsh'] },
  jar: { folder: 'lib', extensions: ['.jar'] },
  js: { folder: 'script', extensions: ['.js'] },
  json: { folder: 'json', extensions: ['.json'] },
  mmap: { folder: 'mapping', extensions: ['.mmap'] },
  opmap: { folder: 'mapping', extensions: ['.opmap'] },
  wsdl: { folder: 'wsdl', extensions: ['.wsdl'] },
  xsd: { folder: 'xsd', extensions: ['.xsd'] },
  xslt: { folder: 'mapping', extensions: ['.xslt', '.xsl'] },
}

/** A schema that a WSDL refers to lies beside it. */
const schemasOfWsdl: ResourceKind = { folder: 'wsdl', extensions: ['.xsd'] }

const root = 'src/main/resources/'

/** What addresses a resource in its artifact. */
export interface ResourceKey {
  /** The path below the folder of its type. */
  readonly name: string
  readonly type: string
  /** `wsdl` for a schema that a WSDL refers to, otherwise empty. */
  readonly referencedType: string
}

/** A resource, with its bytes. */
export interface ResourceFile extends ResourceKey {
  /** Inside the artifact. */
  readonly path: string
  readonly content: Uint8Array
}

/** The resources among the files of an artifact, in the order of their paths. */
export function resourcesAmong(files: ArchiveFiles): ResourceFile[] {
  return [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, content]) => {
      const found = resourceAt(path)
      return found ? [{ ...found, path, content }] : []
    })
}

function resourceAt(path: string): ResourceKey | undefined {
  const [folder, ...rest] = path.startsWith(root) ? path.slice(root.length).split('/') : []
  const name = rest.join('/')
  const holds = (kind: ResourceKind) =>
    kind.folder === folder && kind.extensions.some(extension => name.toLowerCase().endsWith(extension))
  if (holds(schemasOfWsdl)) return { name, type: 'xsd', referencedType: 'wsdl' }
  const type = Object.keys(kinds).find(candidate => holds(kinds[candidate] as ResourceKind))
  return type === undefined ? undefined : { name, type, referencedType: '' }
}

/**
 * Where a new resource belongs. Throws `ODataError` (`invalid-value`) for a type that there is not, and for a name that is
 * no path below its folder or does not say the type.
 */
export function pathOf({ name, type, referencedType }: ResourceKey): string {
  if (!Object.hasOwn(kinds, type)) {
    throw invalid(
      `Expected "ResourceType" to be one of ${Object.keys(kinds).join(', ')}, found "${type.slice(0, 100)}"`,
    )
  }
  if (referencedType !== '' && !(referencedType === 'wsdl' && type === 'xsd')) {
    const expected = 'Expected "ReferencedResourceType" to be empty, or "wsdl" for an xsd'
    throw invalid(`${expected}, found "${referencedType.slice(0, 100)}"`)
  }
  const { folder, extensions } = referencedType === 'wsdl' ? schemasOfWsdl : (kinds[type] as ResourceKind)
  const segments = name.split('/')
  const isPath =
    name.length <= 255 && !/[\\\p{Cc}:]/u.test(name) && !segments.some(part => /^\.{0,2}$/.test(part.trim()))
  if (!isPath || !extensions.some(extension => name.toLowerCase().endsWith(extension))) {
    const expected = `Expected "Name" to be a file name of at most 255 characters that ends in ${extensions.join(' or ')}`
    throw invalid(`${expected}, found "${name.slice(0, 300)}"`)
  }
  return `${root}${folder}/${name}`
}

function invalid(message: string): ODataError {
  return new ODataError('invalid-value', message)
}
