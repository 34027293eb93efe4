import '@ui5/webcomponents-icons/dist/delete.js'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Client, listClients } from '../api/oauth.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { SearchField, useSearch } from '../components/search-field.tsx'
import { translated } from '../components/translations.ts'
import { useList } from '../components/use-list.ts'
import { clientPath, clientsKey, registerPath } from './client-paths.ts'
import { DeleteClient } from './delete-client.tsx'
import { ClientSecretWarning } from './secret-state.tsx'

/** The application clients that are registered; the search is in the address. */
export function ClientsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch()
  const rows = useList(
    clientsKey,
    () => listClients('application'),
    client => isMatch(client, search),
  )
  return (
    <Page
      title={t('cockpit.clients.title')}
      actions={
        <Button design="Emphasized" onClick={() => void navigate(registerPath)}>
          {t('cockpit.clients.register')}
        </Button>
      }
    >
      <SearchField label={t('cockpit.clients.search')} />
      <EntityTable
        label={t('cockpit.clients.title')}
        columns={useColumns()}
        keyOf={client => client.id}
        rows={rows}
        empty={search === '' ? t('cockpit.clients.empty') : t('cockpit.clients.noMatch', { search })}
      />
    </Page>
  )
}

function isMatch({ id, name, description, subscription, translations }: Client, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  const others = Object.values(translations).flatMap(texts => Object.values(texts))
  return [id, name, description, subscription, ...others].some(text => text.toLowerCase().includes(wanted))
}

function useColumns(): readonly Column<Client>[] {
  const { t, i18n } = useTranslation()
  const queries = useQueryClient()
  return [
    {
      header: t('cockpit.clients.name'),
      sortBy: ({ name, translations }) => translated(translations, i18n.language, 'name', name),
      cell: client => (
        <>
          <PageLink to={clientPath(client.id)}>
            {translated(client.translations, i18n.language, 'name', client.name)}
          </PageLink>
          <ClientSecretWarning client={client} />
        </>
      ),
    },
    { header: t('cockpit.clients.id'), sortBy: ({ id }) => id, cell: ({ id }) => <span className="code">{id}</span> },
    {
      header: t('cockpit.clients.subscription'),
      sortBy: ({ subscription }) => subscription,
      cell: ({ subscription }) => subscription,
    },
    {
      header: t('cockpit.clients.grant'),
      sortBy: ({ grant }) => grant,
      importance: -1,
      cell: ({ grant }) => t(`cockpit.client.grants.${grant}`),
    },
    {
      header: t('cockpit.clients.description'),
      importance: -2,
      cell: ({ description, translations }) => translated(translations, i18n.language, 'description', description),
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '6rem',
      cell: client => (
        <DeleteClient
          client={client}
          icon="delete"
          onDone={() => void queries.invalidateQueries({ queryKey: clientsKey })}
        />
      ),
    },
  ]
}
