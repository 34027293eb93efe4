import { useTranslation } from 'react-i18next'
import { EntityTable } from '../components/entity-table.tsx'
import { loadedRows } from '../components/use-paged.ts'
import type { UsageChartProps } from './usage-chart.tsx'
import { useIntervalText, useMeasureText } from './usage-texts.tsx'

/** What a chart shows, in numbers: a region that scrolls, so that the page stays short. */
export function UsageTable({ series, rows, measure, interval, label }: UsageChartProps) {
  const { t } = useTranslation()
  const intervalText = useIntervalText(interval)
  const measureText = useMeasureText(measure)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1).
    <section className="scrolling" aria-label={t('usage.tableOf', { label })} tabIndex={0}>
      <EntityTable
        label={label}
        columns={[
          { header: t('usage.beginning'), width: '9rem', cell: ({ start }) => intervalText(start) },
          ...series.map(({ key, label }) => ({
            header: label,
            align: 'End' as const,
            cell: ({ values }: (typeof rows)[number]) => measureText(values[key] ?? 0),
          })),
        ]}
        keyOf={({ start }) => start.toISOString()}
        rows={loadedRows(rows)}
        empty={t('usage.empty')}
      />
    </section>
  )
}
