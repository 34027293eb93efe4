import './run-diagram.css'
import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/http.ts'
import { dateOf } from '../api/odata.ts'
import { useErrorText } from '../components/error-state.tsx'
import { durationText } from '../components/moment.tsx'
import type { Diagram } from '../flow-editor/diagram.ts'
import { FlowViewer } from '../flow-editor/flow-viewer.tsx'
import { readDeployedFlow } from './deployed-flow.ts'
import { markRun, type RunMark } from './mark-run.ts'
import type { RunStep } from './message-log.ts'
import { type ElementRun, runsByElement } from './run-marks.ts'

export interface RunDiagramProps {
  /** ID of the flow. */
  readonly flow: string
  /** When the run began, in milliseconds since 1970. */
  readonly startedAt: number
  readonly steps: readonly RunStep[]
  /** Chosen in the diagram: the `ChildCount` of a step. */
  readonly onStep: (step: number) => void
}

/** The steps of a run on the diagram of their flow: how often each ran, how long it took, and where it failed. */
export function RunDiagram({ flow, startedAt, steps, onStep }: RunDiagramProps) {
  const { t } = useTranslation()
  const { data, error } = useQuery({ queryKey: ['deployed-flow', flow], queryFn: () => readDeployedFlow(flow) })
  const errorText = useErrorText(error)
  const markText = useMarkText()
  const marks = useMemo(
    () => runsByElement(steps).map((run): RunMark => ({ ...run, ...markText(run) })),
    [steps, markText],
  )
  const onShown = useCallback((diagram: Diagram) => markRun(diagram, marks, onStep), [marks, onStep])
  if (error || data?.text === '') {
    const isGone = !error || (error instanceof ApiError && error.status === 404)
    return <MessageStrip hideCloseButton>{isGone ? t('run.notDeployed') : errorText}</MessageStrip>
  }
  if (!data) return <BusyIndicator active delay={300} text={t('common.loading')} />
  const isNewer = (dateOf(data.artifact.DeployedOn)?.getTime() ?? 0) > startedAt
  return (
    <>
      {isNewer && <MessageStrip hideCloseButton>{t('run.deployedSince')}</MessageStrip>}
      <div className="run-diagram">
        <FlowViewer text={data.text} onShown={onShown} />
      </div>
    </>
  )
}

/** What a mark shows and says. */
function useMarkText(): (run: ElementRun) => Pick<RunMark, 'sign' | 'text'> {
  const { t, i18n } = useTranslation()
  return useCallback(
    ({ name, count, failed, totalMs }) => {
      const duration = durationText(totalMs, i18n.language)
      const sign = `${failed > 0 ? '✗ ' : ''}${count > 1 ? `${count} × ` : ''}${duration}`
      const text =
        failed > 0 ? t('run.failedMark', { name, count, failed, duration }) : t('run.mark', { name, count, duration })
      return { sign, text }
    },
    [t, i18n.language],
  )
}
