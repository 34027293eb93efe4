import type { NewElements } from './canvas/new-elements.ts'
import type { StepInsertion } from './canvas/step-insertion.ts'
import type { Canvas, Diagram, DiagramElement, ElementRegistry, Point, Selection } from './diagram.ts'
import { connectionBetween, placeFor, type Reason } from './flow-rules.ts'
import type { PaletteItem } from './palette-items.ts'

interface Modeling {
  createElements(elements: readonly DiagramElement[], at: Point, parent: DiagramElement): readonly DiagramElement[]
}

interface AutoPlace {
  append(source: DiagramElement, shape: DiagramElement): DiagramElement
}

/** The elements that an item of the palette makes, to be placed. */
export function made(item: PaletteItem, elements: NewElements): readonly DiagramElement[] {
  return 'step' in item.makes ? [elements.step(item.makes.step)] : elements.container(item.makes.container)
}

/**
 * Places elements where they fit: behind the step that is selected and connected with it, otherwise where there is room.
 * Resolves with why they fit nowhere, if so.
 */
export function placeElements(diagram: Diagram, elements: readonly DiagramElement[]): Reason | undefined {
  const [first] = elements
  if (!first) return undefined
  const selected = diagram.get<Selection>('selection').get()
  const [source] = selected
  if (selected.length === 1 && source && elements.length === 1 && appendStep(diagram, source, first)) return undefined
  const target =
    first.type === 'bpmn:Participant' ? diagram.get<Canvas>('canvas').getRootElement() : containerOf(diagram)
  const verdict = target ? placeFor(first, target) : ({ reason: 'inProcess' } as const)
  if ('reason' in verdict || !target) return 'reason' in verdict ? verdict.reason : 'inProcess'
  const at = first.type === 'bpmn:Participant' ? besideAll(diagram, first) : freePlace(target, first)
  const created = diagram.get<Modeling>('modeling').createElements(elements, at, target)
  diagram.get<Selection>('selection').select(created[0] ?? null)
  return undefined
}

/** Puts a step behind another: connected with it, or into the only way that leads on from it. Returns whether that could be. */
export function appendStep(diagram: Diagram, source: DiagramElement, step: DiagramElement): boolean {
  if (canAppend(source, step)) {
    diagram.get<AutoPlace>('autoPlace').append(source, step)
    return true
  }
  const [flow, ...more] = source.outgoing.filter(({ type }) => type === 'bpmn:SequenceFlow')
  if (!flow || more.length > 0 || step.type === 'bpmn:EndEvent' || !isNode(step)) return false
  diagram.get<StepInsertion>('stepInsertion').insert({ step, flow })
  diagram.get<Selection>('selection').select(step)
  return true
}

function isNode({ type }: DiagramElement): boolean {
  return /Activity$|Task$|Gateway$|Event$/.test(type) && type !== 'bpmn:StartEvent'
}

/** Whether a step can be connected behind another. */
function canAppend(source: DiagramElement, step: DiagramElement): boolean {
  if (step.type === 'bpmn:Participant' || step.type === 'bpmn:SubProcess' || !source.parent) return false
  if ('reason' in placeFor(step, source.parent)) return false
  const placed = { ...step, businessObject: step.businessObject, type: step.type, parent: source.parent }
  const verdict = connectionBetween(source, { ...placed, incoming: [], outgoing: [] })
  return 'allowed' in verdict && verdict.allowed === 'bpmn:SequenceFlow'
}

function containerOf(diagram: Diagram): DiagramElement | undefined {
  const isContainer = ({ type, businessObject }: DiagramElement) =>
    type === 'bpmn:SubProcess' || (type === 'bpmn:Participant' && businessObject.get('processRef') !== undefined)
  const [selected] = diagram.get<Selection>('selection').get()
  for (let element = selected; element; element = element.parent) if (isContainer(element)) return element
  return diagram
    .get<ElementRegistry>('elementRegistry')
    .filter(element => element.type !== 'label' && isContainer(element))[0]
}

const step = 20

/** The middle of a place in a container where nothing is, as far up and left as can be. */
function freePlace(container: DiagramElement, { width, height }: DiagramElement): Point {
  const children = (container.children ?? []).filter(({ waypoints }) => waypoints === undefined)
  const isFree = (x: number, y: number) =>
    children.every(
      child =>
        x + width + step < child.x ||
        child.x + child.width + step < x ||
        y + height + step < child.y ||
        child.y + child.height + step < y,
    )
  for (let y = container.y + 40; y + height < container.y + container.height - 10; y += step) {
    for (let x = container.x + 40; x + width < container.x + container.width - 10; x += step) {
      if (isFree(x, y)) return { x: x + width / 2, y: y + height / 2 }
    }
  }
  return { x: container.x + container.width + width, y: container.y + container.height / 2 }
}

/** Senders go to the left of everything, all others to the right or below. */
function besideAll(diagram: Diagram, { businessObject, width, height }: DiagramElement): Point {
  const { inner } = diagram.get<Canvas>('canvas').viewbox()
  const { x, y } = inner
  if (businessObject.get('processRef')) return { x: x + width / 2, y: y + inner.height + 60 + height / 2 }
  const isSender = businessObject.$attrs['ifl:type'] === 'EndpointSender'
  return { x: isSender ? x - 80 - width / 2 : x + inner.width + 80 + width / 2, y: y + height / 2 }
}
