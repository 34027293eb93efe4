import type { Channel, FlowModel, FlowNode, ModelElement, NodeContainer, Participant, SequenceFlow } from './model.ts'

/** What an element of a flow is to a person. */
export type FlowElementKind =
  | 'flow'
  | 'participant'
  | 'channel'
  | 'process'
  | 'localProcess'
  | 'exceptionSubprocess'
  | 'step'
  | 'sequenceFlow'

/** One thing that is said of an element: a property by its key, or what the diagram itself says. */
export interface FlowFact {
  readonly of: 'property' | 'name' | 'type' | 'from' | 'to' | 'condition' | 'default' | 'loop' | 'place'
  /** Of a property; otherwise empty. */
  readonly key: string
  /** Undefined where it is not said. Elements that it leads to are named by their names. */
  readonly before: string | undefined
  readonly after: string | undefined
}

/** An element that two versions of a flow do not have alike. */
export interface FlowChange {
  readonly kind: FlowElementKind
  readonly id: string
  /** Its name in the later version that has it; its id where it has no name. */
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed'
  /** In what it differs; nothing for what only one version has. */
  readonly facts: readonly FlowFact[]
}

/** What is said, and how a person reads it. */
interface Said {
  readonly value: string
  readonly shown: string
}

type Facts = ReadonlyMap<string, Said>

interface Described {
  readonly kind: FlowElementKind
  readonly element: ModelElement
  readonly facts: Facts
}

/**
 * In what two versions of a flow differ, by elements: those of the later version in its order, then what is gone. Where
 * something is drawn makes no difference.
 */
export function compareFlows(before: FlowModel, after: FlowModel): FlowChange[] {
  const [was, is] = [describe(before), describe(after)]
  const changes = Array.from(is, ([id, described]): FlowChange => {
    const earlier = was.get(id)
    const common = { kind: described.kind, id, name: nameOf(described.element) }
    if (!earlier) return { ...common, change: 'added', facts: [] }
    return { ...common, change: 'changed', facts: factsThatDiffer(earlier.facts, described.facts) }
  })
  const removed = [...was].filter(([id]) => !is.has(id))
  return [
    ...changes.filter(({ change, facts }) => change === 'added' || facts.length > 0),
    ...removed.map(([id, { kind, element }]): FlowChange => {
      return { kind, id, name: nameOf(element), change: 'removed', facts: [] }
    }),
  ]
}

function nameOf({ name, id }: ModelElement): string {
  return name || id
}

function factsThatDiffer(before: Facts, after: Facts): FlowFact[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter(fact => before.get(fact)?.value !== after.get(fact)?.value)
    .map(fact => {
      const [of = '', ...key] = fact.split(' ')
      return {
        of: of as FlowFact['of'],
        key: key.join(' '),
        before: before.get(fact)?.shown,
        after: after.get(fact)?.shown,
      }
    })
}

/** All elements by id, the first where an id is there twice. */
function describe(model: FlowModel): ReadonlyMap<string, Described> {
  const names = new Map(elementsOf(model).map(({ element }) => [element.id, nameOf(element)]))
  const described = new Map<string, Described>()
  for (const { kind, element, diagram, references = {} } of elementsOf(model)) {
    const facts = new Map<string, Said>()
    const say = (fact: string, value: string | undefined, shown = value) =>
      value && shown && facts.set(fact, { value, shown })
    say('name', element.name)
    for (const [fact, value] of Object.entries(diagram)) say(fact, value)
    for (const [fact, id] of Object.entries(references)) say(fact, id, id && (names.get(id) ?? id))
    for (const [key, value] of element.properties) facts.set(`property ${key}`, { value, shown: value })
    if (!described.has(element.id)) described.set(element.id, { kind, element, facts })
  }
  return described
}

type Told = Partial<Record<FlowFact['of'], string | undefined>>

interface Found {
  readonly kind: FlowElementKind
  readonly element: ModelElement
  /** What is said by other things than properties. */
  readonly diagram: Told
  /** Ids of other elements. */
  readonly references?: Told
}

function elementsOf(model: FlowModel): Found[] {
  return [
    { kind: 'flow', element: model, diagram: {} },
    ...Array.from(model.participants.values(), participantOf),
    ...model.channels.map(channelOf),
    ...model.processes.flatMap(process => [
      ...inside(process.kind === 'local' ? 'localProcess' : 'process', process),
      ...process.exceptionSubprocesses.flatMap(subprocess => inside('exceptionSubprocess', subprocess, process.id)),
    ]),
  ]
}

function participantOf(element: Participant): Found {
  return { kind: 'participant', element, diagram: { type: element.type } }
}

function channelOf(element: Channel): Found {
  return { kind: 'channel', element, diagram: {}, references: { from: element.source, to: element.target } }
}

function inside(kind: FlowElementKind, container: NodeContainer, place?: string): Found[] {
  return [
    { kind, element: container, diagram: {}, references: { place } },
    ...Array.from(container.nodes.values(), node => stepOf(node, container.id)),
    ...Array.from(container.flows.values(), sequenceFlowOf),
  ]
}

function stepOf(element: FlowNode, place: string): Found {
  const { tag, event, defaultFlow, loop } = element
  const type = event === undefined ? tag : `${tag} (${event})`
  const diagram = { type, loop: loop && `${loop.condition} (${loop.maximum})` }
  return { kind: 'step', element, diagram, references: { place, default: defaultFlow } }
}

function sequenceFlowOf(element: SequenceFlow): Found {
  const { source, target, condition } = element
  return { kind: 'sequenceFlow', element, diagram: { condition }, references: { from: source, to: target } }
}
