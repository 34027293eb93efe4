import type { Body } from './body.ts'
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
  /** In the order in which they were added. */
  readonly attachments: readonly LogAttachment[]
  /** Names and values, in the order in which they were added; a name may be repeated. */
  readonly customHeaders: readonly LogProperty[]
  /** As `customHeaders`, but cannot be searched for. */
  readonly stringProperties: readonly LogProperty[]
  /** What adapters said about messages of their own, in that order. */
  readonly adapterAttributes: readonly AdapterAttribute[]
}

/** What an adapter says about a message that it exchanged with another system. */
export interface AdapterAttribute {
  /** The adapter's component type, for example `Mail`. */
  readonly adapterId: string
  /** Names the message among those of the adapter, for example the `Message-ID` of a mail. */
  readonly adapterMessageId: string
  readonly name: string
  readonly value: string
}

/** A file that a step put beside the message processing log, for people to read. */
export interface LogAttachment {
  readonly name: string
  /** For example `text/plain`. */
  readonly contentType: string
  readonly body: Body
}

/** A name and a value in a message processing log. */
export type LogProperty = readonly [name: string, value: string]

/** What steps write to the message processing log of the run besides what the engine collects. */
export interface LogWriter {
  attach(attachment: LogAttachment): void
  addCustomHeader(name: string, value: string): void
  setStringProperty(name: string, value: string): void
  addAdapterAttribute(attribute: AdapterAttribute): void
}
