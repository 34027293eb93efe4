import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { authorizations } from '../api/authorizations.ts'
import { useSession } from '../app/session-gate.tsx'
import { authorizationsKey } from './authorization-paths.ts'

/** The authorization management API of the subaccount. */
export function useAuthorizations(): ReturnType<typeof authorizations> {
  const { subaccount } = useSession()
  return useMemo(() => authorizations(subaccount), [subaccount])
}

/** To be called after users, groups or roles have changed. */
export function useChanged(): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: authorizationsKey })
}

/** The applications of the subaccount that roles belong to. */
export function useApplications(): { readonly runtime: string; readonly api: string; readonly all: readonly string[] } {
  const { subaccount } = useSession()
  const [runtime, api] = [`${subaccount}iflmap`, `${subaccount}tmn`]
  return { runtime, api, all: [runtime, api, 'cockpit'] }
}
