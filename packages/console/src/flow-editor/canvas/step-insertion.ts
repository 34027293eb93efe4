import type { CommandStack, DiagramElement, Point } from '../diagram.ts'

interface Modeling {
  createShape(shape: DiagramElement, at: Point, parent: DiagramElement): DiagramElement
  moveElements(shapes: readonly DiagramElement[], by: Point): void
}

/** A step that is to go into a sequence flow. */
export interface Insertion {
  readonly step: DiagramElement
  readonly flow: DiagramElement
}

const command = 'sluice.flow.insert'
/** Between a step and the next, at least. */
const distance = 40

/** Puts steps into sequence flows, where they push aside what stands in their way: one change to be taken back. */
export class StepInsertion {
  static readonly $inject = ['commandStack', 'modeling']
  readonly #commands: CommandStack
  readonly #modeling: Modeling

  constructor(commands: CommandStack, modeling: Modeling) {
    this.#commands = commands
    this.#modeling = modeling
    commands.register(command, { preExecute: (insertion: Insertion) => this.#insert(insertion) })
  }

  insert(insertion: Insertion): void {
    this.#commands.execute(command, { ...insertion })
  }

  #insert({ step, flow }: Insertion): void {
    const { source, target } = flow
    if (!source || !target) return
    const start = source.x + source.width
    const missing = step.width + 2 * distance - (target.x - start)
    // Ways that lead up, down or back have room of their own.
    const isAhead = target.x >= start && Math.abs(middleOf(target).y - middleOf(source).y) < step.height
    if (isAhead && missing > 0) this.#modeling.moveElements(behind(target), { x: missing, y: 0 })
    const [from, to] = [middleOf(source), middleOf(target)]
    const between = { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) }
    const at = isAhead ? { x: start + distance + step.width / 2, y: from.y } : between
    this.#modeling.createShape(step, at, flow)
  }
}

/** What is as far to the right as an element, in its container, and what stands to the right of that. */
function behind(element: DiagramElement): readonly DiagramElement[] {
  const { parent } = element
  const siblings = shapesIn(parent).filter(({ x }) => x >= element.x)
  const pool = parent?.type === 'bpmn:SubProcess' ? parent.parent : parent
  const outside = shapesIn(pool?.parent).filter(({ x }) => pool !== undefined && x >= pool.x + pool.width)
  return [...siblings, ...outside]
}

function shapesIn(container: DiagramElement | undefined): readonly DiagramElement[] {
  return (container?.children ?? []).filter(({ waypoints, type }) => waypoints === undefined && type !== 'label')
}

function middleOf({ x, y, width, height }: DiagramElement): Point {
  return { x: x + width / 2, y: y + height / 2 }
}

/** Module of a modeler. */
export const stepInsertion = { __init__: ['stepInsertion'], stepInsertion: ['type', StepInsertion] }
