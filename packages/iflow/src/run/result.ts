import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'

/** Message processing status, in the words of the original's message processing log. */
export type RunStatus = 'COMPLETED' | 'FAILED' | 'ESCALATED'

/** What a finished run leaves behind. A run never rejects because of its message; a rejection is a bug. */
export interface RunResult {
  readonly status: RunStatus
  /** The message as the last step left it: what is returned to the sender. */
  readonly exchange: Exchange
  /** Present when the status is FAILED, and of code `escalation` when it is ESCALATED. */
  readonly failure: Failure | undefined
  /** What the run wrote into its message processing log. */
  readonly log: RunLog
  /** The flow's `returnExceptionToSender`: whether the sender may read the failure's text. */
  readonly exposeFailure: boolean
}

/** Values that the engine collects from reserved headers and properties for the message processing log. */
export interface RunLog {
  readonly messageGuid: string
  readonly correlationId: string
  /** Header `SAP_ApplicationID`. */
  readonly applicationMessageId: string | undefined
  /** Header `SAP_MessageType`, at most 100 characters. */
  readonly applicationMessageType: string | undefined
  /** Header `SAP_Sender`. */
  readonly sender: string | undefined
  /** Header `SAP_Receiver`. */
  readonly receiver: string | undefined
  /** Property `SAP_MessageProcessingLogCustomStatus`, at most 40 characters. */
  readonly customStatus: string | undefined
}
