import type { Variant } from './variant.ts'

/** The `ifl:property` entries of one element, in document order; a missing value is the empty string. */
export type PropertyMap = ReadonlyMap<string, string>

/** What every element of the model has. */
export interface ModelElement {
  readonly id: string
  /** The `name` attribute, or the empty string. */
  readonly name: string
  /** 1-based line of the start tag. */
  readonly line: number
  readonly properties: PropertyMap
  /** Names of the externalised parameters in each property's value, by its key; only once they were replaced. */
  readonly parameters?: ReadonlyMap<string, readonly string[]>
}

/** `EndpointRecevier` is the spelling of the format. */
export type ParticipantType = 'EndpointSender' | 'EndpointRecevier' | 'IntegrationProcess' | (string & {})

/** A box on the canvas: a sender system, a receiver system, or the pool of a process. */
export interface Participant extends ModelElement {
  readonly type: ParticipantType
  readonly processRef: string | undefined
}

/** A `messageFlow`: one adapter with its whole configuration. */
export interface Channel extends ModelElement {
  /** Element id on the sending side: a participant (sender channels) or a flow node (receiver channels). */
  readonly source: string
  readonly target: string
  readonly direction: 'Sender' | 'Receiver'
  /** The adapter's name: `ComponentType`, else the variant's `cname`; for example `HTTPS`, `ProcessDirect`. */
  readonly componentType: string
  readonly variant: Variant | undefined
}

/** From the event definition: `timer` for `timerEventDefinition`; `none` for an event without one. */
export type EventKind = 'none' | 'message' | 'timer' | 'error' | 'escalation' | 'terminate' | (string & {})

/** An event, activity or gateway. */
export interface FlowNode extends ModelElement {
  /** BPMN local name: `startEvent`, `endEvent`, `callActivity`, `serviceTask`, `exclusiveGateway`, `parallelGateway`, … */
  readonly tag: string
  /** Events only. Properties found inside the event definition are merged into `properties`. */
  readonly event: EventKind | undefined
  readonly variant: Variant | undefined
  /** Ids of the sequence flows that lead here and away, by their `targetRef` and `sourceRef`, in document order. */
  readonly incoming: readonly string[]
  readonly outgoing: readonly string[]
  /** Gateways: the id of the default sequence flow. */
  readonly defaultFlow: string | undefined
  /** Looping process calls. `maximum` is 0 when it is not a whole number. */
  readonly loop: { readonly maximum: number; readonly condition: string } | undefined
}

/** An arrow between two flow nodes of the same container. */
export interface SequenceFlow extends ModelElement {
  readonly source: string
  readonly target: string
  /** The text of `conditionExpression`, unescaped once; undefined when there is none. */
  readonly condition: string | undefined
}

/** What a process and an exception subprocess have in common. Ids are unique in the whole file. */
export interface NodeContainer extends ModelElement {
  readonly nodes: ReadonlyMap<string, FlowNode>
  /** In document order, which is the order of evaluation at a router. */
  readonly flows: ReadonlyMap<string, SequenceFlow>
}

/** A `subProcess` with activity type `ErrorEventSubProcessTemplate`. */
export interface ExceptionSubprocess extends NodeContainer {}

/** A BPMN process: one pool of the canvas. */
export interface ProcessModel extends NodeContainer {
  /** `integration`: entered by a channel or an event; `local`: entered by a process call. */
  readonly kind: 'integration' | 'local'
  readonly exceptionSubprocesses: readonly ExceptionSubprocess[]
}

/**
 * One `.iflw` file, resolved: what the compiler reads and the console draws. Its id and name are those of the
 * collaboration, its properties the flow-level ones (`allowedHeaderList`, `namespaceMapping`, …).
 */
export interface FlowModel extends ModelElement {
  /** Path inside the artifact. */
  readonly file: string
  readonly participants: ReadonlyMap<string, Participant>
  /** In document order. */
  readonly channels: readonly Channel[]
  readonly processes: readonly ProcessModel[]
}
