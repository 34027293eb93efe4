import '@ui5/webcomponents-icons/dist/navigation-left-arrow.js'
import '@ui5/webcomponents-icons/dist/navigation-right-arrow.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Tag } from '@ui5/webcomponents-react/Tag'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Simulation } from '../../api/flow-trials.ts'
import { StepDetails } from './step-details.tsx'
import { StepList } from './step-list.tsx'

export interface SimulationResultViewProps {
  readonly simulation: Simulation
  readonly step: number
  readonly onStep: (step: number) => void
  /** Buttons for the whole. */
  readonly actions: ReactNode
}

/** What a simulation did, step by step. */
export function SimulationResultView({ simulation, step: current, onStep, actions }: SimulationResultViewProps) {
  const { t } = useTranslation()
  const { status, failure, steps, stepsLeftOut } = simulation
  const step = steps[current]
  if (status === 'NOT_STARTED') {
    return (
      <>
        <MessageStrip design="Negative" hideCloseButton>
          {t('simulation.notStarted')}
        </MessageStrip>
        <ul>
          {simulation.diagnostics.map(({ message, at }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may say the same of the same element.
            <li key={index}>
              {at.elementId === undefined ? message : `${message} (${at.elementName || at.elementId})`}
            </li>
          ))}
        </ul>
      </>
    )
  }
  return (
    <>
      {failure && failure.message !== step?.error?.message && (
        <MessageStrip design="Negative" hideCloseButton>
          {failure.message} [{failure.code}]
        </MessageStrip>
      )}
      <div className="simulation-result">
        <div className="simulation-walk">
          <div className="simulation-walk-buttons">
            <Tag design={designs[status]}>{status}</Tag>
            <Button
              icon="navigation-left-arrow"
              design="Transparent"
              tooltip={t('simulation.previous')}
              accessibleName={t('simulation.previous')}
              disabled={current <= 0}
              onClick={() => onStep(current - 1)}
            />
            <span aria-live="polite">{t('simulation.position', { number: current + 1, count: steps.length })}</span>
            <Button
              icon="navigation-right-arrow"
              design="Transparent"
              tooltip={t('simulation.next')}
              accessibleName={t('simulation.next')}
              disabled={current >= steps.length - 1}
              onClick={() => onStep(current + 1)}
            />
          </div>
          <StepList steps={steps} current={current} onChange={onStep} />
          {stepsLeftOut > 0 && <span>{t('simulation.stepsLeftOut', { count: stepsLeftOut })}</span>}
          <div>{actions}</div>
        </div>
        {step && <StepDetails key={current} step={step} />}
      </div>
    </>
  )
}

const designs = { COMPLETED: 'Positive', ESCALATED: 'Critical', FAILED: 'Negative' } as const
