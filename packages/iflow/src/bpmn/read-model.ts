import type {
  Channel,
  EventKind,
  ExceptionSubprocess,
  FlowModel,
  FlowNode,
  ModelElement,
  NodeContainer,
  Participant,
  ProcessModel,
  PropertyMap,
  SequenceFlow,
} from './model.ts'
import { parseVariant } from './variant.ts'
import { BPMN, EVENT_DEFINITION, FLOW_NODE, IFL } from './vocabulary.ts'
import { attributeOf, childrenOf, firstChild, type XmlElement } from './xml-tree.ts'

/** Resolves the tree of a `definitions` element. Undefined when it is something else or holds no collaboration. */
export function readModel(definitions: XmlElement, file: string): FlowModel | undefined {
  const collaboration = childrenOf(definitions, 'collaboration', BPMN)[0]
  if (definitions.local !== 'definitions' || definitions.uri !== BPMN || !collaboration) return undefined
  const participants = byId(childrenOf(collaboration, 'participant', BPMN).map(readParticipant))
  return {
    ...readElement(collaboration),
    file,
    participants,
    channels: childrenOf(collaboration, 'messageFlow', BPMN).map(element => readChannel(element, participants)),
    processes: childrenOf(definitions, 'process', BPMN).map(readProcess),
  }
}

function readElement(element: XmlElement): ModelElement {
  return {
    id: attributeOf(element, 'id') ?? '',
    name: attributeOf(element, 'name') ?? '',
    line: element.line,
    properties: readProperties(element),
  }
}

function readProperties(element: XmlElement): PropertyMap {
  const properties = new Map<string, string>()
  for (const property of propertyElements(element))
    properties.set(keyOf(property), firstChild(property, 'value')?.text ?? '')
  return properties
}

/**
 * The `ifl:property` elements that belong to an element: its own, then those inside its event definitions, which is where
 * timer, error, escalation and some terminate events keep them. Of a repeated key the last one counts.
 */
export function propertyElements(element: XmlElement): XmlElement[] {
  const holders = [element, ...eventDefinitions(element)]
  return holders.flatMap(holder =>
    childrenOf(holder, 'extensionElements', BPMN).flatMap(extensions => childrenOf(extensions, 'property', IFL)),
  )
}

/** The event definitions of an event; none for anything else. */
export function eventDefinitions(element: XmlElement): XmlElement[] {
  return element.children.filter(child => child.uri === BPMN && EVENT_DEFINITION.test(child.local))
}

/** The key of an `ifl:property`. Its `key` and `value` children are in no namespace. */
export function keyOf(property: XmlElement): string {
  return firstChild(property, 'key')?.text.trim() ?? ''
}

function readParticipant(element: XmlElement): Participant {
  const type = Object.values(element.attributes).find(attribute => attribute.local === 'type' && attribute.uri === IFL)
  const common = readElement(element)
  return {
    ...common,
    type: type?.value ?? common.properties.get('ifl:type') ?? '',
    processRef: attributeOf(element, 'processRef'),
  }
}

function readChannel(element: XmlElement, participants: ReadonlyMap<string, Participant>): Channel {
  const common = readElement(element)
  const variant = parseVariant(common.properties.get('cmdVariantUri') ?? '')
  const source = attributeOf(element, 'sourceRef') ?? ''
  const stated = common.properties.get('direction') || variant?.direction
  const direction = stated ? (stated === 'Sender' ? 'Sender' : 'Receiver') : undefined
  return {
    ...common,
    source,
    target: attributeOf(element, 'targetRef') ?? '',
    direction: direction ?? (participants.has(source) ? 'Sender' : 'Receiver'),
    componentType: common.properties.get('ComponentType') || variant?.cname || '',
    variant,
  }
}

function readProcess(element: XmlElement): ProcessModel {
  const subprocesses = childrenOf(element, 'subProcess', BPMN).filter(isExceptionSubprocess)
  const container = readContainer(element)
  const variant = parseVariant(container.properties.get('cmdVariantUri') ?? '')
  const local = variant?.cname === 'LocalIntegrationProcess' || container.properties.get('processType') === 'directCall'
  return {
    ...container,
    kind: local ? 'local' : 'integration',
    exceptionSubprocesses: subprocesses.map((subprocess): ExceptionSubprocess => readContainer(subprocess)),
  }
}

function isExceptionSubprocess(element: XmlElement): boolean {
  if (element.local !== 'subProcess') return false
  const properties = readProperties(element)
  return (
    properties.get('activityType') === 'ErrorEventSubProcessTemplate' ||
    parseVariant(properties.get('cmdVariantUri') ?? '')?.cname === 'ErrorEventSubProcessTemplate' ||
    childrenOf(element, 'startEvent', BPMN).some(start => firstChild(start, 'errorEventDefinition'))
  )
}

function readContainer(element: XmlElement): NodeContainer {
  const children = element.children.filter(child => child.uri === BPMN)
  const flows = children.filter(child => child.local === 'sequenceFlow').map(readSequenceFlow)
  const incoming = Map.groupBy(flows, flow => flow.target)
  const outgoing = Map.groupBy(flows, flow => flow.source)
  const idsOf = (group: readonly SequenceFlow[] | undefined) => group?.map(flow => flow.id) ?? []
  const nodes = children
    .filter(child => FLOW_NODE.test(child.local) && !isExceptionSubprocess(child))
    .map(child => {
      const id = attributeOf(child, 'id') ?? ''
      return readNode(child, idsOf(incoming.get(id)), idsOf(outgoing.get(id)))
    })
  return { ...readElement(element), nodes: byId(nodes), flows: byId(flows) }
}

function readSequenceFlow(element: XmlElement): SequenceFlow {
  return {
    ...readElement(element),
    source: attributeOf(element, 'sourceRef') ?? '',
    target: attributeOf(element, 'targetRef') ?? '',
    condition: firstChild(element, 'conditionExpression')?.text,
  }
}

function readNode(element: XmlElement, incoming: readonly string[], outgoing: readonly string[]): FlowNode {
  const common = readElement(element)
  return {
    ...common,
    tag: element.local,
    event: element.local.endsWith('Event') ? eventKind(element) : undefined,
    variant: parseVariant(common.properties.get('cmdVariantUri') ?? ''),
    incoming,
    outgoing,
    defaultFlow: attributeOf(element, 'default'),
    loop: readLoop(element),
  }
}

function eventKind(element: XmlElement): EventKind {
  const definition = eventDefinitions(element)[0]
  return definition ? definition.local.replace(EVENT_DEFINITION, '') : 'none'
}

function readLoop(element: XmlElement): FlowNode['loop'] {
  const loop = firstChild(element, 'standardLoopCharacteristics')
  if (!loop) return undefined
  const maximum = attributeOf(loop, 'loopMaximum')?.trim() ?? ''
  return {
    maximum: /^\d+$/.test(maximum) ? Number(maximum) : 0,
    condition: firstChild(loop, 'loopCondition')?.text ?? '',
  }
}

/** Of elements with the same id the first one stays. */
function byId<T extends ModelElement>(elements: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>()
  for (const element of elements) if (!map.has(element.id)) map.set(element.id, element)
  return map
}
