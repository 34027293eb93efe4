import { type BundleType, isPackageExport } from '@sluice/iflow'
import { readArchive, readArtifact } from '../../runtime/archive.ts'
import { CommandError } from '../line/errors.ts'
import { type SelectedArtifact, selectArtifacts } from '../local/artifact-source.ts'

/** An artifact on its way to a server. */
export interface Upload {
  readonly id: string
  readonly name: string
  /** As the names of its API begin: `IntegrationDesigntimeArtifacts`, `ScriptCollectionDesigntimeArtifacts`, … */
  readonly type: (typeof types)[number][1]
  /** The zip, base64. */
  readonly content: string
}

/** In the order of deployment: what flows refer to before the flows. */
const types = [
  ['ScriptCollection', 'ScriptCollection'],
  ['MessageMapping', 'MessageMapping'],
  ['ValueMapping', 'ValueMapping'],
  ['IntegrationFlow', 'Integration'],
] as const satisfies readonly (readonly [BundleType, string])[]

/**
 * The artifacts at a path, or the one that `package.zip#name` says, in the order of deployment. Throws `CommandError` for
 * one that cannot be read or deployed.
 */
export async function readUploads(path: string): Promise<readonly Upload[]> {
  const uploads = await Promise.all((await selectArtifacts(path)).map(readUpload))
  return types.flatMap(([, type]) => uploads.filter(upload => upload.type === type))
}

/** The zip of the exported package at a path; undefined when an artifact is there, or one of a package is meant. */
export async function readPackageFile(path: string): Promise<Uint8Array | undefined> {
  const zip = await readArtifact(path).catch(() => undefined)
  return zip && isPackageExport(await readArchive(zip)) ? zip : undefined
}

async function readUpload({ source, opened, zip }: SelectedArtifact): Promise<Upload> {
  const { bundle, diagnostics } = opened
  if (!bundle) throw new CommandError(`${diagnostics[0]?.message ?? 'Expected an artifact'} (${source})`)
  const type = types.find(([bundleType]) => bundleType === bundle.type)?.[1]
  if (type === undefined) {
    const known = types.map(([bundleType]) => bundleType).join(', ')
    throw new CommandError(`Expected an artifact of type ${known}, found ${bundle.type} (${source})`)
  }
  return { id: bundle.id, name: bundle.name, type, content: Buffer.from(await zip()).toString('base64') }
}
