import { call } from '../api/http.ts'
import { change, createEntity, entityPath, root } from '../api/odata.ts'
import { configureChanged } from '../design/configurations.ts'
import { artifactPath, base64Of } from '../design/design-artifact.ts'
import { changedZip, type FlowArchive, openArchive } from './flow-archive.ts'
import { type FlowArtifact, readArtifact } from './flow-artifact.ts'

/** Somebody has changed the flow since it was opened. */
export class ConflictError extends Error {
  readonly artifact: FlowArtifact

  constructor(artifact: FlowArtifact) {
    super(`"${artifact.Name}" was changed by ${artifact.ModifiedBy}`)
    this.name = 'ConflictError'
    this.artifact = artifact
  }
}

/** What is saved of a flow. */
export interface FlowContent {
  readonly artifact: FlowArtifact
  /** The .iflw file as it was opened, or saved last. */
  readonly base: string
  /** The .iflw file to save. */
  readonly text: string
  /** Other files to save, by their path in the artifact. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Values of parameters that are to be in force, whatever was configured before. */
  readonly values: ReadonlyMap<string, string>
}

const kind = 'IntegrationFlow'

/**
 * Saves a draft under a lock, so that nobody changes the flow in between. All other files of the artifact stay as they are on
 * the server by now. Throws `ConflictError` when the flow there is not the one that was opened, unless `overwrite`.
 */
export async function saveFlow(
  { artifact, base, text, files, values }: FlowContent,
  overwrite: boolean,
): Promise<void> {
  await lockFlow(artifact.Id)
  const current = await downloadFlow(artifact.Id)
  if (current.flowText !== base && !overwrite) throw new ConflictError(await readArtifact(artifact.Id))
  const zip = await changedZip(current, text, files, Date.now())
  const content = await base64Of(new Blob([zip as Uint8Array<ArrayBuffer>]))
  const { Name } = artifact
  await change('PUT', `${artifactPath(kind, artifact.Id)}?SaveAsDraft=true`, { Name, ArtifactContent: content })
  await configureChanged(artifact.Id, values)
}

/** The content of what is current, or of a saved version. */
export async function downloadFlow(id: string, version?: string): Promise<FlowArchive> {
  const path = `${root}${artifactPath(kind, id, version)}/$value`
  const response = await call('GET', path, { headers: { accept: '*/*' } })
  return openArchive(new Uint8Array(await response.arrayBuffer()))
}

const locks = 'IntegrationDesigntimeLocks'

/** Keeps others from changing a flow for a while. Throws `ApiError` with status 423, and who it is, where somebody else does. */
export async function lockFlow(id: string): Promise<void> {
  await createEntity(locks, { ArtifactId: id })
}

/** Lets others change a flow again. */
export async function unlockFlow(id: string): Promise<void> {
  await change('DELETE', entityPath(locks, id))
}
