import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { findExternalUser, listMappedGroups, type MappedGroup } from '../api/external-users.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { useList } from '../components/use-list.ts'
import { authorizationsKey, groupPath } from './authorization-paths.ts'
import { ForgetUser } from './forget-user.tsx'

/** What identity providers say of a user: who it is there, and groups. Nothing for users whom none of them knows. */
export function ExternalUser({ user }: { readonly user: string }) {
  const { t } = useTranslation()
  const groups = useList([...authorizationsKey, 'mappedGroups', user], () => listMappedGroups(user))
  const found = useQuery({
    queryKey: [...authorizationsKey, 'externalUser', user],
    queryFn: () => findExternalUser(user),
  })
  const columns = useColumns()
  const { data: known } = found
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (!known && groups.rows.length === 0) return null
  return (
    <Section title={t('cockpit.externalUser.title')} actions={known && <ForgetUser user={known} />}>
      {known && (
        <Facts
          facts={[
            [t('cockpit.externalUser.provider'), known.provider],
            ...(known.subject === ''
              ? []
              : [
                  [
                    t('cockpit.externalUser.subject'),
                    <span key="subject" className="code">
                      {known.subject}
                    </span>,
                  ] as const,
                ]),
            [t('cockpit.externalUser.displayName'), known.displayName],
            [t('cockpit.externalUser.email'), known.email],
            [t('cockpit.externalUser.signedIn'), <Moment key="signed-in" date={new Date(known.signedInAt)} />],
          ]}
        />
      )}
      <EntityTable
        label={t('cockpit.externalUser.groups')}
        columns={columns}
        keyOf={({ group, provider }) => `${group}\n${provider}`}
        rows={groups}
        empty={t('cockpit.externalUser.noGroup')}
      />
    </Section>
  )
}

function useColumns(): readonly Column<MappedGroup>[] {
  const { t } = useTranslation()
  return [
    {
      header: t('cockpit.externalUser.groups'),
      sortBy: ({ group }) => group,
      cell: ({ group }) => <PageLink to={groupPath(group)}>{group}</PageLink>,
    },
    { header: t('cockpit.externalUser.givenBy'), sortBy: ({ provider }) => provider, cell: ({ provider }) => provider },
  ]
}
