import '@ui5/webcomponents-icons/dist/delete.js'
import { useTranslation } from 'react-i18next'
import { type ExternalUser, listExternalUsers } from '../api/external-users.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { SearchField, useSearch } from '../components/search-field.tsx'
import { usePages } from '../components/use-paged.ts'
import { authorizationsKey, userPath } from './authorization-paths.ts'
import { ForgetUser } from './forget-user.tsx'
import { identityProviderPath } from './trust-paths.ts'

/** The users whom identity providers have vouched for; the search is in the address. */
export function ExternalUsersPage() {
  const { t } = useTranslation()
  const search = useSearch()
  const rows = usePages<ExternalUser>([...authorizationsKey, 'externalUsers', search], (page, signal) =>
    listExternalUsers(search.trim(), page, signal),
  )
  return (
    <Page title={t('cockpit.externalUsers.title')}>
      <span>{t('cockpit.externalUsers.text')}</span>
      <SearchField label={t('cockpit.localUsers.search')} />
      <EntityTable
        label={t('cockpit.externalUsers.title')}
        columns={useColumns()}
        keyOf={({ name, provider }) => `${name}\n${provider}`}
        rows={rows}
        empty={search === '' ? t('cockpit.externalUsers.empty') : t('cockpit.localUsers.noMatch', { search })}
      />
    </Page>
  )
}

function useColumns(): readonly Column<ExternalUser>[] {
  const { t } = useTranslation()
  return [
    {
      header: t('cockpit.localUsers.name'),
      sortBy: ({ name }) => name,
      cell: ({ name }) => <PageLink to={userPath(name)}>{name}</PageLink>,
    },
    {
      header: t('cockpit.externalUser.provider'),
      sortBy: ({ provider }) => provider,
      cell: ({ provider }) => <PageLink to={identityProviderPath(provider)}>{provider}</PageLink>,
    },
    {
      header: t('cockpit.localUsers.displayName'),
      importance: -1,
      sortBy: ({ displayName }) => displayName,
      cell: ({ displayName }) => displayName,
    },
    { header: t('cockpit.localUsers.email'), importance: -2, sortBy: ({ email }) => email, cell: ({ email }) => email },
    {
      header: t('cockpit.externalUser.signedIn'),
      width: '12.5rem',
      sortBy: ({ signedInAt }) => signedInAt,
      cell: ({ signedInAt }) => <Moment date={new Date(signedInAt)} />,
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '6rem',
      cell: user => <ForgetUser user={user} icon="delete" />,
    },
  ]
}
