import '@ui5/webcomponents-icons/dist/date-time.js'
import '@ui5/webcomponents-icons/dist/delete.js'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ClientSecret, listSecrets, removeSecret } from '../api/client-secrets.ts'
import type { Client } from '../api/oauth.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { useList } from '../components/use-list.ts'
import { secretsKey } from './client-paths.ts'
import { RevealDialog } from './reveal-dialog.tsx'
import { AddSecretDialog, SecretExpiryDialog } from './secret-dialogs.tsx'
import { SecretState } from './secret-state.tsx'

/** The secrets of a client: when each was last used and expires; one more, or one less. */
export function ClientSecrets({ client }: { readonly client: Client }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [open, setOpen] = useState<{ readonly secret?: ClientSecret }>()
  const [issued, setIssued] = useState<string>()
  const queryKey = secretsKey(client.id)
  const changed = () => {
    void queries.invalidateQueries({ queryKey })
    void queries.invalidateQueries({ queryKey: ['clients'] })
  }
  const close = () => setOpen(undefined)
  return (
    <Section
      title={t('cockpit.secrets.title')}
      actions={<Button onClick={() => setOpen({})}>{t('cockpit.secrets.add')}</Button>}
    >
      <span>{t('cockpit.secrets.text')}</span>
      <EntityTable
        label={t('cockpit.secrets.of', { name: client.name })}
        columns={useColumns(client, secret => setOpen({ secret }), changed)}
        keyOf={({ id }) => id}
        rows={useList(queryKey, () => listSecrets(client.id))}
        empty={t('cockpit.secrets.empty')}
      />
      {open?.secret && <SecretExpiryDialog client={client} secret={open.secret} onSaved={changed} onClose={close} />}
      {open && !open.secret && (
        <AddSecretDialog
          client={client}
          onAdded={({ secret }) => {
            setIssued(secret)
            changed()
          }}
          onClose={close}
        />
      )}
      {issued !== undefined && (
        <RevealDialog
          title={t('cockpit.secrets.issued', { name: client.name })}
          note={t('cockpit.client.secretOnce')}
          name={t('cockpit.secrets.secret')}
          text={issued}
          onClose={() => setIssued(undefined)}
        />
      )}
    </Section>
  )
}

function useColumns(
  { id: clientId, name }: Client,
  onExpiry: (secret: ClientSecret) => void,
  onRemoved: () => void,
): readonly Column<ClientSecret>[] {
  const { t } = useTranslation()
  return [
    { header: t('cockpit.secrets.id'), width: '4rem', cell: ({ id }) => id },
    {
      header: t('cockpit.secrets.state'),
      cell: ({ state, expiresAt }) => <SecretState state={state} expiresAt={expiresAt} />,
    },
    {
      header: t('cockpit.secrets.lastUsed'),
      cell: ({ lastUsedAt }) =>
        lastUsedAt === undefined ? t('cockpit.secrets.notUsed') : <Moment date={new Date(lastUsedAt)} />,
    },
    {
      header: t('cockpit.secrets.expires'),
      cell: ({ expiresAt }) =>
        expiresAt === undefined ? t('cockpit.secrets.never') : <Moment date={new Date(expiresAt)} />,
    },
    {
      header: t('cockpit.secrets.created'),
      importance: -1,
      cell: ({ createdAt }) => <Moment date={new Date(createdAt)} />,
    },
    {
      header: t('common.actions'),
      importance: 1,
      width: '8rem',
      cell: secret => (
        <>
          <Button
            icon="date-time"
            design="Transparent"
            accessibleName={`${t('cockpit.secrets.expiry')}: ${secret.id}`}
            tooltip={t('cockpit.secrets.expiry')}
            onClick={() => onExpiry(secret)}
          />
          <ConfirmButton
            icon="delete"
            text={t('cockpit.secrets.remove')}
            of={secret.id}
            question={t('cockpit.secrets.removeText', { id: secret.id, name })}
            action={() => removeSecret(clientId, secret.id)}
            onDone={onRemoved}
          />
        </>
      ),
    },
  ]
}
