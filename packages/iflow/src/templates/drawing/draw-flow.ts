import { containers, freshContainer } from '../../compile/containers.ts'
import { freshChannel, freshElement } from '../../compile/fresh.ts'
import type { Registry } from '../../compile/registry.ts'
import type { Step } from '../../compile/step.ts'
import type { FlowOutline, StepOutline } from '../flow-template.ts'
import { diagram } from './diagram.ts'
import { found } from './found.ts'
import { arrowId, type PlacedChannel, type PlacedFlow, type PlacedSteps, placeFlow } from './placed-flow.ts'
import { type Xml, xml, xmlText } from './xml-text.ts'

const namespaces = {
  'xmlns:bpmn2': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI',
  'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
  'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI',
  'xmlns:ifl': 'http:///com.sap.ifl.model/Ifl.xsd',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
}

/** Events whose properties are in their definition. */
const definedEvents = new Set(['error', 'escalation', 'timer'])

/** The text of an `.iflw` file with its diagram. Throws where the outline names a step, an adapter or a system that is not there. */
export function drawFlow(outline: FlowOutline, registry: Pick<Registry, 'steps' | 'adapters'>): string {
  const stepOf = (type: string) => found(registry.steps, candidate => candidate.type === type, type)
  const placed = placeFlow(outline, type => stepOf(type).element)
  const definitions = xml('bpmn2:definitions', { ...namespaces, id: 'Definitions_1' }, [
    collaboration(placed, registry),
    process(placed, stepOf),
    diagram(placed),
  ])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(definitions)}`
}

function collaboration({ channels, systems }: PlacedFlow, registry: Pick<Registry, 'adapters'>) {
  return xml('bpmn2:collaboration', { id: 'Collaboration_1', name: 'Default Collaboration' }, [
    extensions(freshContainer(containers.flow)),
    ...systems.map(({ id, outline: { name, direction } }) => {
      // The second one is spelt so in the format.
      const type = direction === 'Sender' ? 'EndpointSender' : 'EndpointRecevier'
      const attributes = { id, 'ifl:type': type, name }
      return xml('bpmn2:participant', attributes, [extensions({ 'ifl:type': type })])
    }),
    xml('bpmn2:participant', {
      id: 'Participant_Process_1',
      'ifl:type': 'IntegrationProcess',
      name: 'Integration Process',
      processRef: 'Process_1',
    }),
    ...channels.map(channel => messageFlow(channel, registry)),
  ])
}

function messageFlow(
  { id, direction, outline, step, system }: PlacedChannel,
  { adapters }: Pick<Registry, 'adapters'>,
) {
  const adapter = found(adapters, ({ type }) => type === outline.adapter, outline.adapter)
  const [sourceRef, targetRef] = direction === 'Sender' ? [system.id, step.id] : [step.id, system.id]
  return xml('bpmn2:messageFlow', { id, name: adapter.type, sourceRef, targetRef }, [
    extensions({ ...freshChannel(adapter, direction), ...outline.properties, system: outline.system }),
  ])
}

function process({ steps, subprocess }: PlacedFlow, stepOf: (type: string) => Step): Xml {
  const failing = subprocess && [
    xml('bpmn2:subProcess', { id: 'SubProcess_1', name: 'Exception Subprocess' }, [
      extensions(freshContainer(containers.exceptionSubprocess)),
      ...row(subprocess.steps, stepOf),
    ]),
  ]
  return xml('bpmn2:process', { id: 'Process_1', name: 'Integration Process' }, [
    extensions(freshContainer(containers.process)),
    ...(failing ?? []),
    ...row(steps, stepOf),
  ])
}

/** Steps, and the sequence flows that lead from each to the next. */
function row(steps: PlacedSteps, stepOf: (type: string) => Step): Xml[] {
  const arrows = steps.slice(1).map((to, index) => ({ from: steps[index]?.id ?? '', to: to.id }))
  return [
    ...steps.map(({ id, outline }) => {
      const incoming = arrows.filter(({ to }) => to === id).map(arrow => xml('bpmn2:incoming', {}, arrowId(arrow)))
      const outgoing = arrows.filter(({ from }) => from === id).map(arrow => xml('bpmn2:outgoing', {}, arrowId(arrow)))
      return stepElement(id, outline, stepOf(outline.type), [...incoming, ...outgoing])
    }),
    ...arrows.map(arrow =>
      xml('bpmn2:sequenceFlow', { id: arrowId(arrow), sourceRef: arrow.from, targetRef: arrow.to }),
    ),
  ]
}

function stepElement(id: string, { name, properties }: StepOutline, step: Step, ends: readonly Xml[]): Xml {
  const { tag = 'callActivity', event } = step.element
  const own = extensions({ ...freshElement(step), ...properties })
  const isDefined = event !== undefined && definedEvents.has(event)
  const definition = event === undefined ? [] : [xml(`bpmn2:${event}EventDefinition`, {}, isDefined ? [own] : [])]
  return xml(`bpmn2:${tag}`, { id, name }, [...(isDefined ? [] : [own]), ...ends, ...definition])
}

function extensions(properties: Readonly<Record<string, string>>): Xml {
  const entries = Object.entries(properties).map(([key, value]) =>
    xml('ifl:property', {}, [xml('key', {}, key), xml('value', {}, value)]),
  )
  return xml('bpmn2:extensionElements', {}, entries)
}
