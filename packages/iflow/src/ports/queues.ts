/** The tenant's message queues. What is in them outlasts the server. */
export interface Queues {
  /**
   * Puts all messages into their queues, or none. Queues that do not exist are created. Resolves when the messages are on
   * disk. Rejects with a `Failure` of code `queue` when a queue has the other access type.
   */
  put(messages: readonly OutgoingMessage[]): Promise<void>
}

/** How a queue is consumed: by many at a time in any order, or one message after the other in the order of arrival. */
export type QueueAccess = 'exclusive' | 'non-exclusive'

/** A value that travels through queues. */
export type QueueValue = string | number | boolean

/** What travels through a queue. */
export interface QueuedContent {
  readonly body: string | Uint8Array | null
  readonly headers: readonly (readonly [name: string, value: QueueValue])[]
  readonly properties: readonly (readonly [name: string, value: QueueValue])[]
  readonly attachments: readonly QueuedAttachment[]
}

/** A file beside the body. */
export interface QueuedAttachment {
  readonly name: string
  readonly contentType: string
  readonly body: string | Uint8Array | null
}

/** A message on its way into a queue. Times are milliseconds since 1970. */
export interface OutgoingMessage {
  readonly queue: string
  readonly access: QueueAccess
  readonly content: QueuedContent
  /** Of the run that puts it. */
  readonly messageGuid: string
  readonly correlationId: string
  readonly createdAt: number
  /** From then on it counts as overdue. */
  readonly overdueAt: number
  /** From then on it is as good as deleted. */
  readonly expiresAt: number
  readonly compressed: boolean
  readonly encrypted: boolean
}

/** A message that is delivered. */
export interface DeliveredMessage {
  /** Unique among all messages of all queues. */
  readonly id: string
  readonly queue: string
  readonly content: QueuedContent
  readonly createdAt: number
  readonly overdueAt: number
  readonly expiresAt: number
  /** How often its processing has failed or was cut short. */
  readonly retries: number
}
