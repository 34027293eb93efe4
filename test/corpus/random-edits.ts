import { type Element, elementsOf, make, makeProperty, moddle, partOf, propertiesOf } from './editor.ts'

/** Chooses: `of(n)` is an integer from 0 up to, not including, n. */
export interface Choice {
  of(count: number): number
}

/** An edit of a model in place; false where the model has nothing to do it with. */
type Edit = (definitions: Element, choice: Choice) => boolean

const TEXTS = ['', 'x', "<a b='c'>&amp;</a>", 'two\nlines', 'a\r\nb', ' blanks ', ']]>', '{{parameter}}', 'ä€😀']

/** What people do in an editor, each once per name. */
export const edits: Readonly<Record<string, Edit>> = {
  setProperty: (definitions, choice) =>
    withProperty(definitions, choice, element => {
      const value = partOf(pick(propertiesOf(element), choice) as Element, 'value')
      if (value) value.$body = pick(TEXTS, choice) ?? ''
    }),
  addProperty(definitions, choice) {
    const element = pick(
      elementsOf(definitions).filter(element => element.id && element !== definitions),
      choice,
    )
    if (!element) return false
    element.extensionElements ??= make('bpmn:ExtensionElements', element, { values: [] })
    element.extensionElements.values ??= []
    element.extensionElements.values.push(makeProperty(`k${choice.of(1000)}`, pick(TEXTS, choice) ?? ''))
    return true
  },
  removeProperty: (definitions, choice) =>
    withProperty(definitions, choice, element =>
      remove(element.extensionElements?.values, pick(propertiesOf(element), choice)),
    ),
  rename(definitions, choice) {
    const element = pick(elementsOf(definitions).slice(1), choice)
    if (!element || element.$type === 'bpmn:Collaboration') return false
    element.name = `${pick(TEXTS, choice)}n`.replace(/[\r\n]/g, '')
    return true
  },
  setCondition(definitions, choice) {
    const flow = pick(ofType(definitions, 'bpmn:SequenceFlow'), choice)
    if (!flow) return false
    const body = `${pick(TEXTS, choice)}c`
    if (choice.of(3) === 0) flow.conditionExpression = undefined
    else if (flow.conditionExpression) flow.conditionExpression.body = body
    else flow.conditionExpression = make('bpmn:FormalExpression', flow, { body })
    return true
  },
  setDefault(definitions, choice) {
    const gateway = pick(ofType(definitions, 'bpmn:ExclusiveGateway'), choice)
    if (!gateway) return false
    gateway.default = choice.of(4) === 0 ? undefined : pick(gateway.outgoing ?? [], choice)
    return true
  },
  addStep(definitions, choice) {
    const from = pick(nodesOf(definitions), choice)
    const container = from?.$parent
    if (!from || !container) return false
    const n = choice.of(1_000_000)
    const step = make('bpmn:CallActivity', container, { id: `Call_${n}`, name: 'New' })
    step.extensionElements = make('bpmn:ExtensionElements', step)
    step.extensionElements.values = [makeProperty('activityType', 'Enricher'), makeProperty('bodyType', '')]
    container.flowElements?.splice(choice.of(container.flowElements.length + 1), 0, step)
    connect(definitions, from, step, `SequenceFlow_${n}`)
    draw(definitions, step, choice)
    return true
  },
  deleteStep(definitions, choice) {
    const step = pick(nodesOf(definitions), choice)
    if (!step) return false
    for (const flow of elementsOf(definitions))
      if (flow.sourceRef === step || flow.targetRef === step) disconnect(definitions, flow)
    remove(step.$parent?.flowElements, step)
    erase(definitions, step)
    return true
  },
  moveShape(definitions, choice) {
    const shape = pick(
      drawingsOf(definitions).filter(({ bounds }) => bounds),
      choice,
    )
    if (!shape?.bounds) return false
    shape.bounds.x = choice.of(1000)
    shape.bounds.y = choice.of(1000) + 0.5
    return true
  },
  bendEdge(definitions, choice) {
    const edge = pick(
      drawingsOf(definitions).filter(({ waypoint }) => waypoint),
      choice,
    )
    if (!edge?.waypoint) return false
    if (choice.of(2) === 0 && edge.waypoint.length > 2) edge.waypoint.splice(1, 1)
    else edge.waypoint.splice(1, 0, moddle.create('dc:Point', { x: choice.of(1000), y: 7 }))
    return true
  },
  shuffle(definitions, choice) {
    const process = pick(ofType(definitions, 'bpmn:Process'), choice)
    const moved = process?.flowElements?.splice(choice.of(process.flowElements.length), 1) ?? []
    process?.flowElements?.splice(choice.of(process.flowElements.length + 1), 0, ...moved)
    return moved.length > 0
  },
  wrap(definitions, choice) {
    const step = pick(nodesOf(definitions), choice)
    const container = step?.$parent
    if (!step || !container?.flowElements) return false
    const id = `SubProcess_${choice.of(1_000_000)}`
    const subprocess = make('bpmn:SubProcess', container, { id, flowElements: [step] })
    container.flowElements.splice(container.flowElements.indexOf(step), 1, subprocess)
    step.$parent = subprocess
    return true
  },
  addProcess(definitions, choice) {
    const n = choice.of(1_000_000)
    const process = make('bpmn:Process', definitions, { id: `Process_${n}`, name: 'Local' })
    process.flowElements = [make('bpmn:StartEvent', process, { id: `Start_${n}` })]
    const diagram = definitions.rootElements?.length ?? 0
    definitions.rootElements?.splice(diagram, 0, process)
    return addParticipant(definitions, choice, { processRef: process })
  },
  addReceiver(definitions, choice) {
    const step = pick(nodesOf(definitions), choice)
    const collaboration = ofType(definitions, 'bpmn:Collaboration')[0]
    if (!step || !collaboration || !addParticipant(definitions, choice, { 'ifl:type': 'EndpointRecevier' }))
      return false
    const targetRef = collaboration.participants?.at(-1)
    const id = `MessageFlow_${choice.of(1_000_000)}`
    const flow = make('bpmn:MessageFlow', collaboration, { id, sourceRef: step, targetRef })
    collaboration.messageFlows = [...(collaboration.messageFlows ?? []), flow]
    return true
  },
}

function pick<T>(items: readonly T[], choice: Choice): T | undefined {
  return items[choice.of(Math.max(1, items.length))]
}

function remove<T>(items: T[] | undefined, item: T): void {
  const index = items?.indexOf(item) ?? -1
  if (index >= 0) items?.splice(index, 1)
}

function ofType(definitions: Element, type: string): Element[] {
  return elementsOf(definitions).filter(element => element.$type === type)
}

function nodesOf(definitions: Element): Element[] {
  return elementsOf(definitions).filter(({ $type }) => /Event$|Activity$|Task$|Gateway$/.test($type))
}

function withProperty(definitions: Element, choice: Choice, edit: (element: Element) => void): boolean {
  const element = pick(
    elementsOf(definitions).filter(element => propertiesOf(element).length > 0),
    choice,
  )
  if (element) edit(element)
  return element !== undefined
}

function planeOf(definitions: Element): Element | undefined {
  return definitions.diagrams?.[0]?.plane
}

function drawingsOf(definitions: Element): Element[] {
  return planeOf(definitions)?.planeElement ?? []
}

function draw(definitions: Element, element: Element, choice: Choice): void {
  const plane = planeOf(definitions)
  const bounds = moddle.create('dc:Bounds', { x: choice.of(1000), y: 0, width: 100, height: 60 })
  const shape = { id: `${element.id}_di`, bpmnElement: element, bounds }
  plane?.planeElement?.push(make('bpmndi:BPMNShape', plane, shape))
}

function erase(definitions: Element, element: Element): void {
  const plane = planeOf(definitions)
  if (plane) plane.planeElement = drawingsOf(definitions).filter(({ bpmnElement }) => bpmnElement !== element)
}

function connect(definitions: Element, from: Element, to: Element, id: string): void {
  const flow = make('bpmn:SequenceFlow', from.$parent, { id, sourceRef: from, targetRef: to })
  from.$parent?.flowElements?.push(flow)
  from.outgoing = [...(from.outgoing ?? []), flow]
  to.incoming = [flow]
  const waypoint = [moddle.create('dc:Point', { x: 1, y: 2 }), moddle.create('dc:Point', { x: 3, y: 4.5 })]
  const plane = planeOf(definitions)
  plane?.planeElement?.push(make('bpmndi:BPMNEdge', plane, { id: `${id}_di`, bpmnElement: flow, waypoint }))
}

function disconnect(definitions: Element, flow: Element): void {
  for (const element of elementsOf(definitions)) {
    remove(element.incoming, flow)
    remove(element.outgoing, flow)
    remove(element.flowElements, flow)
    remove(element.messageFlows, flow)
    if (element.default === flow) element.default = undefined
  }
  erase(definitions, flow)
}

function addParticipant(definitions: Element, choice: Choice, properties: object): boolean {
  const collaboration = ofType(definitions, 'bpmn:Collaboration')[0]
  if (!collaboration) return false
  const id = `Participant_${choice.of(1_000_000)}`
  const participant = make('bpmn:Participant', collaboration, { id, name: 'P', ...properties })
  collaboration.participants = [...(collaboration.participants ?? []), participant]
  draw(definitions, participant, choice)
  return true
}
