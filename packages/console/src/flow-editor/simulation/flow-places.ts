import type { Diagram, DiagramElement, ElementRegistry } from '../diagram.ts'
import { adapterOf, directionOf, kindOf } from '../flow-elements.ts'

/** A step or event of the flow. */
export interface FlowPlace {
  readonly id: string
  readonly name: string
}

/** A process or exception subprocess with its steps and events. */
export interface PlaceGroup extends FlowPlace {
  readonly places: readonly FlowPlace[]
}

/** A channel that calls another system. */
export interface ReceiverPlace extends FlowPlace {
  readonly adapter: string
}

/** Where a simulation may begin and end, by process. */
export function placesOf(diagram: Diagram): readonly PlaceGroup[] {
  const groups = new Map<string, { readonly id: string; readonly name: string; readonly places: FlowPlace[] }>()
  diagram.get<ElementRegistry>('elementRegistry').forEach(element => {
    if (!isPlace(element)) return
    const parent = element.parent?.businessObject
    const id = parent?.id ?? ''
    const group = groups.get(id) ?? { id, name: parent?.name || id, places: [] }
    group.places.push({ id: element.id, name: nameOf(element) })
    groups.set(id, group)
  })
  return [...groups.values()].map(group => ({ ...group, places: group.places.sort(byName) }))
}

/** The flow's receiver channels. */
export function receiversOf(diagram: Diagram): readonly ReceiverPlace[] {
  return diagram
    .get<ElementRegistry>('elementRegistry')
    .filter(({ type, businessObject }) => type === 'bpmn:MessageFlow' && directionOf(businessObject) === 'Receiver')
    .map(element => ({ id: element.id, name: nameOf(element), adapter: adapterOf(element.businessObject) }))
    .sort(byName)
}

/** Whether a simulation may begin or end at an element: at a step, an event or a connection between them. */
export function isEndOfSection(element: DiagramElement | undefined): element is DiagramElement {
  return element !== undefined && (isPlace(element) || element.type === 'bpmn:SequenceFlow')
}

/** What an element is called: a connection by what it connects. */
export function nameOf(element: DiagramElement): string {
  const { businessObject, source, target, id } = element
  if (element.type === 'bpmn:SequenceFlow' && source && target) return `${nameOf(source)} → ${nameOf(target)}`
  return businessObject.name?.replaceAll(/\s+/g, ' ') || id
}

function isPlace({ type, businessObject }: DiagramElement): boolean {
  return type !== 'label' && kindOf(businessObject) === 'step'
}

function byName(a: FlowPlace, b: FlowPlace): number {
  return a.name.localeCompare(b.name)
}
