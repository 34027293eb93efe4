import './simulation.css'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { SegmentedButton } from '@ui5/webcomponents-react/SegmentedButton'
import { SegmentedButtonItem } from '@ui5/webcomponents-react/SegmentedButtonItem'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../api/download.ts'
import { ErrorState } from '../../components/error-state.tsx'
import type { Diagram, ElementRegistry } from '../diagram.ts'
import { useDiagramState } from '../use-diagram-state.ts'
import { placesOf, receiversOf } from './flow-places.ts'
import { MessageFields } from './message-fields.tsx'
import { ReplyFields } from './reply-fields.tsx'
import { SectionFields } from './section-fields.tsx'
import { isStatus } from './simulation-input.ts'
import { SimulationResultView } from './simulation-result.tsx'
import { CallDetails } from './step-details.tsx'
import { testCaseText } from './test-case.ts'
import type { Simulating, SimulationResult } from './use-simulation.ts'

export interface SimulationPanelProps {
  readonly diagram: Diagram
  readonly name: string
  readonly simulating: Simulating
}

type View = 'input' | 'receivers' | 'result' | 'calls'

/** A message through a part of the flow, without deploying it. */
export function SimulationPanel({ diagram, name, simulating }: SimulationPanelProps) {
  const { t } = useTranslation()
  const { input, change, result, isRunning, error, run, cancel, clear } = simulating
  const [view, setView] = useState<View>(result ? 'result' : 'input')
  useEffect(() => {
    setView(known => (result ? 'result' : known === 'calls' || known === 'result' ? 'input' : known))
  }, [result])
  const elements = useElements(diagram)
  const hasWrongReply = Object.values(input.replies).some(({ kind, status }) => kind === 'reply' && !isStatus(status))
  return (
    <div className="simulation">
      <div className="simulation-bar">
        <Views view={view} views={viewsOf(result)} onChange={setView} />
        <SectionFields diagram={diagram} places={elements.places} input={input} onChange={change} />
        {isRunning ? (
          <Button onClick={cancel}>{t('common.cancel')}</Button>
        ) : (
          <Button design="Emphasized" disabled={hasWrongReply} onClick={run}>
            {t('simulation.run')}
          </Button>
        )}
      </div>
      {error && <ErrorState error={error} onRetry={run} />}
      {isRunning && <BusyIndicator active delay={300} text={t('simulation.running')} />}
      {view === 'input' && <MessageFields input={input} onChange={change} />}
      {view === 'receivers' && (
        <ReplyFields receivers={elements.receivers} replies={input.replies} onChange={replies => change({ replies })} />
      )}
      {view === 'result' && result && (
        <SimulationResultView
          simulation={result.simulation}
          step={simulating.step}
          onStep={simulating.goTo}
          actions={
            <>
              <SaveCase name={name} diagram={diagram} result={result} />
              <Button design="Transparent" onClick={clear}>
                {t('simulation.clear')}
              </Button>
            </>
          }
        />
      )}
      {view === 'result' && !result && !isRunning && <span>{t('simulation.noResult')}</span>}
      {view === 'calls' && result && <CallDetails calls={result.simulation.calls} />}
    </div>
  )
}

function viewsOf(result: SimulationResult | undefined): readonly View[] {
  const calls = result?.simulation.calls.length ?? 0
  return ['input', 'receivers', 'result', ...(calls > 0 ? (['calls'] as const) : [])]
}

interface ViewsProps {
  readonly view: View
  readonly views: readonly View[]
  readonly onChange: (view: View) => void
}

function Views({ view, views, onChange }: ViewsProps) {
  const { t } = useTranslation()
  return (
    <SegmentedButton
      accessibleName={t('simulation.view')}
      onSelectionChange={({ detail: { selectedItems } }) =>
        onChange((selectedItems[0]?.dataset.view as View | undefined) ?? 'input')
      }
    >
      {views.map(each => (
        <SegmentedButtonItem key={each} data-view={each} selected={each === view}>
          {t(`simulation.${each}`)}
        </SegmentedButtonItem>
      ))}
    </SegmentedButton>
  )
}

/** The flow's steps and receivers as they are drawn. */
function useElements(diagram: Diagram) {
  const count = useDiagramState(diagram, 'commandStack.changed', () => stampOf(diagram))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the diagram's elements change in place.
  return useMemo(() => ({ places: placesOf(diagram), receivers: receiversOf(diagram) }), [diagram, count])
}

/** Another text when elements came, went or were renamed. */
function stampOf(diagram: Diagram): string {
  const names: string[] = []
  diagram.get<ElementRegistry>('elementRegistry').forEach(({ id, businessObject }) => {
    names.push(`${id} ${businessObject.name ?? ''}`)
  })
  return names.join('\n')
}

interface SaveCaseProps {
  readonly name: string
  readonly diagram: Diagram
  readonly result: SimulationResult
}

/** Keeps the simulation as a test of the flow. */
function SaveCase({ name, diagram, result: { request, simulation } }: SaveCaseProps) {
  const { t } = useTranslation()
  const first = simulation.steps[0]
  if (!first || request.from !== undefined || request.to !== undefined) {
    return (
      <Button design="Transparent" disabled tooltip={t('simulation.saveCaseHint')}>
        {t('simulation.saveCase')}
      </Button>
    )
  }
  const process = diagram.get<ElementRegistry>('elementRegistry').get(first.elementId)?.businessObject.$parent?.id ?? ''
  const save = () => {
    const text = testCaseText(name, process, request, simulation)
    saveFile(new Blob([text], { type: 'application/yaml' }), `${name}.test.yaml`)
  }
  return (
    <Button design="Transparent" tooltip={t('simulation.saveCaseHint')} onClick={save}>
      {t('simulation.saveCase')}
    </Button>
  )
}
