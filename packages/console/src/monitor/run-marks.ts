import { dateOf } from '../api/odata.ts'
import type { RunStep } from './message-log.ts'

/** What a run did at one element of its flow. */
export interface ElementRun {
  readonly elementId: string
  readonly name: string
  /** How often it ran. */
  readonly count: number
  /** How often it failed. */
  readonly failed: number
  /** Of all times together, in milliseconds. */
  readonly totalMs: number
  /** `ChildCount` of the step to look at: the first that failed, else the first. */
  readonly step: number
}

/** The steps of a run by element, in the order in which elements were reached. */
export function runsByElement(steps: readonly RunStep[]): ElementRun[] {
  const found = new Map<string, ElementRun>()
  for (const step of steps) {
    const elementId = step.ModelStepId
    if (elementId === null || elementId === '') continue
    const before = found.get(elementId)
    const hasFailed = step.Status === 'FAILED'
    found.set(elementId, {
      elementId,
      name: step.Activity || elementId,
      count: (before?.count ?? 0) + 1,
      failed: (before?.failed ?? 0) + (hasFailed ? 1 : 0),
      totalMs: (before?.totalMs ?? 0) + durationOf(step),
      step: before && (before.failed > 0 || !hasFailed) ? before.step : step.ChildCount,
    })
  }
  return [...found.values()]
}

function durationOf({ StepStart, StepStop }: RunStep): number {
  const [start, stop] = [dateOf(StepStart), dateOf(StepStop)]
  return start && stop ? stop.getTime() - start.getTime() : 0
}
