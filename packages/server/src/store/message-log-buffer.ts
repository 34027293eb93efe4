import type { MessageLog } from './store.ts'

/** The time of the store; tests pass one they set. */
export interface StoreTimers {
  now(): number
  /** Calls back once after `ms` milliseconds; the result cancels. */
  after(ms: number, callback: () => void): () => void
}

export interface MessageLogBufferOptions {
  readonly timers: StoreTimers
  readonly flushIntervalMs: number
  /** `drained` waits while more rows than this are buffered. */
  readonly maxBufferedLogs: number
  /** Told of rows that could not be written. */
  readonly onLostLogs: (error: unknown, count: number) => void
}

/** Rows that make a group worth writing before the interval is over; keeps one write well under 10 ms. */
const FLUSH_ROWS = 256
/** The same in bytes of attachments. */
const FLUSH_BYTES = 1024 * 1024
/** `drained` waits while more bytes of attachments than this are buffered. */
const BUFFERED_BYTES_MAX = 64 * 1024 * 1024

/**
 * Collects logs and writes them in groups, one at a time. A log replaces an earlier one of its GUID that is still here, so
 * that a short run costs one row and no update.
 */
export class MessageLogBuffer {
  readonly #write: (logs: readonly MessageLog[]) => Promise<void>
  readonly #options: MessageLogBufferOptions
  #waiting = new Map<string, MessageLog>()
  /** Bytes of attachments among them. */
  #waitingBytes = 0
  /** Handed to the writer and not yet committed: rows, and bytes of attachments. */
  #writing = 0
  #writingBytes = 0
  #flushing: Promise<void> = Promise.resolve()
  #cancelTimer: (() => void) | undefined

  constructor(write: (logs: readonly MessageLog[]) => Promise<void>, options: MessageLogBufferOptions) {
    this.#write = write
    this.#options = options
  }

  add(log: MessageLog): void {
    this.#waiting.set(log.messageGuid, log)
    if (log.details) this.#waitingBytes += bytesOf(log)
    // In one commit with what its queue says of it: whoever deletes the message there cancels its log here.
    const isRetry = log.status === 'RETRY'
    if (this.#waiting.size === FLUSH_ROWS || this.#waitingBytes >= FLUSH_BYTES || isRetry) void this.flush()
    else this.#cancelTimer ??= this.#options.timers.after(this.#options.flushIntervalMs, () => void this.flush())
  }

  /** Resolves when everything added so far is committed, or reported as lost. */
  flush(): Promise<void> {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    if (this.#waiting.size === 0) return this.#flushing
    const logs = [...this.#waiting.values()]
    const bytes = this.#waitingBytes
    this.#waiting = new Map()
    this.#waitingBytes = 0
    this.#writing += logs.length
    this.#writingBytes += bytes
    const previous = this.#flushing
    // One after the other: two groups may hold the same GUID, and the later row must win.
    this.#flushing = previous
      .then(() => this.#commit(logs))
      .then(() => {
        this.#writing -= logs.length
        this.#writingBytes -= bytes
      })
    return this.#flushing
  }

  async drained(): Promise<void> {
    while (
      this.#waiting.size + this.#writing > this.#options.maxBufferedLogs ||
      this.#waitingBytes + this.#writingBytes > BUFFERED_BYTES_MAX
    ) {
      await this.flush()
    }
  }

  async #commit(logs: readonly MessageLog[]): Promise<void> {
    try {
      await this.#write(logs)
    } catch {
      await this.#commitOneByOne(logs)
    }
  }

  async #commitOneByOne(logs: readonly MessageLog[]): Promise<void> {
    const results = await Promise.allSettled(logs.map(log => this.#write([log])))
    const lost = results.filter(result => result.status === 'rejected')
    if (lost[0]) this.#options.onLostLogs(lost[0].reason, lost.length)
  }
}

function bytesOf({ details }: MessageLog): number {
  return details?.attachments.reduce((sum, { content }) => sum + content.length, 0) ?? 0
}
