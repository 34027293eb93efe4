import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import type { ExpiryState } from '../api/client-secrets.ts'
import type { Client } from '../api/oauth.ts'

const designs = { valid: 'Positive', expiring: 'Critical', expired: 'Negative' } as const
const dayMs = 86_400_000

export interface SecretStateProps {
  readonly state: ExpiryState
  /** ISO 8601. */
  readonly expiresAt: string | undefined
}

/** Whether a secret is valid, and in how many days no more. */
export function SecretState({ state, expiresAt }: SecretStateProps) {
  const { t } = useTranslation()
  const count = daysUntil(expiresAt)
  return (
    <Tag design={designs[state]}>
      {state === 'expiring' ? t('cockpit.secrets.expiring', { count }) : t(`cockpit.secrets.${state}`)}
    </Tag>
  )
}

/** Beside the name of a client that somebody has to do something about; nothing otherwise. */
export function ClientSecretWarning({ client: { secretState, secretExpiresAt } }: { readonly client: Client }) {
  const { t } = useTranslation()
  if (secretState === undefined || secretState === 'valid') return null
  const count = daysUntil(secretExpiresAt)
  return <Tag design={designs[secretState]}>{t(`cockpit.secrets.ofClient.${secretState}`, { count })}</Tag>
}

/** Begun days count. */
function daysUntil(expiresAt: string | undefined): number {
  return expiresAt === undefined ? 0 : Math.max(1, Math.ceil((Date.parse(expiresAt) - Date.now()) / dayMs))
}
