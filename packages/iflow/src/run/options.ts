import type { Ports } from '../ports.ts'
import type { RunLimits } from './limits.ts'
import type { PlanNode } from './plan.ts'
import type { RunObserver } from './trace.ts'

/** What may change while a run goes on. */
export interface RunControl {
  readonly isCancelled: boolean
}

/**
 * A part of a flow to be run: from one step or event up to another, both included. The message enters `from` as it is, in an
 * exception subprocess as after a failure. Behind `to` nothing runs any more: a part of a split message, or a branch, that gets
 * there ends, the others go on, and what would bring them together is left out.
 */
export interface Section {
  /** Of the process that is run; undefined: its start. */
  readonly from: PlanNode | undefined
  /** In whatever process; undefined: the end of the process. */
  readonly to: PlanNode | undefined
}

/** What a run is given besides the plan and the message. */
export interface RunOptions {
  readonly ports: Ports
  /** Id of the message processing log: header and property `SAP_MessageProcessingLogID`. */
  readonly messageGuid: string
  /** Shared by all runs that one message causes: header `SAP_MplCorrelationId`. */
  readonly correlationId: string
  readonly observer?: RunObserver | undefined
  /** How much the run is to leave behind, for scripts that ask; INFO when nothing is said. */
  readonly logLevel?: string
  /** `RunScope.callDepth` of the step that calls this flow; 0 when none does. */
  readonly callDepth?: number
  /** Asked before each step: a run that is cancelled ends as FAILED, with a failure of code `cancelled`. */
  readonly control?: RunControl
  /** Undefined: the whole process. */
  readonly section?: Section | undefined
  /** Limits that differ from `defaultRunLimits`. */
  readonly limits?: Partial<RunLimits>
}
