import type { EntryPoint } from '../compile/entry-point.ts'
import type { DiagnosticLocation } from '../diagnostic.ts'
import type { Ports } from '../ports.ts'
import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'
import type { RunScope } from './scope.ts'

/**
 * A compiled flow: an immutable graph in which every successor is a reference, so that running it looks nothing up.
 * One plan serves any number of runs at the same time.
 */
export interface Plan {
  /** Symbolic name of the artifact. */
  readonly flowId: string
  readonly flowName: string
  /** Version of the artifact, for example `1.0.3`. */
  readonly version: string
  readonly settings: FlowSettings
  /** What the host registers when the flow is started. */
  readonly entryPoints: readonly EntryPoint[]
  /** By BPMN id; local processes included. */
  readonly processes: ReadonlyMap<string, Process>
  /** By BPMN id, every step and event: where a section may begin and end. */
  readonly nodes: ReadonlyMap<string, PlanNode>
  /** What the host is asked to make ready before the first message. See `prepareFlow`. */
  readonly preparations: readonly Preparation[]
}

/** Something that has to be ready before a flow can run, such as a script. */
export interface Preparation {
  readonly at: DiagnosticLocation
  /** Resolves with what is wrong, a sentence each, in the pattern "Expected …, found …". */
  prepare(ports: PreparationPorts): Promise<readonly string[]>
}

/** The hosts of what flows bring along. */
export type PreparationPorts = Pick<Ports, 'heavyWork' | 'scripts' | 'stylesheets'>

/** Settings of the whole flow. */
export interface FlowSettings {
  /** Whether `allowedHeaderList` lets a sender's header of this name in. */
  allowsHeader(name: string): boolean
  /** `namespaceMapping`: prefix to namespace URI, for XPath expressions. */
  readonly namespaces: ReadonlyMap<string, string>
  /** `returnExceptionToSender`: whether the sender of a failed message may read the failure's text. */
  readonly exposeFailure: boolean
  /** `httpSessionHandling`: how long receivers' cookies are kept, for a message or for all messages of the flow. */
  readonly sessions: 'none' | 'exchange' | 'flow'
}

/** What a transaction covers: what flows keep in data stores and variables, or what they put into queues. */
export type TransactionKind = 'data-stores' | 'queues'

/** An integration process or local integration process, ready to run. */
export interface Process {
  readonly id: string
  readonly name: string
  /** `integration`: entered by a channel or an event; `local`: entered by a process call. */
  readonly kind: 'integration' | 'local'
  /** What it keeps back until it has ended well, if anything. A caller's transaction of the same kind includes it. */
  readonly transaction: TransactionKind | undefined
  readonly start: PlanNode
  /** The start of the exception subprocess, where the process has one. */
  readonly onFailure: PlanNode | undefined
}

/** One step, ready to run. */
export interface PlanNode {
  readonly id: string
  readonly name: string
  readonly processId: string
  /** Whether it lies in the exception subprocess of its process. */
  readonly isHandling: boolean
  readonly run: Operation
  /** The target of the only outgoing sequence flow; undefined where the path ends, or where the step chooses. */
  readonly next: PlanNode | undefined
}

/**
 * What a step does to the exchange. It returns nothing to go on along the only outgoing flow, or says where to go.
 * An operation that need not wait must not return a promise: that is what keeps small flows fast.
 * Throws a `Failure` for the world's mistakes; anything else that is thrown counts as a bug and fails the whole run.
 */
export type Operation = (
  exchange: Exchange,
  scope: RunScope,
) => Transition | undefined | Promise<Transition | undefined>

/** Where a run goes after a step. Transitions are made when the flow is compiled, not while it runs. */
export type Transition = Take | End | Stop

/** Go on along one of several sequence flows, or where sub-runs are brought together. */
export interface Take {
  readonly kind: 'take'
  /** Undefined where sub-runs are brought together: each came along its own. */
  readonly flowId: string | undefined
  readonly target: PlanNode
}

/** The path ends here. What that means depends on where the step is: see `Executor`. */
export interface End {
  readonly kind: 'end'
  /** `completed`: all is done. `raised`: throw to whoever handles failures. `escalated`: ask people to look. */
  readonly how: 'completed' | 'raised' | 'escalated'
  /** For the message of the failure that `raised` and `escalated` make: what the event says. */
  readonly reason: string
}

/** The whole run ends here, in whatever process the step is. */
export interface Stop {
  readonly kind: 'stop'
  readonly status: 'COMPLETED' | 'ESCALATED'
  /** For `ESCALATED`: the failure that the run's result has. */
  readonly failure: Failure | undefined
}
