import { useQuery } from '@tanstack/react-query'
import { listPage } from '../api/odata.ts'

/** How something that was deployed is. */
export interface Deployment {
  readonly Id: string
  readonly Version: string
  readonly Status: string
}

export type Deployments = ReadonlyMap<string, Deployment>

/** Of the deployments among the queries. */
export const deploymentsKey = ['IntegrationRuntimeArtifacts', 'statuses'] as const

const startingMs = 500
const restMs = 5_000

/** What is deployed, by ID; looked at more often while something starts. */
export function useDeployments(): Deployments {
  const { data } = useQuery({
    queryKey: deploymentsKey,
    queryFn: async () => {
      const query = { select: ['Id', 'Version', 'Status'], top: 1_000 }
      return (await listPage<Deployment>('IntegrationRuntimeArtifacts', query)).rows
    },
    refetchInterval: ({ state }) =>
      state.data?.some(({ Status }) => Status === 'STARTING' || Status === 'STOPPING') ? startingMs : restMs,
  })
  return new Map((data ?? []).map(deployment => [deployment.Id, deployment]))
}
