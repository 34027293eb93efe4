import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { ObjectStatus } from '@ui5/webcomponents-react/ObjectStatus'
import { useTranslation } from 'react-i18next'
import type { Client } from '../api/oauth.ts'
import { Copyable } from '../components/copyable.tsx'
import { ErrorState, useErrorText } from '../components/error-state.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { authorizationsKey, userPath } from './authorization-paths.ts'
import { useApplications, useAuthorizations } from './use-authorizations.tsx'

const sendRole = 'ESBMessaging.send'

/**
 * The user that stands for a client where roles are assigned, and the role that lets it call flows. A client that acts for
 * people needs none.
 */
export function ClientUser({ client: { user, subscription, grant } }: { readonly client: Client }) {
  const { t } = useTranslation()
  const { runtime } = useApplications()
  if (grant === 'authorization_code') {
    return <Section title={t('cockpit.client.userTitle')}>{t('cockpit.client.usersOfCode')}</Section>
  }
  return (
    <Section title={t('cockpit.client.userTitle')}>
      <div className="field-line">
        <Copyable text={user} of={t('cockpit.client.user')} />
      </div>
      <span className="field-hint">{t('cockpit.client.userHint')}</span>
      <div>
        <PageLink to={userPath(user)}>{t('cockpit.client.allRoles')}</PageLink>
      </div>
      {subscription === runtime && <SendRole user={user} />}
    </Section>
  )
}

function SendRole({ user }: { readonly user: string }) {
  const { t } = useTranslation()
  const { runtime } = useApplications()
  const api = useAuthorizations()
  const queries = useQueryClient()
  const queryKey = [...authorizationsKey, 'roles', 'user', user]
  const roles = useQuery({ queryKey, queryFn: () => api.rolesOfUser(user) })
  const assigning = useMutation({
    mutationFn: () => api.assignRole(user, runtime, sendRole),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  const problem = useErrorText(assigning.error)
  if (roles.error) return <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />
  if (!roles.data) return null
  const isAssigned = roles.data.some(({ applicationName, name }) => applicationName === runtime && name === sendRole)
  return (
    <div className="field-line" aria-live="polite">
      <ObjectStatus state={isAssigned ? 'Positive' : 'Critical'} showDefaultIcon>
        {t(isAssigned ? 'cockpit.client.assigned' : 'cockpit.client.notAssigned')}
      </ObjectStatus>
      {!isAssigned && (
        <Button design="Emphasized" loading={assigning.isPending} onClick={() => assigning.mutate()}>
          {t('cockpit.client.assignSend')}
        </Button>
      )}
      {problem && (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {problem}
        </MessageStrip>
      )}
    </div>
  )
}
