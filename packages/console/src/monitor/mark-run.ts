import type { Canvas, Diagram, DiagramElement, ElementRegistry, EventBus } from '../flow-editor/diagram.ts'
import { drawMarks } from '../flow-editor/element-marks.ts'
import type { ElementRun } from './run-marks.ts'

/** What a run did at an element, as it is drawn. */
export interface RunMark extends ElementRun {
  /** A few characters at the element. */
  readonly sign: string
  /** All of it, for those who point at the sign and those who do not see it. */
  readonly text: string
}

/**
 * Draws a run: elements that ran and failed, and less strongly those that did not. `onStep` is told the step of an element or its sign
 * that is clicked. Returns what takes it all away again.
 */
export function markRun(diagram: Diagram, marks: readonly RunMark[], onStep: (step: number) => void): () => void {
  const canvas = diagram.get<Canvas>('canvas')
  const elements = diagram.get<ElementRegistry>('elementRegistry')
  const byId = new Map(marks.map(mark => [mark.elementId, mark]))
  const undraw = drawMarks(
    diagram,
    'run',
    { top: -10, left: 4 },
    marks.map(({ elementId, failed, sign, text, step }) => ({
      elementId,
      marker: failed > 0 ? 'run-failed' : 'run-done',
      className: failed > 0 ? 'run-mark run-mark-failed' : 'run-mark',
      sign,
      text,
      onClick: () => onStep(step),
    })),
  )
  const others = elements.filter(element => isStep(element) && !byId.has(element.id))
  for (const { id } of others) canvas.addMarker(id, 'run-not-reached')
  const listen = ({ element }: { readonly element?: DiagramElement }) => {
    const mark = element && byId.get(element.labelTarget?.id ?? element.id)
    if (mark) onStep(mark.step)
  }
  const eventBus = diagram.get<EventBus>('eventBus')
  eventBus.on('element.click', listen)
  return () => {
    eventBus.off('element.click', listen)
    undraw()
    for (const { id } of others) if (elements.get(id)) canvas.removeMarker(id, 'run-not-reached')
  }
}

/** What takes part in runs: not pools, lanes of text and the like. */
function isStep({ type, businessObject, labelTarget }: DiagramElement): boolean {
  if (labelTarget || !/(Task|Activity|Event|Gateway)$/.test(type)) return false
  return businessObject.$type !== 'bpmn:Participant'
}
