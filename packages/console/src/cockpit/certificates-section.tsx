import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import type { CertificateFacts } from '../api/identity-providers.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'
import { certificateState } from './certificate-state.ts'

const designs = { valid: 'Positive', ends: 'Critical', ended: 'Negative' } as const

/** The certificates of a SAML provider, with when each ends. */
export function CertificatesSection({ certificates }: { readonly certificates: readonly CertificateFacts[] }) {
  const { t } = useTranslation()
  const columns: readonly Column<CertificateFacts>[] = [
    { header: t('cockpit.providers.subject'), cell: ({ subject }) => subject },
    {
      header: t('cockpit.providers.validUntil'),
      width: '14rem',
      cell: ({ validUntil }) => <Moment date={new Date(validUntil)} />,
    },
    {
      header: t('cockpit.providers.status'),
      width: '10rem',
      cell: ({ validUntil }) => {
        const state = certificateState(new Date(validUntil), new Date())
        return <Tag design={designs[state]}>{t(`cockpit.providers.states.${state}`)}</Tag>
      },
    },
    {
      header: t('cockpit.providers.fingerprint'),
      importance: -1,
      cell: ({ sha256 }) => <span className="code">{sha256}</span>,
    },
  ]
  return (
    <Section title={t('cockpit.providers.certificates')}>
      <EntityTable
        label={t('cockpit.providers.certificates')}
        columns={columns}
        keyOf={({ sha256 }) => sha256}
        rows={loadedRows(certificates)}
        empty=""
      />
    </Section>
  )
}
