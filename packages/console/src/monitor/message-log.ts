/** A message processing log, as lists and pages of messages ask for it. */
export interface MessageLog {
  readonly MessageGuid: string
  readonly CorrelationId: string | null
  readonly ApplicationMessageId: string | null
  readonly ApplicationMessageType: string | null
  readonly IntegrationFlowName: string
  readonly Status: string
  readonly CustomStatus: string | null
  readonly LogLevel: string | null
  readonly LogStart: string
  readonly LogEnd: string | null
  readonly Sender: string | null
  readonly Receiver: string | null
  readonly IntegrationArtifact: { readonly Name: string; readonly PackageName: string | null }
}

/** A message processing log with its parts. */
export interface FullMessageLog extends MessageLog {
  readonly CustomHeaderProperties: Related<{
    readonly Id: string
    readonly Name: string
    readonly Value: string | null
  }>
  readonly AdapterAttributes: Related<AdapterAttribute>
  readonly Attachments: Related<Attachment>
  readonly Runs: Related<Run>
}

interface Related<Entity> {
  readonly results: readonly Entity[]
}

export interface AdapterAttribute {
  readonly Id: string
  readonly AdapterId: string | null
  readonly AdapterMessageId: string | null
  readonly Name: string | null
  readonly Value: string | null
}

export interface Attachment {
  readonly Id: string
  readonly Name: string | null
  readonly ContentType: string | null
  /** Bytes. */
  readonly PayloadSize: string | null
  readonly TimeStamp: string | null
}

export interface Run {
  readonly Id: string
  readonly RunStart: string
  readonly RunStop: string | null
  readonly LogLevel: string | null
  readonly OverallState: string
}

/** A step of a run. */
export interface RunStep {
  readonly RunId: string
  readonly ChildCount: number
  readonly StepStart: string | null
  readonly StepStop: string | null
  readonly ModelStepId: string | null
  readonly BranchId: string | null
  readonly Status: string
  readonly Error: string | null
  readonly Activity: string | null
}

/** Whether the message may still change by itself. */
export function isUnderWay({ Status }: MessageLog): boolean {
  return Status === 'PROCESSING' || Status === 'RETRY'
}
