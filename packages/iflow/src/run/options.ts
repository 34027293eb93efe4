import type { Ports } from '../ports.ts'
import type { RunLimits } from './limits.ts'
import type { RunObserver } from './trace.ts'

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
  /** Limits that differ from `defaultRunLimits`. */
  readonly limits?: Partial<RunLimits>
}
