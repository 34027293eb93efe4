import { ColumnChart } from '@ui5/webcomponents-react-charts/ColumnChart'
import { LineChart } from '@ui5/webcomponents-react-charts/LineChart'
import { useTranslation } from 'react-i18next'
import type { ChartRow, Measure, Series } from './usage-figures.ts'
import { useIntervalText, useMeasureText } from './usage-texts.tsx'

export interface UsageChartProps {
  readonly series: readonly Series[]
  readonly rows: readonly ChartRow[]
  readonly measure: Measure
  readonly interval: 'hour' | 'day' | 'week'
  readonly label: string
}

/** Counts as columns on each other, durations as lines. The same is in the table below, for those who read it. */
export function UsageChart({ series, rows, measure, interval, label }: UsageChartProps) {
  const { t } = useTranslation()
  const intervalText = useIntervalText(interval)
  const measureText = useMeasureText(measure)
  const isCount = measure === 'messages' || measure === 'failed'
  const chart = {
    dataset: rows.map(({ start, values }) => ({ start: intervalText(start), ...values })),
    dimensions: [{ accessor: 'start', interval: 'preserveStartEnd' as const }],
    chartConfig: { legendHorizontalAlign: 'left' as const, accessibilityLayer: false },
    noAnimation: true,
    // In the colours of the series they could not be read.
    tooltipConfig: { itemStyle: { color: 'var(--sapTextColor)' } },
  }
  const measures = series.map(({ key, label }) => ({
    accessor: key,
    label,
    formatter: (value: number) => measureText(value),
    hideDataLabel: true,
  }))
  return (
    <figure className="chart" aria-label={t('usage.chartOf', { label })}>
      {isCount ? (
        <ColumnChart {...chart} measures={measures.map(each => ({ ...each, stackId: 'all' }))} />
      ) : (
        <LineChart {...chart} measures={measures} />
      )}
    </figure>
  )
}
