import { useTranslation } from 'react-i18next'
import { addSecret, type ClientSecret, setSecretExpiry } from '../api/client-secrets.ts'
import type { Client } from '../api/oauth.ts'
import { FormDialog } from '../components/form-dialog.tsx'
import type { Field } from '../components/form-field.tsx'

interface DialogProps {
  readonly client: Client
  readonly onClose: () => void
}

export interface AddSecretDialogProps extends DialogProps {
  readonly onAdded: (secret: ClientSecret) => void
}

/** Adds a secret, chosen or generated. Those of platform clients are always generated. */
export function AddSecretDialog({ client, onAdded, onClose }: AddSecretDialogProps) {
  const { t } = useTranslation()
  const expiry = useExpiryField()
  const secret = {
    name: 'secret',
    label: t('cockpit.secrets.secret'),
    kind: 'password',
    hint: t('cockpit.secrets.secretHint'),
  } as const
  return (
    <FormDialog
      title={t('cockpit.secrets.add')}
      submit={t('cockpit.secrets.add')}
      fields={client.kind === 'platform' ? [expiry] : [secret, expiry]}
      initial={{ secret: '', days: '' }}
      problemFields={{ 'same-secret': 'secret' }}
      onSubmit={async ({ secret: chosen = '', days }) =>
        onAdded(await addSecret(client.id, { ...(chosen !== '' && { secret: chosen }), ...expiryIn(days) }))
      }
      onClose={onClose}
    />
  )
}

export interface SecretExpiryDialogProps extends DialogProps {
  readonly secret: ClientSecret
  readonly onSaved: () => void
}

/** Says when a secret expires, from now. */
export function SecretExpiryDialog({ client, secret, onSaved, onClose }: SecretExpiryDialogProps) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={t('cockpit.secrets.expiryOf', { id: secret.id })}
      submit={t('common.save')}
      fields={[useExpiryField()]}
      initial={{ days: '' }}
      onSubmit={async ({ days }) => {
        await setSecretExpiry(client.id, secret.id, expiryIn(days))
        onSaved()
      }}
      onClose={onClose}
    />
  )
}

const dayMs = 86_400_000
const choices = [1, 7, 30, 90, 180, 365]

function useExpiryField(): Field {
  const { t } = useTranslation()
  return {
    name: 'days',
    label: t('cockpit.secrets.expires'),
    kind: 'select',
    options: [
      ['', t('cockpit.secrets.never')],
      ...choices.map(count => [String(count), t('cockpit.secrets.after', { count })] as const),
    ],
  }
}

function expiryIn(days = ''): { readonly expiresAt?: string } {
  return days === '' ? {} : { expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString() }
}
