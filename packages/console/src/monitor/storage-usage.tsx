import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { readStorageUsage } from '../api/monitoring.ts'
import { EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { bytesText } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'

/** How large the database is, and how many rows it has of each kind. */
export function StorageUsageSection() {
  const { t, i18n } = useTranslation()
  const { data, error, refetch } = useQuery({ queryKey: ['usage', 'storage'], queryFn: readStorageUsage })
  const count = new Intl.NumberFormat(i18n.language)
  return (
    <Section title={t('usage.storage')}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <BusyIndicator active delay={300} text={t('common.loading')} />}
      {data && (
        <>
          <Facts
            facts={[
              [t('usage.databaseBytes'), bytesText(data.databaseBytes, i18n.language)],
              [t('usage.availableBytes'), bytesText(data.availableBytes, i18n.language)],
            ]}
          />
          <EntityTable
            label={t('usage.storage')}
            columns={[
              { header: t('usage.kind'), cell: ({ kind }) => t(`usage.kinds.${kind}`) },
              { header: t('usage.rows'), width: '12rem', align: 'End', cell: ({ rows }) => count.format(rows) },
            ]}
            keyOf={({ kind }) => kind}
            rows={loadedRows(data.rows)}
            empty={t('message.nothing')}
          />
        </>
      )}
    </Section>
  )
}
