import { escapeAttribute, escapeText } from '../bpmn/escape.ts'
import { steps } from '../steps/index.ts'

/** A flow in a few lines, to be written as an `.iflw` file without a diagram. */
export interface FlowSketch {
  /** Properties of the flow as a whole. */
  readonly properties?: Readonly<Record<string, string>>
  /** The first process is an integration process with id `Main`, the others are local. */
  readonly processes: readonly ProcessSketch[]
  readonly channels?: readonly ChannelSketch[]
}

/** A process and its exception subprocess. */
export interface ProcessSketch extends ContainerSketch {
  readonly properties?: Readonly<Record<string, string>>
  /** The exception subprocess. */
  readonly onFailure?: ContainerSketch
}

/** Steps and the sequence flows between them; the first step is the start. */
export interface ContainerSketch {
  readonly id: string
  readonly nodes: readonly NodeSketch[]
  readonly flows: readonly SequenceSketch[]
}

/** One step. */
export interface NodeSketch {
  readonly id: string
  /** As in the registry: `Enricher`, `MessageStartEvent`, `ExclusiveGateway`, …. */
  readonly type: string
  readonly name?: string
  readonly properties?: Readonly<Record<string, string>>
  readonly defaultFlow?: string
  readonly loop?: { readonly condition: string; readonly maximum: number }
}

/** The id of a sequence flow is `<from>-<to>`. */
export interface SequenceSketch {
  readonly from: string
  readonly to: string
  readonly condition?: string
  readonly expressionType?: 'XML' | 'NonXML'
}

/** A channel between a participant and a step; its id is `Channel-<step>`. */
export interface ChannelSketch {
  readonly step: string
  readonly direction: 'Sender' | 'Receiver'
  readonly properties: Readonly<Record<string, string>>
}

/** Writes the sketch as an `.iflw` file: BPMN 2.0 with the `ifl` extensions, properties in their places. */
export function flowText(sketch: FlowSketch): string {
  const channels = sketch.channels ?? []
  const participants = sketch.processes.map(
    ({ id }) =>
      `<bpmn2:participant id="Participant-${id}" ifl:type="IntegrationProcess" name="${id}" processRef="${id}"/>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ifl="http:///com.sap.ifl.model/Ifl.xsd" id="Definitions">',
    '<bpmn2:collaboration id="Collaboration" name="Flow">',
    extensions(sketch.properties),
    ...channels.map(channelParticipant),
    ...participants,
    ...channels.map(messageFlow),
    '</bpmn2:collaboration>',
    ...sketch.processes.map((process, index) => processText(process, index === 0)),
    '</bpmn2:definitions>',
    '',
  ]
    .filter(line => line !== '')
    .join('\n')
}

function processText(process: ProcessSketch, isMain: boolean): string {
  const cname = isMain ? 'IntegrationProcess' : 'LocalIntegrationProcess'
  const subprocess = process.onFailure && [
    `<bpmn2:subProcess id="${process.onFailure.id}" name="On failure">`,
    extensions({
      activityType: 'ErrorEventSubProcessTemplate',
      cmdVariantUri: variant('ErrorEventSubProcessTemplate'),
    }),
    content(process.onFailure),
    '</bpmn2:subProcess>',
  ]
  return [
    `<bpmn2:process id="${process.id}" name="${process.id}">`,
    extensions({
      cmdVariantUri: variant(cname),
      ...(isMain ? {} : { processType: 'directCall' }),
      ...process.properties,
    }),
    content(process),
    ...(subprocess ?? []),
    '</bpmn2:process>',
  ].join('\n')
}

function content({ nodes, flows }: ContainerSketch): string {
  return [...nodes.map(nodeText), ...flows.map(sequenceText)].join('\n')
}

function nodeText({ id, type, name = id, properties = {}, defaultFlow, loop }: NodeSketch): string {
  const { tag = 'callActivity', event } = steps.find(step => step.type === type)?.element ?? {}
  const otherwise = defaultFlow === undefined ? '' : ` default="${defaultFlow}"`
  const own = { cmdVariantUri: variant(type), ...properties }
  return [
    `<bpmn2:${tag} id="${id}" name="${escapeAttribute(name)}"${otherwise}>`,
    extensions(own),
    event === undefined ? '' : `<bpmn2:${event}EventDefinition/>`,
    loop === undefined
      ? ''
      : `<bpmn2:standardLoopCharacteristics id="Loop-${id}" loopMaximum="${loop.maximum}"><bpmn2:loopCondition id="Condition-${id}">${escapeText(loop.condition)}</bpmn2:loopCondition></bpmn2:standardLoopCharacteristics>`,
    `</bpmn2:${tag}>`,
  ]
    .filter(line => line !== '')
    .join('\n')
}

function sequenceText({ from, to, condition, expressionType = 'NonXML' }: SequenceSketch): string {
  const start = `<bpmn2:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"`
  if (condition === undefined) return `${start}/>`
  const expression = `<bpmn2:conditionExpression id="Condition-${from}-${to}">${escapeText(condition)}</bpmn2:conditionExpression>`
  return [`${start}>`, extensions({ expressionType }), expression, '</bpmn2:sequenceFlow>'].join('\n')
}

function channelParticipant({ step, direction }: ChannelSketch): string {
  const type = direction === 'Sender' ? 'EndpointSender' : 'EndpointRecevier'
  return `<bpmn2:participant id="System-${step}" ifl:type="${type}" name="System-${step}"/>`
}

function messageFlow({ step, direction, properties }: ChannelSketch): string {
  const system = `System-${step}`
  const [from, to] = direction === 'Sender' ? [system, step] : [step, system]
  return [
    `<bpmn2:messageFlow id="Channel-${step}" name="Channel-${step}" sourceRef="${from}" targetRef="${to}">`,
    extensions({ direction, ...properties }),
    '</bpmn2:messageFlow>',
  ].join('\n')
}

function extensions(properties: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(properties).map(
    ([key, value]) => `<ifl:property><key>${escapeText(key)}</key><value>${escapeText(value)}</value></ifl:property>`,
  )
  return lines.length === 0 ? '' : ['<bpmn2:extensionElements>', ...lines, '</bpmn2:extensionElements>'].join('\n')
}

function variant(cname: string): string {
  return `ctype::FlowstepVariant/cname::${cname}/version::1.0.0`
}
