import { useRouteError } from 'react-router'
import { ErrorState } from '../components/error-state.tsx'

/** In place of a page that could not be shown at all. */
export function PageError() {
  return <ErrorState error={useRouteError()} onRetry={() => location.reload()} />
}
