import { parseVariant } from '@sluice/iflow/bpmn'
import { type ModdleChange, type ModdleElement, readProperties } from './ifl-properties.ts'

/** The condition of a route; the empty string where there is none. */
export function conditionOf(flow: ModdleElement): string {
  return bodyOf(flow.get('conditionExpression'))
}

/** Another condition; none where it is empty. */
export function conditionChange(flow: ModdleElement, condition: string): ModdleChange {
  return expressionChange(flow, 'conditionExpression', condition)
}

/** Whether a sequence flow is what its router takes when no condition holds. */
export function isDefaultRoute(flow: ModdleElement): boolean {
  return (flow.get('sourceRef') as ModdleElement | undefined)?.get('default') === flow
}

/** Makes a sequence flow the default of its router. It has no condition then. */
export function defaultRouteChanges(flow: ModdleElement): ModdleChange[] {
  const router = flow.get('sourceRef') as ModdleElement
  return [{ target: router, properties: { default: flow } }, conditionChange(flow, '')]
}

/** How long a process is called again and again; undefined for an element that calls once. */
export function loopOf(element: ModdleElement): { readonly maximum: string; readonly condition: string } | undefined {
  const loop = element.get('loopCharacteristics') as ModdleElement | undefined
  if (loop?.$type !== 'bpmn:StandardLoopCharacteristics') return undefined
  const maximum = loop.get('loopMaximum') as number | undefined
  return { maximum: maximum === undefined ? '' : String(maximum), condition: bodyOf(loop.get('loopCondition')) }
}

/** Another condition or limit of a loop. */
export function loopChange(element: ModdleElement, key: 'maximum' | 'condition', value: string): ModdleChange {
  const loop = element.get('loopCharacteristics') as ModdleElement
  if (key === 'condition') return expressionChange(loop, 'loopCondition', value)
  return { target: loop, properties: { loopMaximum: value === '' ? undefined : Number(value) } }
}

function expressionChange(target: ModdleElement, property: string, body: string): ModdleChange {
  const existing = target.get(property) as ModdleElement | undefined
  if (body === '') return { target, properties: { [property]: undefined } }
  if (existing) return { target: existing, properties: { body } }
  return { target, properties: { [property]: target.$model.create('bpmn:FormalExpression', { body }) } }
}

function bodyOf(expression: unknown): string {
  return ((expression as ModdleElement | undefined)?.get('body') as string | undefined) ?? ''
}

/** What the sheet tells apart by more than the type in BPMN. */
export type ElementKind =
  | 'step'
  | 'channel'
  | 'route'
  | 'sequenceFlow'
  | 'sender'
  | 'receiver'
  | 'process'
  | 'localProcess'
  | 'exceptionSubprocess'
  | 'flow'
  | 'other'

/** What an element of the diagram is to somebody who builds flows. */
export function kindOf(element: ModdleElement): ElementKind {
  const type = element.$type.replace('bpmn:', '')
  if (type === 'Collaboration') return 'flow'
  if (type === 'MessageFlow') return 'channel'
  if (type === 'Participant') return participantKind(element)
  if (type === 'Process') return processKind(element)
  if (type === 'SubProcess') return 'exceptionSubprocess'
  if (type === 'SequenceFlow') return isRouter(element.get('sourceRef')) ? 'route' : 'sequenceFlow'
  return /Event$|Task$|Activity$|Gateway$/.test(type) ? 'step' : 'other'
}

function participantKind(element: ModdleElement): ElementKind {
  const process = element.get('processRef') as ModdleElement | undefined
  if (process) return processKind(process)
  return element.$attrs['ifl:type'] === 'EndpointSender' ? 'sender' : 'receiver'
}

function processKind(process: ModdleElement): ElementKind {
  return readProperties(process).get('processType') === 'directCall' ? 'localProcess' : 'process'
}

function isRouter(node: unknown): boolean {
  return (node as ModdleElement | undefined)?.$type === 'bpmn:ExclusiveGateway'
}

/** What carries the properties of an element: the process for its pool, itself for all others. */
export function propertyOwner(element: ModdleElement): ModdleElement {
  return (element.$type === 'bpmn:Participant' && (element.get('processRef') as ModdleElement | undefined)) || element
}

/** Whether a channel brings messages into the flow or takes them out of it. */
export function directionOf(channel: ModdleElement): 'Sender' | 'Receiver' {
  const properties = readProperties(channel)
  const said = properties.get('direction') ?? parseVariant(properties.get('cmdVariantUri') ?? '')?.direction
  if (said === 'Sender' || said === 'Receiver') return said
  return (channel.get('sourceRef') as ModdleElement | undefined)?.$type === 'bpmn:Participant' ? 'Sender' : 'Receiver'
}

/** The adapter of a channel, such as `HTTPS`; the empty string where none is chosen. */
export function adapterOf(channel: ModdleElement): string {
  const properties = readProperties(channel)
  return properties.get('ComponentType') || (parseVariant(properties.get('cmdVariantUri') ?? '')?.cname ?? '')
}
