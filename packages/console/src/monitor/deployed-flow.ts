import { call } from '../api/http.ts'
import { entityPath, readEntity, root } from '../api/odata.ts'
import { openArchive } from '../flow-editor/flow-archive.ts'
import type { DeployedArtifact } from './deployed-artifact.ts'

/** The flow that runs under an ID. */
export interface DeployedFlow {
  readonly artifact: DeployedArtifact
  /** The .iflw file; empty where no deployment has succeeded. */
  readonly text: string
}

/** Reads what runs under an ID. Throws `ApiError`: not deployed (404), or not for this person (403). */
export async function readDeployedFlow(id: string): Promise<DeployedFlow> {
  const path = entityPath('IntegrationRuntimeArtifacts', id)
  const artifact = await readEntity<DeployedArtifact>(path)
  const response = await call('GET', `${root}${path}/$value`, { headers: { accept: '*/*' } })
  if (response.status === 204) return { artifact, text: '' }
  return { artifact, text: (await openArchive(new Uint8Array(await response.arrayBuffer()))).flowText }
}
