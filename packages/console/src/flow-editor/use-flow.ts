import { useQuery } from '@tanstack/react-query'
import type { FlowArchive } from './flow-archive.ts'
import { type FlowArtifact, readArtifact } from './flow-artifact.ts'
import { downloadFlow } from './save-flow.ts'

/** A flow as it was opened. */
export interface OpenFlow {
  readonly artifact: FlowArtifact
  readonly archive: FlowArchive
}

/** Opens what is current of a flow, or a saved version. It stays as it was opened, whatever becomes of it on the server. */
export function useFlow(id: string, version = 'active') {
  return useQuery({
    queryKey: ['flow', id, version],
    queryFn: async (): Promise<OpenFlow> => {
      const [artifact, archive] = await Promise.all([readArtifact(id, version), downloadFlow(id, version)])
      return { artifact, archive }
    },
    // Not even where all that is shown is loaded anew: what is not saved would be gone.
    staleTime: 'static',
    gcTime: 0,
  })
}
