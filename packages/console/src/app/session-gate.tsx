import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { brandingKey, readBranding } from '../api/branding.ts'
import { ApiError, onSessionEnd } from '../api/http.ts'
import { readSession, type Session } from '../api/session.ts'
import { ErrorState } from '../components/error-state.tsx'
import { BrandedFrame } from './branded-frame.tsx'
import { SignInForm, type SignInFormProps } from './sign-in-form.tsx'

const SessionContext = createContext<Session | undefined>(undefined)

/** Who is signed in. Only below `SessionGate`. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('Expected to be below SessionGate')
  return session
}

export const sessionKey = ['session'] as const

function SignInPage({ onSignedIn }: Pick<SignInFormProps, 'onSignedIn'>) {
  const { t } = useTranslation()
  const branding = useQuery({ queryKey: brandingKey, queryFn: readBranding })
  if (branding.isPending) return null
  return (
    <BrandedFrame branding={branding.data ?? {}}>
      <SignInForm title={t('app.title')} onSignedIn={onSignedIn} />
    </BrandedFrame>
  )
}

/**
 * Shows its children to somebody who is signed in, and the sign-in page to everybody else. When the session ends while
 * somebody works, the children stay as they are below a dialog to sign in again, with everything that was typed.
 */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  /** When the session was found to have ended; undefined while it goes on. */
  const [overAt, setOverAt] = useState<number>()
  const { data, error, isPending, refetch, dataUpdatedAt } = useQuery({
    queryKey: sessionKey,
    queryFn: readSession,
    staleTime: Infinity,
    // Who comes back after a while is told at once that the session has ended, not when they have gone on.
    refetchOnWindowFocus: 'always',
  })
  useEffect(() => onSessionEnd(() => setOverAt(before => before ?? Date.now())), [])
  const goOn = useCallback(() => {
    setOverAt(undefined)
    void queries.invalidateQueries({ predicate: ({ state }) => state.error !== null })
  }, [queries])
  const begin = (session: Session) => {
    queries.setQueryData(sessionKey, session)
    goOn()
  }
  // Somebody signed in again in another tab.
  const isBack = overAt !== undefined && dataUpdatedAt > overAt
  useEffect(() => {
    if (isBack) goOn()
  }, [isBack, goOn])
  if (isPending) return <BusyIndicator active delay={300} text={t('common.loading')} />
  if (!data && error instanceof ApiError && error.status === 401) {
    return (
      <main className="sign-in-page">
        <SignInPage onSignedIn={begin} />
      </main>
    )
  }
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <SessionContext value={data}>
      {children}
      <Dialog
        open={overAt !== undefined}
        headerText={t('signIn.title')}
        onBeforeClose={event => event.detail.escPressed && event.preventDefault()}
      >
        {overAt !== undefined && (
          <SignInForm title={t('signIn.expired')} user={data.user} isOverPage onSignedIn={begin} />
        )}
      </Dialog>
    </SessionContext>
  )
}
