import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SimulatedStep } from '../../api/flow-trials.ts'
import { durationText } from '../../components/moment.tsx'

export interface StepListProps {
  readonly steps: readonly SimulatedStep[]
  readonly current: number
  readonly onChange: (index: number) => void
}

/** Steps that ran, in their order; one of them is looked at, and the arrow keys go on to others. */
export function StepList({ steps, current, onChange }: StepListProps) {
  const { t } = useTranslation()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const key = (event: KeyboardEvent) => {
    const target = targetOf(event.key, current, steps.length)
    if (target === undefined) return
    event.preventDefault()
    onChange(target)
  }
  return (
    <div
      ref={list}
      className="simulation-steps"
      role="listbox"
      tabIndex={0}
      aria-label={t('simulation.steps')}
      aria-activedescendant={`${id}${current}`}
      onKeyDown={key}
    >
      {steps.map((step, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys.
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus.
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the same step may run often; they do not move.
          key={index}
          id={`${id}${index}`}
          role="option"
          aria-selected={index === current}
          className={step.error ? 'simulation-step simulation-step-failed' : 'simulation-step'}
          style={{ paddingInlineStart: `${0.5 + Math.min(step.depth, 6) * 0.75}rem` }}
          onClick={() => onChange(index)}
        >
          <StepLine step={step} />
        </div>
      ))}
    </div>
  )
}

function StepLine({ step: { name, elementId, branch, ms, error } }: { readonly step: SimulatedStep }) {
  const { t, i18n } = useTranslation()
  const end = error
    ? t('simulation.failed')
    : ms === undefined
      ? t('simulation.notEnded')
      : durationText(ms, i18n.language)
  return (
    <>
      <span className="simulation-step-name">{name || elementId}</span>
      {branch !== '' && <span className="simulation-step-end">{t('simulation.branch', { branch })}</span>}
      <span className="simulation-step-end">{end}</span>
    </>
  )
}

function targetOf(key: string, current: number, count: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    Home: 0,
    End: count - 1,
    PageDown: Math.min(count - 1, current + 10),
    PageUp: Math.max(0, current - 10),
  }
  const target = targets[key]
  return target === undefined || target < 0 || target >= count ? undefined : target
}
