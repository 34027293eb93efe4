import { useEffect } from 'react'
import { useRouteError } from 'react-router'
import { ApiError, isServerReachable, onReachability, UnreachableError } from '../api/http.ts'
import { readSession } from '../api/session.ts'
import { ErrorState } from '../components/error-state.tsx'

/** In place of a page that could not be shown at all. */
export function PageError() {
  const error = useRouteError()
  // A page's code comes from the server, too; browsers say so in words of their own.
  const isCode = error instanceof TypeError && /module|import/i.test(error.message)
  useEffect(() => {
    if (!isCode) return
    return onReachability(() => isServerReachable() && location.reload())
  }, [isCode])
  return <ErrorState error={isCode ? new UnreachableError(error) : error} onRetry={() => void reload()} />
}

/** Loads the page anew once the server answers: before, that would lead out of the console. */
async function reload(): Promise<void> {
  try {
    await readSession()
  } catch (error) {
    if (!(error instanceof ApiError)) return
  }
  location.reload()
}
