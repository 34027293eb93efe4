import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type LocalUser, readLocalUser } from '../api/local-users.ts'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { userPath } from './authorization-paths.ts'
import { LocalUserActions } from './local-user-actions.tsx'
import { LocalUserStatus } from './local-user-status.tsx'
import { localUsersKey } from './trust-paths.ts'

/** A user who signs in with a password: what is known, and what an administrator can do. */
export function LocalUserPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [params] = useSearchParams()
  const name = params.get('name') ?? ''
  const found = useQuery({ queryKey: [...localUsersKey, 'user', name], queryFn: () => readLocalUser(name) })
  const changed = () => void queries.invalidateQueries({ queryKey: localUsersKey })
  return (
    <Page
      title={t('cockpit.users.titleOf', { user: name })}
      actions={found.data && <LocalUserActions user={found.data} onChanged={changed} />}
    >
      {found.isPending && <BusyIndicator active delay={300} text={t('common.loading')} />}
      {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <UserFacts user={found.data} />}
    </Page>
  )
}

function UserFacts({ user }: { readonly user: LocalUser }) {
  const { t } = useTranslation()
  const { lockedUntil, signedInAt } = user
  return (
    <section className="section">
      <Facts
        facts={[
          [t('cockpit.localUsers.displayName'), user.displayName],
          [t('cockpit.localUsers.email'), user.email],
          [t('cockpit.localUsers.status'), <LocalUserStatus key="status" user={user} />],
          ...(lockedUntil === undefined
            ? []
            : [[t('cockpit.localUsers.lockedUntil'), <Moment key="locked" date={new Date(lockedUntil)} />] as const]),
          [t('cockpit.localUsers.created'), <Moment key="created" date={new Date(user.createdAt)} />],
          [
            t('cockpit.localUsers.signedIn'),
            <Moment key="signedIn" date={signedInAt === undefined ? undefined : new Date(signedInAt)} />,
          ],
          [
            t('cockpit.localUsers.assignments'),
            <PageLink key="assignments" to={userPath(user.name)}>
              {t('cockpit.localUsers.assignmentsLink')}
            </PageLink>,
          ],
        ]}
      />
    </section>
  )
}
