import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { lazy, Suspense, useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { dateOf, entityPath } from '../api/odata.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Facts } from '../components/facts.tsx'
import { durationText, Moment, useMomentText } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { usePaged } from '../components/use-paged.ts'
import type { Run, RunStep } from './message-log.ts'
import { MessageStatus } from './message-status.tsx'
import { ResendTraced } from './resend-traced.tsx'
import { StepTrace } from './step-trace.tsx'

// bpmn-js is only loaded where steps were recorded.
const RunDiagram = lazy(async () => ({ default: (await import('./run-diagram.tsx')).RunDiagram }))

/** Steps that are drawn: a page of the API has no more. */
const drawnSteps = 1_000

export interface MessageRunsProps {
  readonly guid: string
  /** ID of the flow. */
  readonly flow: string
  readonly runs: readonly Run[]
}

/** Runs of a message with their steps; which run and which step are looked at is in the address. */
export function MessageRuns({ guid, flow, runs }: MessageRunsProps) {
  const { t } = useTranslation()
  const momentText = useMomentText()
  const [params, setParams] = useSearchParams()
  const run = runs.find(({ Id }) => Id === params.get('run')) ?? runs[0]
  if (!run) return null
  return (
    <Section
      title={t('message.runs', { count: runs.length })}
      actions={run.LogLevel === 'TRACE' && <ResendTraced key={run.Id} guid={guid} run={run} />}
    >
      {runs.length > 1 && (
        <div className="fields">
          <div>
            <Label for="run">{t('message.run')}</Label>
            <Select id="run" value={run.Id} onChange={({ target }) => setParams({ run: target.value ?? guid })}>
              {runs.map(({ Id, RunStart, OverallState }) => (
                <Option key={Id} value={Id}>
                  {`${momentText(dateOf(RunStart))} ${OverallState}`}
                </Option>
              ))}
            </Select>
          </div>
        </div>
      )}
      <Facts
        facts={[
          [t('messages.status'), <MessageStatus key="status" status={run.OverallState} />],
          [t('message.start'), <Moment key="start" date={dateOf(run.RunStart)} />],
          [t('message.logLevel'), run.LogLevel],
        ]}
      />
      <RunSteps key={run.Id} flow={flow} run={run} />
    </Section>
  )
}

function RunSteps({ flow, run }: { readonly flow: string; readonly run: Run }) {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const path = `${entityPath('MessageProcessingLogRuns', run.Id)}/RunSteps`
  const rows = usePaged<RunStep>(path, {})
  const drawn = usePaged<RunStep>(path, {}, undefined, drawnSteps).rows
  const step = drawn.find(({ ChildCount }) => String(ChildCount) === params.get('step'))
  // The diagram is drawn anew for another function.
  const show = useRef((_step: number) => {})
  show.current = step => setParams({ run: run.Id, step: String(step) }, { replace: true, preventScrollReset: true })
  const onStep = useCallback((step: number) => show.current(step), [])
  return (
    <>
      {drawn.length > 0 && (
        <Suspense fallback={<BusyIndicator active delay={300} text={t('common.loading')} />}>
          <RunDiagram flow={flow} startedAt={dateOf(run.RunStart)?.getTime() ?? 0} steps={drawn} onStep={onStep} />
        </Suspense>
      )}
      <EntityTable
        label={t('message.steps')}
        columns={useStepColumns()}
        keyOf={({ ChildCount }) => String(ChildCount)}
        rows={rows}
        empty={t('message.noSteps')}
        onOpen={({ ChildCount }) => onStep(ChildCount)}
      />
      {step && <StepTrace key={step.ChildCount} step={step} />}
    </>
  )
}

function useStepColumns(): readonly Column<RunStep>[] {
  const { t, i18n } = useTranslation()
  return [
    { header: t('message.number'), width: '3.5rem', align: 'End', cell: ({ ChildCount }) => ChildCount },
    { header: t('message.step'), cell: ({ Activity, ModelStepId }) => Activity || ModelStepId },
    {
      header: t('message.stepId'),
      importance: -2,
      cell: ({ ModelStepId }) => <span className="code">{ModelStepId}</span>,
    },
    {
      header: t('messages.duration'),
      width: '7rem',
      align: 'End',
      cell: ({ StepStart, StepStop }) => {
        const [start, stop] = [dateOf(StepStart), dateOf(StepStop)]
        return start && stop ? durationText(stop.getTime() - start.getTime(), i18n.language) : t('common.none')
      },
    },
    {
      header: t('message.branch'),
      width: '7rem',
      importance: -1,
      cell: ({ BranchId }) => BranchId || t('common.none'),
    },
    { header: t('messages.status'), width: '9rem', cell: ({ Status }) => <MessageStatus status={Status} /> },
    {
      header: t('message.error'),
      importance: -1,
      cell: ({ Error: error }) => <span className="clipped">{error}</span>,
    },
  ]
}
