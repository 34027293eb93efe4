import type { DiagramElement } from './diagram.ts'
import { kindOf } from './flow-elements.ts'
import { variantOf } from './step-variant.ts'

/** Why something cannot be done with a flow; a text of the editor for each. */
export type Reason =
  | 'self'
  | 'already'
  | 'startMessageOnly'
  | 'senderToStart'
  | 'toReceiver'
  | 'oneChannel'
  | 'fromReceiver'
  | 'processCall'
  | 'sameProcess'
  | 'intoStart'
  | 'outOfEnd'
  | 'oneWay'
  | 'exceptionAlone'
  | 'onCanvas'
  | 'inProcess'
  | 'oneStart'
  | 'startKind'
  | 'localStart'
  | 'errorStart'
  | 'oneException'
  | 'connectedMove'

/** What may be done, or why not. */
export type Verdict<Value> = { readonly allowed: Value } | { readonly reason: Reason }

export type ConnectionType = 'bpmn:SequenceFlow' | 'bpmn:MessageFlow'

const several = new Set(['ExclusiveGateway', 'Multicast', 'SequentialMulticast'])

/** Which connection may go from one element to another. `ignored` is one that is there by now, and about to go elsewhere. */
export function connectionBetween(
  source: DiagramElement,
  target: DiagramElement,
  ignored?: DiagramElement,
): Verdict<ConnectionType> {
  if (source === target) return { reason: 'self' }
  const [from, to] = [kindOf(source.businessObject), kindOf(target.businessObject)]
  if ([from, to].some(kind => kind === 'process' || kind === 'localProcess')) return { reason: 'processCall' }
  if ([from, to].includes('exceptionSubprocess')) return { reason: 'exceptionAlone' }
  if (from === 'sender') return fromSender(target, ignored)
  if (to === 'receiver') return toReceiver(source, ignored)
  if (from === 'receiver') return fromReceiver(target, ignored)
  if (to === 'sender') return { reason: 'senderToStart' }
  return sequence(source, target, ignored)
}

function fromSender(target: DiagramElement, ignored?: DiagramElement): Verdict<ConnectionType> {
  const variant = variantOf(target.businessObject)
  if (variant === 'PollEnrich') return single(target, ignored)
  if (target.type !== 'bpmn:StartEvent') return { reason: 'senderToStart' }
  if (!/^Message/.test(variant)) return { reason: 'startMessageOnly' }
  return channelsOf(target, ignored) > 0 ? { reason: 'oneChannel' } : { allowed: 'bpmn:MessageFlow' }
}

function toReceiver(source: DiagramElement, ignored?: DiagramElement): Verdict<ConnectionType> {
  const variant = variantOf(source.businessObject)
  const isEnd = source.type === 'bpmn:EndEvent' && /^Message/.test(variant)
  const calls =
    source.type === 'bpmn:ServiceTask' && variant !== 'contentEnricherWithLookup' && variant !== 'PollEnrich'
  return isEnd || calls ? single(source, ignored) : { reason: 'toReceiver' }
}

function fromReceiver(target: DiagramElement, ignored?: DiagramElement): Verdict<ConnectionType> {
  if (variantOf(target.businessObject) === 'contentEnricherWithLookup') return single(target, ignored)
  return { reason: 'fromReceiver' }
}

function single(step: DiagramElement, ignored?: DiagramElement): Verdict<ConnectionType> {
  return channelsOf(step, ignored) > 0 ? { reason: 'oneChannel' } : { allowed: 'bpmn:MessageFlow' }
}

function channelsOf({ incoming, outgoing }: DiagramElement, ignored?: DiagramElement): number {
  return [...incoming, ...outgoing].filter(flow => flow !== ignored && flow.type === 'bpmn:MessageFlow').length
}

function sequence(source: DiagramElement, target: DiagramElement, ignored?: DiagramElement): Verdict<ConnectionType> {
  if (target.type === 'bpmn:StartEvent') return { reason: 'intoStart' }
  if (source.type === 'bpmn:EndEvent') return { reason: 'outOfEnd' }
  if (source.parent !== target.parent) return { reason: 'sameProcess' }
  const out = source.outgoing.filter(flow => flow !== ignored && flow.type === 'bpmn:SequenceFlow')
  if (out.some(flow => flow.target === target)) return { reason: 'already' }
  if (out.length > 0 && !several.has(variantOf(source.businessObject))) return { reason: 'oneWay' }
  return { allowed: 'bpmn:SequenceFlow' }
}

/** Whether an element may be at a place. `others`: elements that go there with it. */
export function placeFor(
  element: DiagramElement,
  target: DiagramElement,
  others: readonly DiagramElement[] = [],
): Verdict<true> {
  const kind = kindOf(element.businessObject)
  if (element.type === 'bpmn:Participant')
    return target.type === 'bpmn:Collaboration' ? { allowed: true } : { reason: 'onCanvas' }
  const place = kindOf(target.businessObject)
  if (place !== 'process' && place !== 'localProcess' && place !== 'exceptionSubprocess') return { reason: 'inProcess' }
  const there = (target.children ?? []).filter(child => child !== element && !others.includes(child))
  if (kind === 'exceptionSubprocess') {
    if (place === 'exceptionSubprocess') return { reason: 'exceptionAlone' }
    return there.some(({ type }) => type === 'bpmn:SubProcess') ? { reason: 'oneException' } : { allowed: true }
  }
  return element.type === 'bpmn:StartEvent' ? startIn(element, place, there) : { allowed: true }
}

function startIn(
  start: DiagramElement,
  place: 'process' | 'localProcess' | 'exceptionSubprocess',
  there: readonly DiagramElement[],
): Verdict<true> {
  const variant = variantOf(start.businessObject)
  const isError = /^Error/.test(variant)
  if (isError !== (place === 'exceptionSubprocess')) return { reason: 'errorStart' }
  const isPlain = variant === 'StartEvent'
  if (isPlain !== (place === 'localProcess') && !isError) return { reason: isPlain ? 'localStart' : 'startKind' }
  return there.some(({ type }) => type === 'bpmn:StartEvent') ? { reason: 'oneStart' } : { allowed: true }
}

/** Whether elements may be moved into a container: with their sequence flows, or none at all. */
export function moveTo(elements: readonly DiagramElement[], target: DiagramElement): Verdict<true> {
  const moved = new Set(elements.filter(({ type }) => type !== 'label'))
  for (const element of moved) {
    if (element.parent && moved.has(element.parent)) continue
    if (element.waypoints !== undefined) continue
    const verdict = placeFor(element, target, elements)
    if ('reason' in verdict && element.parent !== target) return verdict
    const flows = [...element.incoming, ...element.outgoing].filter(({ type }) => type === 'bpmn:SequenceFlow')
    const leaves = flows.some(({ source, target: end }) => !(source && moved.has(source) && end && moved.has(end)))
    if (element.parent !== target && leaves) return { reason: 'connectedMove' }
  }
  return { allowed: true }
}
