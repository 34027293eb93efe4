import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { entityPath } from '../api/odata.ts'
import { ErrorState } from '../components/error-state.tsx'
import type { NamedValue } from '../components/message-changes.ts'
import { Section } from '../components/section.tsx'
import { TextBlock } from '../components/text-content.tsx'
import { type PagedRows, usePaged } from '../components/use-paged.ts'
import { ValueChanges } from '../components/value-changes.tsx'
import type { RunStep } from './message-log.ts'
import { StepBodies } from './step-bodies.tsx'

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
  const old = useTraceValues(before, kind)
  const young = useTraceValues(after ?? before, kind)
  return <ValueChanges title={title} before={old.rows} after={young.rows} state={statesOf(old, young)} />
}

/** More of them than a message has; a page of the API has at most so many. */
const valuesMax = 1_000

function useTraceValues({ TraceId }: TraceMessage, kind: ValuesProps['kind']): PagedRows<NamedValue> {
  return usePaged<NamedValue>(`${entityPath('TraceMessages', BigInt(TraceId))}/${kind}`, {}, undefined, valuesMax)
}

function statesOf(old: PagedRows<NamedValue>, young: PagedRows<NamedValue>) {
  return {
    isLoading: old.isLoading || young.isLoading,
    error: old.error ?? young.error,
    refetch() {
      old.refetch()
      young.refetch()
    },
  }
}
