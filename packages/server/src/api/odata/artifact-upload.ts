import { type Bundle, openBundle, parseProperties } from '@sluice/iflow'
import { ODataError } from '@sluice/odata'
import { ArchiveError, type ArchiveFiles, type ArchiveLimits, readArchive } from '../../runtime/archive.ts'
import type { ArtifactType } from '../../store/store.ts'
import { checkId } from './check-id.ts'

/** An uploaded artifact that is known to be usable. */
export interface ArtifactUpload {
  readonly content: Uint8Array
  readonly bundle: Bundle
  /** `source` and `target` of `metainfo.prop`. */
  readonly sender: string
  readonly receiver: string
}

const artifactTypes: readonly ArtifactType[] = ['IntegrationFlow', 'MessageMapping', 'ScriptCollection', 'ValueMapping']

/**
 * Reads `ArtifactContent`: base64 of the zip of an artifact of this type whose `Bundle-SymbolicName` is `expectedId`, if that
 * is given. Throws `ODataError` (`invalid-artifact`) whose `detail` and message name what is wrong.
 */
export async function readUpload(
  base64: string,
  type: ArtifactType,
  expectedId: string | undefined,
): Promise<ArtifactUpload> {
  return checkUpload(decodeBase64('ArtifactContent', base64), type, expectedId)
}

/** As `readUpload`, of the zip itself, which may hold no more than the limits say; of any type if none is given. */
export async function checkUpload(
  content: Uint8Array,
  type: ArtifactType | undefined,
  expectedId: string | undefined,
  limits?: ArchiveLimits,
): Promise<ArtifactUpload> {
  const files = await openArchive(content, limits)
  const { bundle, diagnostics } = openBundle(files)
  const problem = diagnostics.find(diagnostic => diagnostic.severity === 'error')
  if (problem || !bundle)
    throw invalidArtifact(problem?.code ?? 'no-manifest', problem?.message ?? 'Expected an artifact.')
  const types = type ? [type] : artifactTypes
  if (!types.some(known => known === bundle.type)) {
    const expected = types.map(known => `"${known}"`).join(', ')
    throw invalidArtifact('wrong-type', `Expected SAP-BundleType ${expected} in the manifest, found "${bundle.type}"`)
  }
  if (expectedId !== undefined && bundle.id !== expectedId) {
    const found = `"${bundle.id}" in Bundle-SymbolicName of the manifest`
    throw invalidArtifact('wrong-id', `Expected the artifact's Id to be "${expectedId}", found ${found}`)
  }
  checkId('Id', bundle.id)
  const metainfo = parseProperties(files.get('metainfo.prop') ?? new Uint8Array())
  return { content, bundle, sender: metainfo.get('source') ?? '', receiver: metainfo.get('target') ?? '' }
}

/** What is wrong with an upload. */
export function invalidArtifact(detail: string, message: string, cause?: unknown): ODataError {
  return new ODataError('invalid-artifact', message, { detail, cause })
}

/** The bytes of a property; blanks and line ends do not count. Throws `ODataError` (`invalid-artifact`). */
export function decodeBase64(property: string, text: string): Uint8Array {
  const compact = text.replace(/\s+/g, '')
  if (compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return Buffer.from(compact, 'base64')
  throw notBase64(property)
}

function notBase64(property: string): ODataError {
  return invalidArtifact('not-base64', `Expected "${property}" in base64, found something else`)
}

/** The files of a zip that a caller sent. Throws `ODataError`. */
export async function openArchive(content: Uint8Array, limits?: ArchiveLimits): Promise<ArchiveFiles> {
  try {
    return await readArchive(content, limits)
  } catch (error) {
    throw error instanceof ArchiveError ? invalidArtifact(error.code, error.message, error) : error
  }
}
