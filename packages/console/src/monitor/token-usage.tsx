import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { readTokenUsage } from '../api/monitoring.ts'
import { EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'

/** How many tokens are valid, by client, and what the token endpoint has answered. */
export function TokenUsageSection() {
  const { t, i18n } = useTranslation()
  const { data, error, refetch } = useQuery({ queryKey: ['usage', 'tokens'], queryFn: readTokenUsage })
  const count = new Intl.NumberFormat(i18n.language)
  const sum = (numbers: readonly number[]) => count.format(numbers.reduce((total, each) => total + each, 0))
  return (
    <Section title={t('usage.tokens')}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <BusyIndicator active delay={300} text={t('common.loading')} />}
      {data && (
        <>
          <Facts
            facts={[
              [t('usage.clients'), count.format(data.clients)],
              [t('usage.validTokens'), sum(data.valid.map(({ tokens }) => tokens))],
              [
                t('usage.answers'),
                data.answers.map(({ status, count: times }) => `${status}: ${count.format(times)}`).join(', '),
              ],
            ]}
          />
          <EntityTable
            label={t('usage.tokensByClient')}
            columns={[
              { header: t('usage.client'), cell: ({ clientId }) => <span className="code">{clientId}</span> },
              { header: t('usage.validTokens'), width: '12rem', align: 'End', cell: row => count.format(row.tokens) },
            ]}
            keyOf={({ clientId }) => clientId}
            rows={loadedRows(data.valid)}
            empty={t('usage.noTokens')}
          />
        </>
      )}
    </Section>
  )
}
