import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { SegmentedButton } from '@ui5/webcomponents-react/SegmentedButton'
import { SegmentedButtonItem } from '@ui5/webcomponents-react/SegmentedButtonItem'
import { Select } from '@ui5/webcomponents-react/Select'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type FlowSeries, type MessageUsage, readMessageUsage } from '../api/monitoring.ts'
import { EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { durationText } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'
import { chartOf, failureRate, type Measure, measures, type SpanName, spanStart, spans } from './usage-figures.ts'
import { UsageTable } from './usage-table.tsx'

// Of its own, so that the figures are there before what draws them.
const UsageChart = lazy(async () => ({ default: (await import('./usage-chart.tsx')).UsageChart }))

/** Flows that a chart tells apart: as many colours as people do. */
const chartedFlows = 5

/** Messages over time, by flow. What is looked at is in the address. */
export function MessageUsageSections() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const chosen = (name: string, value: string) => {
    const changed = new URLSearchParams(params)
    if (value === '') changed.delete(name)
    else changed.set(name, value)
    setParams(changed, { replace: true })
  }
  const span = keyIn(spans, params.get('span')) ?? 'day'
  const measure = measures.find(name => name === params.get('measure')) ?? 'messages'
  const flow = params.get('flow') ?? ''
  const { data, error, refetch } = useMessageUsage(span, flow)
  return (
    <>
      <search className="fields">
        <div>
          <Label for="span">{t('messages.period')}</Label>
          <Select id="span" value={span} onChange={({ target }) => chosen('span', target.value ?? '')}>
            {Object.keys(spans).map(name => (
              <Option key={name} value={name}>
                {t(`usage.spans.${name as SpanName}`)}
              </Option>
            ))}
          </Select>
        </div>
        {flow !== '' && (
          <div>
            <Label>{t('messages.flow')}</Label>
            <div className="field-line">
              <span>{data?.flows[0]?.name ?? flow}</span>
              <Button onClick={() => chosen('flow', '')}>{t('usage.allFlows')}</Button>
            </div>
          </div>
        )}
      </search>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      ) : (
        <>
          <OverTime usage={data} measure={measure} span={span} onMeasure={name => chosen('measure', name)} />
          <Flows usage={data} onFlow={({ id }) => chosen('flow', id)} />
        </>
      )}
    </>
  )
}

function keyIn<Names extends object>(names: Names, name: string | null): keyof Names | undefined {
  return name !== null && Object.hasOwn(names, name) ? (name as keyof Names) : undefined
}

function useMessageUsage(span: SpanName, flow: string) {
  return useQuery({
    queryKey: ['usage', 'messages', span, flow],
    queryFn: () =>
      readMessageUsage({
        from: spanStart(span, new Date()),
        interval: spans[span].interval,
        flow,
        top: chartedFlows,
      }),
    placeholderData: keepPreviousData,
  })
}

interface OverTimeProps {
  readonly usage: MessageUsage
  readonly measure: Measure
  readonly span: SpanName
  readonly onMeasure: (measure: string) => void
}

function OverTime({ usage, measure, span, onMeasure }: OverTimeProps) {
  const { t } = useTranslation()
  const chart = chartOf(usage, measure, t('usage.others', { count: usage.others?.flows ?? 0 }))
  const label = `${t(`usage.measures.${measure}`)}: ${t(`usage.spans.${span}`)}`
  return (
    <Section
      title={t('usage.overTime')}
      actions={
        <SegmentedButton
          accessibleName={t('usage.measure')}
          onSelectionChange={({ detail }) => onMeasure(detail.selectedItems[0]?.dataset.measure ?? '')}
        >
          {measures.map(name => (
            <SegmentedButtonItem key={name} data-measure={name} selected={name === measure}>
              {t(`usage.measures.${name}`)}
            </SegmentedButtonItem>
          ))}
        </SegmentedButton>
      }
    >
      {usage.all.messages === 0 ? (
        <span>{t('usage.empty')}</span>
      ) : (
        <>
          <Suspense fallback={<BusyIndicator active delay={300} text={t('common.loading')} />}>
            <UsageChart {...chart} measure={measure} interval={spans[span].interval} label={label} />
          </Suspense>
          <UsageTable {...chart} measure={measure} interval={spans[span].interval} label={label} />
        </>
      )}
    </Section>
  )
}

interface FlowsProps {
  readonly usage: MessageUsage
  readonly onFlow: (flow: FlowSeries) => void
}

function Flows({ usage, onFlow }: FlowsProps) {
  const { t, i18n } = useTranslation()
  const count = new Intl.NumberFormat(i18n.language)
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 })
  const others = usage.others && {
    ...usage.others,
    id: '',
    name: t('usage.others', { count: usage.others.flows }),
  }
  return (
    <Section title={t('usage.byFlow')}>
      <EntityTable
        label={t('usage.byFlow')}
        columns={[
          { header: t('messages.flow'), cell: ({ name }) => name },
          {
            header: t('usage.measures.messages'),
            width: '8rem',
            align: 'End',
            cell: ({ messages }) => count.format(messages),
          },
          {
            header: t('usage.measures.failed'),
            width: '8rem',
            align: 'End',
            cell: ({ failed }) => count.format(failed),
          },
          {
            header: t('usage.failureRate'),
            width: '8rem',
            align: 'End',
            importance: -1,
            cell: figures => percent.format(failureRate(figures)),
          },
          {
            header: t('usage.measures.averageMs'),
            width: '9rem',
            align: 'End',
            cell: ({ averageMs }) => durationText(averageMs, i18n.language),
          },
          {
            header: t('usage.measures.maxMs'),
            width: '9rem',
            align: 'End',
            importance: -1,
            cell: ({ maxMs }) => durationText(maxMs, i18n.language),
          },
        ]}
        keyOf={({ id }) => id}
        rows={loadedRows<FlowSeries>([...usage.flows, ...(others ? [others] : [])])}
        empty={t('usage.empty')}
        onOpen={row => row.id !== '' && onFlow(row)}
      />
    </Section>
  )
}
