import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { entityPath } from '../api/odata.ts'
import { EntityTable } from '../components/entity-table.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Section } from '../components/section.tsx'
import { TextBlock } from '../components/text-content.tsx'
import { loadedRows, type PagedRows, usePaged } from '../components/use-paged.ts'
import type { RunStep } from './message-log.ts'
import { StepBodies } from './step-bodies.tsx'
import { type TraceValue, type ValueChange, valueChanges } from './trace-changes.ts'

interface TraceMessage {
  readonly TraceId: string
  /** Bytes. */
  readonly PayloadSize: string
}

/** What a step did to its message, where it was traced, and why it failed. */
export function StepTrace({ step }: { readonly step: RunStep }) {
  const { t } = useTranslation()
  const region = useRef<HTMLDivElement>(null)
  const { RunId, ChildCount } = step
  const path = `${entityPath('MessageProcessingLogRunSteps', { RunId, ChildCount })}/TraceMessages`
  const { rows, isLoading, error, refetch } = usePaged<TraceMessage>(path, { orderBy: 'TraceId' })
  const [before, after] = rows
  useEffect(() => {
    if (!isLoading) region.current?.scrollIntoView({ block: 'nearest' })
  }, [isLoading])
  return (
    <div ref={region}>
      <Section title={t('message.stepTitle', { name: step.Activity || step.ModelStepId || step.ChildCount })}>
        {step.Error && <TextBlock text={step.Error} label={t('message.stepError')} />}
        {error && <ErrorState error={error} onRetry={refetch} />}
        {isLoading && <BusyIndicator active delay={300} text={t('common.loading')} />}
        {!isLoading && !error && !before && <MessageStrip hideCloseButton>{t('message.notTraced')}</MessageStrip>}
        {before && (
          <>
            <Values kind="Properties" title={t('message.headers')} before={before} after={after} />
            <Values kind="ExchangeProperties" title={t('message.properties')} before={before} after={after} />
            <StepBodies before={before.TraceId} after={after?.TraceId} />
          </>
        )}
      </Section>
    </div>
  )
}

interface ValuesProps {
  readonly kind: 'Properties' | 'ExchangeProperties'
  readonly title: string
  readonly before: TraceMessage
  readonly after: TraceMessage | undefined
}

function Values({ kind, title, before, after }: ValuesProps) {
  const { t } = useTranslation()
  const old = useTraceValues(before, kind)
  const young = useTraceValues(after ?? before, kind)
  const values = { ...old, ...loadedRows(valueChanges(old.rows, young.rows)), ...statesOf(old, young) }
  return (
    <EntityTable
      label={title}
      columns={[
        {
          header: title,
          width: '16rem',
          cell: ({ name, change }) => (
            <>
              <span className="code">{name}</span>{' '}
              {change !== 'kept' && (
                <Tag colorScheme={colours[change]} hideStateIcon>
                  {t(`message.changes.${change}`)}
                </Tag>
              )}
            </>
          ),
        },
        { header: t('message.before'), cell: row => <ValueText value={row.before} /> },
        { header: t('message.after'), cell: row => <ValueText value={row.after} /> },
      ]}
      keyOf={({ name }: ValueChange) => name}
      rows={values}
      empty={t('message.nothing')}
    />
  )
}

const colours = { added: '8', changed: '6', removed: '3' } as const

/** More of them than a message has; a page of the API has at most so many. */
const valuesMax = 1_000

function useTraceValues({ TraceId }: TraceMessage, kind: ValuesProps['kind']): PagedRows<TraceValue> {
  return usePaged<TraceValue>(`${entityPath('TraceMessages', BigInt(TraceId))}/${kind}`, {}, undefined, valuesMax)
}

function statesOf(old: PagedRows<TraceValue>, young: PagedRows<TraceValue>) {
  return {
    isLoading: old.isLoading || young.isLoading,
    error: old.error ?? young.error,
    refetch() {
      old.refetch()
      young.refetch()
    },
  }
}

function ValueText({ value }: { readonly value: string | undefined }) {
  const { t } = useTranslation()
  return value === undefined ? t('common.none') : <span className="code">{value}</span>
}
