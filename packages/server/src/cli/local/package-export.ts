import type { Diagnostic } from '@sluice/iflow'
import type { ArchiveFiles } from '../../runtime/archive.ts'

/** One runtime artifact in an exported package. */
export interface PackagedArtifact {
  readonly id: string
  readonly name: string
  /** `IFlow`, `ScriptCollection`, `MessageMapping`, `ValueMapping`, … */
  readonly type: string
  /** The artifact's zip. */
  readonly content: Uint8Array | undefined
}

const index = 'resources.cnt'

/** Types that are documents, links or the package itself: nothing that could run. */
const documents = new Set(['ContentPackage', 'File', 'MediaLink', 'Url'])

export function isPackageExport(files: ArchiveFiles): boolean {
  return files.has(index)
}

/**
 * What an exported package holds. `resources.cnt` is base64 of JSON whose `resources` name each artifact; the artifact's
 * zip is the file `<id>_content`.
 */
export function listPackage(files: ArchiveFiles): PackagedArtifact[] | Diagnostic {
  const resources = readIndex(files.get(index) ?? new Uint8Array())
  if (!resources) {
    const message = 'Expected base64 of JSON with a list "resources", found something else: export the package again.'
    return { code: 'broken-package', severity: 'error', message, at: { file: index } }
  }
  return resources
    .filter(resource => !documents.has(resource.resourceType))
    .map(({ id, displayName, name, resourceType }) => ({
      id,
      name: displayName || name || id,
      type: resourceType,
      content: files.get(`${id}_content`),
    }))
}

interface Resource {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly resourceType: string
}

function readIndex(bytes: Uint8Array): Resource[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(Buffer.from(bytes).toString('latin1'), 'base64').toString('utf8'))
    const resources = (value as { resources?: unknown }).resources
    return Array.isArray(resources) ? resources.map(readResource) : undefined
  } catch {
    return undefined
  }
}

function readResource(value: Partial<Record<string, unknown>> | null): Resource {
  const text = (key: string) => (typeof value?.[key] === 'string' ? (value[key] as string) : '')
  return { id: text('id'), name: text('name'), displayName: text('displayName'), resourceType: text('resourceType') }
}
