import type { DeliveredMessage, OutgoingMessage, QueueAccess, QueuedContent } from '@sluice/iflow'
import type { Listable } from './store.ts'

/** `ready`: waits, or failed and waits for its next try. `claimed`: is being processed. `blocked`: is a dead letter. */
export type QueueState = 'ready' | 'claimed' | 'blocked'

/** A message in a queue without its content. */
export interface QueueEntry extends Omit<DeliveredMessage, 'content'> {
  /** Of the run that put it. */
  readonly messageGuid: string
  readonly correlationId: string
  readonly state: QueueState
  /** When it may be tried. */
  readonly nextAt: number
  /** Runs that failed. */
  readonly failures: number
  /** Runs that ended with their server. */
  readonly crashes: number
  /** Message processing log of the runs that failed. */
  readonly runGuid: string | undefined
}

/** A message that is to be processed now. */
export interface ClaimedMessage extends QueueEntry, DeliveredMessage {}

/** A queue and what is in it; dead letters are among the entries. */
export interface QueueSummary {
  readonly name: string
  readonly access: QueueAccess
  /** False while it is stopped: messages are put into it, and none is taken out. */
  readonly isActive: boolean
  readonly entries: number
  /** Of the contents as they are stored. */
  readonly bytes: number
}

/** What all queues together have and may still get. */
export interface QueueTotals {
  readonly queues: number
  /** Of all contents as they are stored. */
  readonly bytes: number
  /** What the disk has left. */
  readonly availableBytes: number
}

/** A queue that is not used as it was opened. */
export interface QueueConflict {
  readonly queue: string
  readonly access: QueueAccess
  readonly found: QueueAccess
}

/**
 * Message queues. A claim is a lease for as long as the server lives: one server at a time holds the data directory, and
 * when it starts `recover` returns what the last one had. Everything that makes a message claimable emits `queues`.
 */
export interface Queues {
  /** Creates the queue when there is none; resolves with the access type that it has. */
  open(name: string, access: QueueAccess): Promise<QueueAccess>
  /**
   * Puts all messages into their queues, created when there are none; resolves when they are on disk. Puts none when a queue
   * has another access type, and resolves with that queue.
   */
  put(messages: readonly OutgoingMessage[]): Promise<QueueConflict | undefined>
  /** Takes up to `count` messages that are due, the longest due first; of an exclusive queue only its first message; of a stopped queue none. */
  claim(queue: string, access: QueueAccess, count: number, now: number): Promise<ClaimedMessage[]>
  /** When the next message is due; undefined when none waits, or the queue is stopped. */
  nextDue(queue: string): Promise<number | undefined>
  /** Deletes a message that was processed. */
  complete(message: QueueEntry): Promise<void>
  /** One more failure; it may be tried again at `nextAt`. `runGuid`: message processing log of the run. */
  fail(message: QueueEntry, nextAt: number, runGuid: string): Promise<void>
  /** Makes it a dead letter. */
  block(message: QueueEntry, failures: number, runGuid?: string): Promise<void>
  /** Call once, before the first claim: what a dead server had claimed has crashed once more. Resolves with how many. */
  recover(): Promise<number>
  /** By name. `bytesMax` is what one queue may hold: how full queues are is seen against it. */
  all(bytesMax: number): Listable<QueueSummary>
  find(name: string): Promise<QueueSummary | undefined>
  totals(): Promise<QueueTotals>
  /** Stops a queue, or starts it again. False when there is none. */
  setActive(name: string, isActive: boolean): Promise<boolean>
  /** Messages of one queue, or of all, in the order of arrival. */
  entries(queue?: string): Listable<QueueEntry>
  entry(queue: string, id: string): Promise<QueueEntry | undefined>
  /** Undefined when there is none. */
  content(queue: string, id: string): Promise<QueuedContent | undefined>
  /** Lets one message, or all, be tried now, dead letters included; resolves with how many. */
  retry(queue: string, id?: string): Promise<number>
  /** Moves one message, or all, to another queue, which must exist; resolves with how many. */
  move(queue: string, target: string, id?: string): Promise<number>
  /**
   * Deletes the message whose next try this message processing log waits for, and ends the log as CANCELLED. False when there is
   * none, or it is being processed.
   */
  cancel(runGuid: string, now: number): Promise<boolean>
  /** False when there is none, or it is being processed. A log that waits for its next try becomes CANCELLED. */
  deleteMessage(queue: string, id: string): Promise<boolean>
  /** Also deletes its messages, as `deleteMessage` does. False when there was none. */
  delete(name: string): Promise<boolean>
  /** Deletes at most `limit` expired messages; resolves with how many. */
  deleteExpired(now: number, limit: number): Promise<number>
}
