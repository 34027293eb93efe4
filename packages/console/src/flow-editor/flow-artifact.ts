import { readEntity } from '../api/odata.ts'
import { artifactPath, type DesignArtifact } from '../design/design-artifact.ts'

/** The artifact of a flow. `ModifiedAt` is in ms. */
export interface FlowArtifact extends DesignArtifact {
  readonly ModifiedAt: string
  readonly ModifiedBy: string
}

/** What is current of an artifact, without its content. */
export function readArtifact(id: string, version = 'active'): Promise<FlowArtifact> {
  return readEntity(artifactPath('IntegrationFlow', id, version))
}
