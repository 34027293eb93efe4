import { useMutation, useQueryClient } from '@tanstack/react-query'
import { deployArtifact } from '../design/design-artifact.ts'
import { deploymentsKey } from '../design/use-deployments.ts'
import type { Saving } from './use-saving.ts'

/** A deployment that is being asked for. How it goes then shows where deployments are shown. */
export interface Deploying {
  readonly isDeploying: boolean
  /** What saving said no to is not in it. */
  readonly error: Error | null
  readonly deploy: () => void
  readonly reset: () => void
}

/** Deploys a flow, with what was not saved before. */
export function useDeploying(id: string, { isChanged, saveNow }: Saving): Deploying {
  const queries = useQueryClient()
  const deploying = useMutation({
    mutationFn: async () => {
      if (isChanged && !(await saveNow())) return
      await deployArtifact({ kind: 'IntegrationFlow', Id: id })
      await queries.invalidateQueries({ queryKey: deploymentsKey })
    },
  })
  const { isPending, error, mutate, reset } = deploying
  return { isDeploying: isPending, error, deploy: () => mutate(), reset }
}
