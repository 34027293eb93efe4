import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { type Client, readClient } from '../api/oauth.ts'
import { ErrorState } from '../components/error-state.tsx'
import { Page } from '../components/page.tsx'
import { ClientDetails } from './client-details.tsx'
import { ClientForm } from './client-form.tsx'
import { clientPath, clientsKey, secretsKey } from './client-paths.ts'

/**
 * A client: registered where the address names none, otherwise shown and edited. It stays mounted from the one to the other,
 * so that the secret is shown once after saving and is nowhere but in memory.
 */
export function ClientPage() {
  const { t } = useTranslation()
  const { id } = useParams()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [edited, setEdited] = useState<string>()
  const [known, setKnown] = useState<{ readonly id: string; readonly secret: string }>()
  const found = useQuery({ queryKey: ['client', id], queryFn: () => readClient(id ?? ''), enabled: id !== undefined })

  const saved = async (client: Client, typed: string) => {
    const secret = client.secret ?? typed
    const { secret: _, ...shown } = client
    queries.setQueryData(['client', client.id], shown)
    if (secret !== '') setKnown({ id: client.id, secret })
    setEdited(undefined)
    await queries.invalidateQueries({ queryKey: secretsKey(client.id) })
    await queries.invalidateQueries({ queryKey: clientsKey })
    if (id === undefined) await navigate(clientPath(client.id), { replace: true })
  }

  if (id === undefined) {
    return <ClientForm onSaved={saved} onCancel={() => void navigate('/cockpit/oauth/clients')} />
  }
  if (found.error) {
    return (
      <Page title={t('cockpit.client.title', { name: id })}>
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (found.isPending) return <BusyIndicator active delay={300} text={t('common.loading')} />
  if (edited === id) return <ClientForm client={found.data} onSaved={saved} onCancel={() => setEdited(undefined)} />
  return (
    <ClientDetails
      client={found.data}
      secret={known?.id === id ? known.secret : undefined}
      onEdit={() => setEdited(id)}
    />
  )
}
