import { Navigate, useParams } from 'react-router'
import { NotFound } from '../app/not-found.tsx'

/** Where the `AlternateWebLink` of message processing logs leads: `/shell/monitoring/Messages/{"identifier":"<ID>"}`. */
export function MessageLink() {
  const { parameters = '' } = useParams()
  const guid = identifierIn(parameters)
  if (guid === undefined) return <NotFound />
  return <Navigate to={`/monitor/messages/${encodeURIComponent(guid)}`} replace />
}

function identifierIn(parameters: string): string | undefined {
  try {
    const { identifier } = JSON.parse(parameters)
    return typeof identifier === 'string' ? identifier : undefined
  } catch {
    return undefined
  }
}
