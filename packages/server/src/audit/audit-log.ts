import type { Logger } from 'pino'
import type { AuditEvent, AuditRows } from '../store/store.ts'
import { packIssues } from './pack-issues.ts'
import { RepeatedFailures } from './repeated-failures.ts'

export interface AuditLogOptions {
  readonly rows: Pick<AuditRows, 'append' | 'begin'>
  readonly clock: { now(): number }
  readonly log: Pick<Logger, 'error'>
}

type TimedEvent = AuditEvent & { readonly time: number }

/** How long an event may wait for company before it is written, in milliseconds: what a crash can lose of what is `record`ed. */
export const auditFlushMs = 250

/** Events that are worth a write before that. */
const flushEvents = 1_000

/** Characters of a text that callers choose. */
const textMax = 300

/** The same of IDs, which may be several. */
const idMax = 1_000

/** The same where nobody knows who it was: anybody can ask for anything. */
const anonymousIdMax = 100

/** Changes that one event names. */
const changesMax = 100

/**
 * The audit log. Changes that people make are written before they are answered (`write`); what happens thousands of times a
 * second is written behind (`record`). Identical failures within a minute are counted, not repeated.
 */
export class AuditLog {
  readonly #options: AuditLogOptions
  readonly #failures = new RepeatedFailures()
  #waiting: TimedEvent[] = []
  /** What was begun and is told of by what waits, or was counted. */
  #told: number[] = []
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #failuresTimer: NodeJS.Timeout | undefined

  constructor(options: AuditLogOptions) {
    this.#options = options
  }

  /**
   * Keeps what is going to be told of a change, so that it is in the log even if the server ends before `write` or `record`, which
   * take what this resolves with when it is on disk. Rejects where it cannot be: then the change must not be made.
   */
  begin(event: AuditEvent): Promise<number> {
    return this.#options.rows.begin(this.rowOf(event))
  }

  /** Makes a change that is in the log however it ends; `work` is what makes it. */
  async change<T>(event: AuditEvent, work: () => Promise<T>): Promise<T> {
    const begun = await this.begin(event)
    const result = await work().catch((error: unknown) => {
      this.record({ ...event, reason: 'the server failed' }, begun)
      throw error
    })
    await this.write(event, begun)
    return result
  }

  /** Returns at once; the event is on disk 250 ms later at most, or counted if it is a failure that repeats. */
  record(event: AuditEvent, begun?: number): void {
    const time = this.#options.clock.now()
    if (event.reason === undefined) this.#waiting.push({ ...event, time })
    else this.#recordFailure(limited(event), time)
    if (begun !== undefined) this.#told.push(begun)
    const waiting = Math.max(this.#waiting.length, this.#told.length)
    if (waiting >= flushEvents) void this.flush()
    else if (waiting > 0) this.#timer ??= setTimeout(() => void this.flush(), auditFlushMs).unref()
  }

  /** Resolves when the event is on disk. Where it cannot be, the server's log has it: what it tells of has happened. */
  async write(event: AuditEvent, begun?: number): Promise<void> {
    const { rows, log } = this.#options
    const row = this.rowOf(event)
    try {
      await rows.append([row], begun === undefined ? [] : [begun])
    } catch (error) {
      log.error({ err: error, event: row }, 'an event of the audit log could not be written')
      throw error
    }
  }

  /** The event as it is to be written in a transaction of the store. */
  rowOf(event: AuditEvent): TimedEvent {
    return { ...limited(event), time: this.#options.clock.now() }
  }

  /** Resolves when everything recorded so far is on disk, or reported as lost. */
  flush(): Promise<void> {
    return this.#flush(this.#options.clock.now())
  }

  /** Writes all that is known, also of a minute that is not over. */
  close(): Promise<void> {
    clearTimeout(this.#failuresTimer)
    return this.#flush(Number.POSITIVE_INFINITY)
  }

  #recordFailure(event: AuditEvent, now: number): void {
    this.#waiting.push(...this.#failures.due(now))
    if (this.#failures.admit(event, now)) this.#waiting.push({ ...event, time: now })
    else this.#awaitEndOfMinute(now)
  }

  #awaitEndOfMinute(now: number): void {
    const end = this.#failures.end
    if (end === undefined) return
    this.#failuresTimer ??= setTimeout(
      () => {
        this.#failuresTimer = undefined
        void this.flush()
        this.#awaitEndOfMinute(this.#options.clock.now())
      },
      Math.max(1_000, end - now),
    ).unref()
  }

  #flush(now: number): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const events = [...this.#waiting, ...this.#failures.due(now)]
    const told = this.#told
    this.#waiting = []
    this.#told = []
    if (events.length + told.length > 0) this.#writing = this.#writing.then(() => this.#append(events, told))
    return this.#writing
  }

  async #append(events: readonly TimedEvent[], told: readonly number[]): Promise<void> {
    try {
      await this.#options.rows.append(packIssues(events), told)
    } catch (error) {
      this.#options.log.error({ err: error, count: events.length }, 'events of the audit log could not be written')
    }
  }
}

function limited<Event extends AuditEvent>(event: Event): Event {
  const { id, user, clientId, reason, changes } = event
  const isAnonymous = reason !== undefined && user === undefined && clientId === undefined
  const texts = {
    id: cut(id, isAnonymous ? anonymousIdMax : idMax),
    user: cut(user),
    clientId: cut(clientId),
    reason: cut(reason),
  }
  if (changes === undefined) return { ...event, ...texts }
  const more = changes.length - changesMax
  const named = changes.slice(0, changesMax).map(name => cut(name))
  return { ...event, ...texts, changes: more > 0 ? [...named, `… and ${more} more`] : named }
}

function cut(text: string, max?: number): string
function cut(text: string | undefined, max?: number): string | undefined
function cut(text: string | undefined, max = textMax): string | undefined {
  return text !== undefined && text.length > max ? `${text.slice(0, max - 1)}…` : text
}
