import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { useTranslation } from 'react-i18next'
import type { Client } from '../api/oauth.ts'
import { useFocusReturn } from '../components/use-focus-return.ts'
import { ClientSecrets } from './client-secrets.tsx'

export interface ClientSecretsDialogProps {
  readonly client: Client
  readonly onClose: () => void
}

/** The secrets of a client that has no page of its own. */
export function ClientSecretsDialog({ client, onClose }: ClientSecretsDialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
  return (
    <Dialog
      open
      headerText={t('cockpit.secrets.of', { name: client.name })}
      onClose={event => event.target === event.currentTarget && onClose()}
      footer={
        <Bar
          design="Footer"
          endContent={
            <Button design="Emphasized" onClick={onClose}>
              {t('common.close')}
            </Button>
          }
        />
      }
    >
      <ClientSecrets client={client} />
    </Dialog>
  )
}
