import type { EventKind, FlowNode, ModelElement, SequenceFlow } from '../bpmn/model.ts'
import type { Bundle, BundleType } from '../bundle/bundle.ts'
import type { Evaluate } from '../expressions/language.ts'
import type { FailureCode } from '../run/failure.ts'
import type { FlowSettings, Operation, Preparation, Process, Take } from '../run/plan.ts'
import type { RunStatus } from '../run/result.ts'
import type { Receiver } from './adapter.ts'
import type { EntryPoint } from './entry-point.ts'
import type { Props, Values } from './props.ts'
import type { Report } from './reporter.ts'
import type { Versions } from './versions.ts'

/**
 * One type of step, on one page: what it is called, what it means, which properties it reads and how it is compiled.
 * The palette, the property sheets, the reference pages and the support table read these declarations.
 */
export interface StepDeclaration<P extends Props> {
  /** `cname` of the variant, for example `Enricher`; events have the names that `identifyStep` gives them. */
  readonly type: string
  readonly label: string
  readonly doc: string
  readonly versions: Versions
  readonly group: StepGroup
  readonly element: ElementTemplate
  /**
   * Which sequence flows may leave the step. `one`: at most one, and the path ends at the step when there is none.
   * `none`: it ends the path. `several`: it chooses among them.
   */
  readonly leaves: 'one' | 'none' | 'several'
  /** What the step means for the sub-runs around it; undefined: nothing. */
  readonly branching?: Branching
  readonly props: P
  /** Run by the tests, printed in the reference pages. At least one. */
  readonly examples: readonly StepExample[]
  /**
   * Makes the operation, reading nothing at run time that is known now. Returns undefined when something was reported;
   * never throws because of the flow.
   */
  compile(props: Values<P>, context: StepContext): Operation | undefined | Promise<Operation | undefined>
}

/** Where the palette shows a step: the groups of Cloud Integration's editor. */
export type StepGroup =
  | 'Call'
  | 'Events'
  | 'Mapping'
  | 'Persistence'
  | 'Routing'
  | 'Security'
  | 'Transformation'
  | 'Validation'

/** What a fresh element of the newest known component version is, as Cloud Integration's editor writes it. */
export interface ElementTemplate {
  /** Default `callActivity`. */
  readonly tag?: 'endEvent' | 'exclusiveGateway' | 'parallelGateway' | 'serviceTask' | 'startEvent'
  /** The event's definition; undefined: none. */
  readonly event?: EventKind
  /** `cname` of the variant; default: the type of the step. */
  readonly cname?: string
  /** Version of the variant. Its first two numbers are the component version; undefined: it has none. */
  readonly version?: string
  /** Looping calls: the bound of the loop. Property `loopId` has the id of the element that holds it. */
  readonly loop?: { readonly maximum: number }
  /** What tells the step from others, and what only the original reads. */
  readonly properties: Readonly<Record<string, string>>
}

/**
 * `splits` and `multicasts` open sub-runs. `gathers` is where those of the innermost open step are brought together, `joins`
 * where those of the innermost multicast are.
 */
export type Branching = 'splits' | 'multicasts' | 'gathers' | 'joins'

/** A declaration as registries keep it, without the types of its properties. */
export interface Step extends Omit<StepDeclaration<Props>, 'compile'> {
  compile(props: never, context: StepContext): Operation | undefined | Promise<Operation | undefined>
}

/** What a step may ask while it is compiled. Methods that return undefined have reported why. */
export interface StepContext {
  readonly element: FlowNode
  /** The process that the step stands in. */
  readonly processId: string
  /** The sequence flows that leave the step, in document order, which is the order of evaluation. */
  readonly outgoing: readonly Outgoing[]
  readonly settings: FlowSettings
  readonly report: Report
  /** Reports at another element, such as a sequence flow. */
  reportAt(element: ModelElement): Report
  /** Compiles an expression of a language of the registry; mistakes are reported at `at`, by default the step. */
  value(language: string, source: string, at?: ModelElement): Promise<Evaluate<unknown> | undefined>
  condition(language: string, source: string, at?: ModelElement): Promise<Evaluate<boolean> | undefined>
  /** A file of the artifact by its path below `src/main/resources`, with or without a leading `/`. */
  resource(path: string): Uint8Array | undefined
  /** All files of the artifact by path below `src/main/resources`, for steps whose files refer to others. */
  readonly resources: ReadonlyMap<string, Uint8Array>
  /**
   * Another artifact that the flow refers to, such as a script collection, by its symbolic name. Undefined, and reported,
   * when there is none of this type.
   */
  artifact(id: string, type: BundleType): Bundle | undefined
  /** The same for an id that only a message knows: nothing is reported. Finds what was deployed when the flow was. */
  findArtifact(id: string, type: BundleType): Bundle | undefined
  /** Before the flow's first message, has the host make something ready; what is wrong then keeps the flow from starting. */
  beforeStart(prepare: Preparation['prepare']): void
  /** The local process with this BPMN id. */
  localProcess(id: string): Process | undefined
  /**
   * Where the sub-runs that the step opens are brought together. A splitter whose parts come to a join gets that join: the
   * parts end there.
   */
  readonly closing: Closing | undefined
  /** Start events that begin by themselves: adds to what the host registers. */
  startedBy(entryPoint: EntryPoint): void
  /**
   * The id of a process that begins behind the step and otherwise is the step's own: for messages that wait at the step and
   * go on in runs of their own. Undefined, and reported, where there is nothing behind the step, and in local processes.
   */
  processBehind(): string | undefined
  /** Whether a receiver channel starts at the step. */
  readonly hasReceiver: boolean
  /** The compiled receiver channel that starts at the step. */
  receiver(): Receiver | undefined
}

/** The step at which sub-runs end, and the transition that goes on there when all have. */
export interface Closing {
  readonly branching: 'gathers' | 'joins'
  readonly take: Take
}

/** A sequence flow that leaves a step, and the transition that follows it. */
export interface Outgoing {
  readonly flow: SequenceFlow
  readonly isDefault: boolean
  readonly take: Take
}

/** A message and what a step makes of it, in a flow that holds little more than the step. */
export interface StepExample {
  readonly title: string
  /** The properties of the element. */
  readonly properties?: Readonly<Record<string, string>>
  /** Sequence flows that leave a choosing step. Each leads to a step that sets the body to `body`. */
  readonly routes?: readonly ExampleRoute[]
  /** Body that the local process with id `Local` produces; an expression of the Simple language. */
  readonly localBody?: string
  /** Condition and bound of a looping call. */
  readonly loop?: { readonly condition: string; readonly maximum: number }
  /** What each sub-run of a splitter leaves, an expression of the Simple language; a Gather concatenates them. */
  readonly partReplies?: string
  /** What the receiver behind the step answers. */
  readonly receiverReplies?: string
  /** Files of the artifact, by path below `src/main/resources`. */
  readonly resources?: Readonly<Record<string, string>>
  /** What functions of scripts do to the message, by `FILE#FUNCTION`, where none can be run. */
  readonly scripts?: Readonly<Record<string, ExampleMessage>>
  /** What stylesheets make of the message, by file, where none can be run. */
  readonly stylesheets?: Readonly<Record<string, ExampleMessage>>
  readonly input?: ExampleMessage
  /** What is compared: the parts that are given. */
  readonly output?: ExampleMessage
  /** Default COMPLETED. */
  readonly status?: RunStatus
  readonly failure?: FailureCode
}

/** A route of a choosing step in an example. */
export interface ExampleRoute {
  /** Undefined: the default route. */
  readonly condition?: string
  readonly expressionType?: 'XML' | 'NonXML'
  readonly body: string
}

/** A message in plain values; parts that are left out are empty, or not compared. */
export interface ExampleMessage {
  readonly body?: string
  /** Instead of `body`: bytes in Base64. */
  readonly bytes?: string
  /** Texts by name, each of type `text/plain`. */
  readonly attachments?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly properties?: Readonly<Record<string, unknown>>
}

/** Declares a step; the types of the properties reach `compile` by inference. */
export function defineStep<const P extends Props>(declaration: StepDeclaration<P>): Step {
  return declaration
}
