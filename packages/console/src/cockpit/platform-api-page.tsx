import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/key.js'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Client, deleteClient, listClients } from '../api/oauth.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { useList } from '../components/use-list.ts'
import { ClientSecretsDialog } from './client-secrets-dialog.tsx'
import { CreatePlatformClientDialog } from './create-platform-client-dialog.tsx'
import { ClientSecretWarning } from './secret-state.tsx'

const queryKey = ['clients', 'platform']

/** Clients that call the OAuth and authorization APIs. */
export function PlatformApiPage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [isCreating, setCreating] = useState(false)
  const [shown, setShown] = useState<Client>()
  const changed = () => queries.invalidateQueries({ queryKey })
  return (
    <Page
      title={t('cockpit.platform.title')}
      actions={
        <Button design="Emphasized" onClick={() => setCreating(true)}>
          {t('cockpit.platform.create')}
        </Button>
      }
    >
      <EntityTable
        label={t('cockpit.platform.title')}
        columns={useColumns(setShown, () => void changed())}
        keyOf={client => client.id}
        rows={useList(queryKey, () => listClients('platform'))}
        empty={t('cockpit.platform.empty')}
      />
      {shown && <ClientSecretsDialog client={shown} onClose={() => setShown(undefined)} />}
      {isCreating && <CreatePlatformClientDialog onCreated={() => void changed()} onClose={() => setCreating(false)} />}
    </Page>
  )
}

function useColumns(onSecrets: (client: Client) => void, onChanged: () => void): readonly Column<Client>[] {
  const { t } = useTranslation()
  return [
    {
      header: t('cockpit.clients.description'),
      sortBy: ({ description }) => description,
      cell: client => (
        <>
          {client.description || t('common.none')} <ClientSecretWarning client={client} />
        </>
      ),
    },
    { header: t('cockpit.platform.clientId'), cell: ({ id }) => <span className="code">{id}</span> },
    { header: t('cockpit.platform.scopes'), cell: ({ scopes }) => scopes.join(', ') },
    {
      header: t('cockpit.platform.created'),
      sortBy: ({ createdAt }) => createdAt,
      importance: -1,
      cell: ({ createdAt }) => <Moment date={new Date(createdAt)} />,
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '8rem',
      cell: client => (
        <>
          <Button
            icon="key"
            design="Transparent"
            accessibleName={`${t('cockpit.secrets.title')}: ${client.id}`}
            tooltip={t('cockpit.secrets.title')}
            onClick={() => onSecrets(client)}
          />
          <ConfirmButton
            icon="delete"
            text={t('common.delete')}
            of={client.id}
            question={t('cockpit.platform.deleteText', { id: client.id })}
            action={() => deleteClient(client.id)}
            onDone={onChanged}
          />
        </>
      ),
    },
  ]
}
