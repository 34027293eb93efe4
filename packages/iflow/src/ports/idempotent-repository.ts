/** Which messages Idempotent Process Call steps have processed. */
export interface IdempotentRepository {
  contains(key: ProcessedMessage): Promise<boolean>
  /** Resolves when it is on disk. `expiresAt`: milliseconds since 1970; from then on the message is not known any more. */
  add(key: ProcessedMessage, expiresAt: number): Promise<void>
}

/** A message at a step. */
export interface ProcessedMessage {
  readonly flowId: string
  /** BPMN id of the step. */
  readonly stepId: string
  readonly messageId: string
}
