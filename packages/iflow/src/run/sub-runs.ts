import type { Exchange } from './exchange.ts'
import type { Failure } from './failure.ts'
import { isLimit } from './limits.ts'
import type { RunScope, SubRun, SubRunEnding } from './scope.ts'

/** How the sub-runs of one step are run. */
export interface SubRunsPolicy {
  /** How many at the same time; with 1 each begins when the one before has ended. */
  readonly width: number
  /** Whether none is started after one has failed. */
  readonly stopsOnFailure: boolean
  /** After so many milliseconds none is started, and what arrives is left out. */
  readonly timeoutMs?: number | undefined
}

/** What became of the sub-runs of one step. */
export interface SubRunsOutcome {
  readonly count: number
  /** The messages of those that arrived at their `until` or failed on the way, in the order of their start. */
  readonly arrived: readonly Exchange[]
  /** The message of the last one that did not fail. */
  readonly last: Exchange | undefined
  /** The first failure that a sub-run did not handle. */
  readonly failure: Failure | undefined
}

/** How long sub-runs, or the runs of a loop, may keep others from their turn, in milliseconds. */
export const turnMs = 10

/**
 * Runs all sub-runs of a source, at most `width` at the same time. The source is asked for the next one when there is room
 * for it; it may give undefined while it looks for one, so that others get their turn meanwhile, or a promise of what it
 * waits for. Returns the outcome itself when nothing had to wait. Throws the `Failure` of the source, or of a limit, when
 * those that run have ended.
 */
export function runAll(
  source: Iterator<SubRun | undefined | Promise<void>>,
  policy: SubRunsPolicy,
  scope: RunScope,
): SubRunsOutcome | Promise<SubRunsOutcome> {
  return new SubRuns(source, policy, scope).run()
}

class SubRuns {
  readonly #source: Iterator<SubRun | undefined | Promise<void>>
  readonly #policy: SubRunsPolicy
  readonly #scope: RunScope
  readonly #startedAt: number
  /** By index; those that did not arrive are missing. */
  readonly #arrived: Exchange[] = []
  readonly #running = new Set<Promise<void>>()
  #turnBegan: number
  #count = 0
  #last: { readonly index: number; readonly exchange: Exchange } | undefined
  #failure: Failure | undefined
  /** What is thrown in the end: the failure of the source, or a bug. */
  #error: { readonly thrown: unknown } | undefined
  #isExhausted = false

  constructor(source: Iterator<SubRun | undefined | Promise<void>>, policy: SubRunsPolicy, scope: RunScope) {
    this.#source = source
    this.#policy = policy
    this.#scope = scope
    this.#startedAt = scope.ports.clock.now()
    this.#turnBegan = this.#startedAt
  }

  run(): SubRunsOutcome | Promise<SubRunsOutcome> {
    const pending = this.#advance()
    return pending === undefined ? this.#outcome() : this.#resume(pending)
  }

  /** Starts sub-runs as long as there is room and time; returns what to wait for before going on. */
  #advance(): Promise<unknown> | undefined {
    const { clock, turns } = this.#scope.ports
    while (this.#hasRoom()) {
      const now = clock.now()
      if (this.#isTimedOut(now)) break
      if (now - this.#turnBegan > turnMs) {
        this.#turnBegan = Number.POSITIVE_INFINITY
        return turns.next()
      }
      const subRun = this.#next()
      if (subRun instanceof Promise) return subRun.catch(thrown => this.#broke(thrown))
      if (subRun !== undefined) this.#start(subRun)
    }
    return this.#running.size === 0 ? undefined : Promise.race(this.#running)
  }

  async #resume(first: Promise<unknown>): Promise<SubRunsOutcome> {
    let pending: Promise<unknown> | undefined = first
    while (pending !== undefined) {
      await pending
      this.#turnBegan = this.#scope.ports.clock.now()
      pending = this.#advance()
    }
    return this.#outcome()
  }

  #hasRoom(): boolean {
    const { size } = this.#running
    const isOver = this.#isExhausted || this.#error !== undefined || (this.#failure && this.#policy.stopsOnFailure)
    return !isOver && size < this.#policy.width && (size === 0 || this.#scope.concurrency > 0)
  }

  #isTimedOut(now: number): boolean {
    const { timeoutMs } = this.#policy
    return timeoutMs !== undefined && now - this.#startedAt > timeoutMs
  }

  #next(): SubRun | undefined | Promise<void> {
    try {
      const { value, done } = this.#source.next()
      if (done === true) this.#isExhausted = true
      return done === true ? undefined : value
    } catch (thrown) {
      this.#broke(thrown)
      return undefined
    }
  }

  #broke(thrown: unknown): void {
    this.#error ??= { thrown }
  }

  #start(subRun: SubRun): void {
    this.#count += 1
    try {
      const ending = this.#scope.branchOff(subRun)
      if (ending instanceof Promise) this.#wait(subRun, ending)
      else this.#settle(subRun, ending)
    } catch (thrown) {
      this.#broke(thrown)
    }
  }

  #wait(subRun: SubRun, ending: Promise<SubRunEnding>): void {
    const waiting: Promise<void> = ending
      .then(
        settled => this.#settle(subRun, settled),
        thrown => this.#broke(thrown),
      )
      .then(() => void this.#running.delete(waiting))
    this.#running.add(waiting)
  }

  #settle({ index, exchange, until }: SubRun, ending: SubRunEnding): void {
    if (ending.kind === 'failed' && isLimit(ending.failure)) this.#error ??= { thrown: ending.failure }
    if (this.#isTimedOut(this.#scope.ports.clock.now())) return
    if (ending.kind === 'failed') this.#failure ??= ending.failure
    else if (index >= (this.#last?.index ?? 0)) this.#last = { index, exchange }
    if (until !== undefined && ending.kind !== 'ended') this.#arrived[index] = exchange
  }

  #outcome(): SubRunsOutcome {
    if (this.#error !== undefined) throw this.#error.thrown
    return {
      count: this.#count,
      // Leaves out those that are missing.
      arrived: this.#arrived.flat(),
      last: this.#last?.exchange,
      failure: this.#failure,
    }
  }
}
