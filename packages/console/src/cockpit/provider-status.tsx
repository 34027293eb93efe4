import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import type { IdentityProvider } from '../api/identity-providers.ts'
import { useMomentText } from '../components/moment.tsx'
import { certificateState } from './certificate-state.ts'

const designs = { enabled: 'Positive', disabled: 'Negative', ends: 'Critical', ended: 'Negative' } as const

/** Whether a provider is trusted, and whether a certificate keeps it from being so, or soon will. */
export function ProviderStatus({ provider }: { readonly provider: IdentityProvider }) {
  const { t } = useTranslation()
  const momentText = useMomentText()
  const { enabled, certificates = [] } = provider
  const last = certificates.map(({ validUntil }) => new Date(validUntil)).sort((a, b) => b.getTime() - a.getTime())[0]
  const state = last === undefined ? 'valid' : certificateState(last, new Date())
  const status = !enabled ? 'disabled' : state === 'valid' ? 'enabled' : state
  return <Tag design={designs[status]}>{t(`cockpit.providers.statuses.${status}`, { until: momentText(last) })}</Tag>
}
