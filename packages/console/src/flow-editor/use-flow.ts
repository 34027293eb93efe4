import { useQuery } from '@tanstack/react-query'
import { call } from '../api/http.ts'
import { readEntity, root } from '../api/odata.ts'
import { artifactPath, type DesignArtifact } from '../design/design-artifact.ts'
import { type FlowArchive, openArchive } from './flow-archive.ts'

/** A flow as it was opened. */
export interface OpenFlow {
  readonly artifact: FlowArtifact
  readonly archive: FlowArchive
}

/** The artifact of a flow. `ModifiedAt` is in ms. */
export interface FlowArtifact extends DesignArtifact {
  readonly ModifiedAt: string
  readonly ModifiedBy: string
}

/** What is current of an artifact, without its content. */
export function readArtifact(id: string, version = 'active'): Promise<FlowArtifact> {
  return readEntity(artifactPath('IntegrationFlow', id, version))
}

/** Opens what is current of a flow, or a saved version. It stays as it was opened, whatever becomes of it on the server. */
export function useFlow(id: string, version = 'active') {
  return useQuery({
    queryKey: ['flow', id, version],
    queryFn: async (): Promise<OpenFlow> => {
      // The content may be newer than what is said of it, never older: so a change in between is found at saving.
      const artifact = await readArtifact(id, version)
      const path = `${root}${artifactPath('IntegrationFlow', id, version)}/$value`
      const response = await call('GET', path, { headers: { accept: '*/*' } })
      return { artifact, archive: await openArchive(new Uint8Array(await response.arrayBuffer())) }
    },
    staleTime: Infinity,
    gcTime: 0,
  })
}
