import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { SimulatedStep, Simulation } from '../../api/flow-trials.ts'
import type { Canvas, Diagram, ElementRegistry } from '../diagram.ts'
import { drawMarks, type ElementMark } from '../element-marks.ts'
import { placesOf } from './flow-places.ts'
import type { Simulating } from './use-simulation.ts'

/** Marks where a simulation begins and ends, and, once it ran, what ran, what failed and what was not reached. */
export function useSimulationMarks(
  diagram: Diagram,
  { input, result, step, goTo }: Simulating,
  onOpen: () => void,
): void {
  const { t } = useTranslation()
  const { from, to } = input
  const simulation = result?.simulation
  useEffect(() => {
    const end = (elementId: string, sign: string, text: string): ElementMark[] =>
      elementId === '' ? [] : [{ elementId, className: 'simulation-end', sign, text, onClick: onOpen }]
    const marks = [...end(from, '▶', t('simulation.startMark')), ...end(to, '■', t('simulation.endMark'))]
    return drawMarks(diagram, 'simulation-end', { top: -10, left: -10 }, marks)
  }, [diagram, from, to, onOpen, t])
  useEffect(() => {
    if (!simulation || simulation.status === 'NOT_STARTED') return
    const marks = [...firstSteps(simulation)].map(([elementId, { index, failed }]): ElementMark => {
      const name = simulation.steps[index]?.name || elementId
      const text = failed?.error
        ? t('simulation.messageAtFailed', { name, error: failed.error.message })
        : t('simulation.messageAt', { name })
      const open = () => {
        goTo(index)
        onOpen()
      }
      const state = failed ? 'simulation-failed' : 'simulation-ran'
      return { elementId, marker: state, className: `${state}-mark`, sign: '✉', text, onClick: open }
    })
    const undraw = drawMarks(diagram, 'simulation', { bottom: 14, right: 6 }, marks)
    const dimmed = dim(diagram, simulation)
    return () => {
      undraw()
      dimmed()
    }
  }, [diagram, simulation, goTo, onOpen, t])
  const current = simulation?.steps[step]?.elementId
  useEffect(() => {
    if (current === undefined || !diagram.get<ElementRegistry>('elementRegistry').get(current)) return
    const canvas = diagram.get<Canvas>('canvas')
    canvas.addMarker(current, 'simulation-current')
    canvas.scrollToElement(current)
    return () => {
      if (diagram.get<ElementRegistry>('elementRegistry').get(current))
        canvas.removeMarker(current, 'simulation-current')
    }
  }, [diagram, current])
}

interface ElementRun {
  /** Of the step to look at: the one that failed, else the first. */
  readonly index: number
  readonly failed: SimulatedStep | undefined
}

function firstSteps({ steps }: Simulation): ReadonlyMap<string, ElementRun> {
  const found = new Map<string, ElementRun>()
  for (const [index, step] of steps.entries()) {
    const known = found.get(step.elementId)
    if (known?.failed || (known && !step.error)) continue
    found.set(step.elementId, { index, failed: step.error ? step : undefined })
  }
  return found
}

/** Draws what was not reached less strongly. */
function dim(diagram: Diagram, { steps }: Simulation): () => void {
  const reached = new Set(steps.map(({ elementId }) => elementId))
  const canvas = diagram.get<Canvas>('canvas')
  const elements = diagram.get<ElementRegistry>('elementRegistry')
  const others = placesOf(diagram).flatMap(({ places }) => places.filter(({ id }) => !reached.has(id)))
  for (const { id } of others) canvas.addMarker(id, 'simulation-not-reached')
  return () => {
    for (const { id } of others) if (elements.get(id)) canvas.removeMarker(id, 'simulation-not-reached')
  }
}
