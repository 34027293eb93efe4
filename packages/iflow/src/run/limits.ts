import type { Clock } from '../ports.ts'
import { Failure } from './failure.ts'
import type { RunControl } from './options.ts'

/** What a run may use up before it is ended as FAILED; no exception subprocess sees these failures. */
export interface RunLimits {
  /** Steps executed, local processes included. Each sub-run has as many of its own. Failure code `step-limit`. */
  readonly stepsMax: number
  /** Milliseconds on the clock port, checked before each step. Failure code `run-time-limit`. */
  readonly runTimeMsMax: number
  /** Local process calls, sub-runs and flows that call each other within each other. Failure code `call-depth`. */
  readonly callDepthMax: number
  /** Sub-runs in one run: parts of split messages and multicast branches together. Failure code `branch-limit`. */
  readonly branchesMax: number
  /** Sub-runs of one run at the same time. Further ones wait, which is no failure. */
  readonly concurrencyMax: number
}

/** 100,000 steps, 10 minutes, 50 calls within each other, 1,000,000 sub-runs, 50 of them at the same time. */
export const defaultRunLimits: RunLimits = {
  stepsMax: 100_000,
  runTimeMsMax: 600_000,
  callDepthMax: 50,
  branchesMax: 1_000_000,
  concurrencyMax: 50,
}

/** Chosen: steps that wait for nothing take less than 0.1 ms each. */
const stepsPerTurn = 100

/** What the meters of one run share. */
interface Tally {
  readonly endsAt: number
  readonly control: RunControl | undefined
  branches: number
  running: number
}

/** Counts what one run uses up. */
export class Meter {
  readonly #limits: RunLimits
  readonly #clock: Clock
  readonly #tally: Tally
  #steps = 0

  constructor(limits: RunLimits, clock: Clock, control?: RunControl, tally?: Tally) {
    this.#limits = limits
    this.#clock = clock
    this.#tally = tally ?? { endsAt: clock.now() + limits.runTimeMsMax, control, branches: 0, running: 0 }
  }

  /** How many more sub-runs may be running at the same time. */
  get concurrency(): number {
    return this.#limits.concurrencyMax - this.#tally.running
  }

  /** Whether the next step should leave a turn to other messages: flows may lead back to where they come from. */
  get endsTurn(): boolean {
    return this.#steps % stepsPerTurn === 0
  }

  /** Call before each step. Throws a `Failure` when a limit is passed, or the run was cancelled. */
  step(): void {
    this.#steps += 1
    if (this.#steps > this.#limits.stepsMax) {
      throw new Failure(`Expected at most ${this.#limits.stepsMax} steps in one run, found more.`, {
        code: 'step-limit',
      })
    }
    if (this.#tally.control?.isCancelled) throw new Failure('The run was cancelled.', { code: 'cancelled' })
    if (this.#clock.now() > this.#tally.endsAt) {
      throw new Failure(
        `Expected the run to take at most ${this.#limits.runTimeMsMax} ms, found that it takes longer.`,
        {
          code: 'run-time-limit',
        },
      )
    }
  }

  /** Call with the depth that a process call or sub-run leads to. Throws a `Failure` when it is too deep. */
  call(depth: number): void {
    if (depth > this.#limits.callDepthMax) {
      throw new Failure(`Expected at most ${this.#limits.callDepthMax} calls within each other, found more.`, {
        code: 'call-depth',
      })
    }
  }

  /** The meter of a new sub-run; call its `finished` in the end. Throws a `Failure` when there are too many. */
  branch(): Meter {
    this.#tally.branches += 1
    if (this.#tally.branches > this.#limits.branchesMax) {
      const message = `Expected at most ${this.#limits.branchesMax} parts and branches in one run, found more.`
      throw new Failure(message, { code: 'branch-limit' })
    }
    this.#tally.running += 1
    return new Meter(this.#limits, this.#clock, undefined, this.#tally)
  }

  /** The sub-run has ended. */
  finished(): void {
    this.#tally.running -= 1
  }
}

const limitCodes: ReadonlySet<string> = new Set([
  'branch-limit',
  'call-depth',
  'cancelled',
  'run-time-limit',
  'step-limit',
])

/** Failures that end the run whatever the flow says. */
export function isLimit(failure: Failure): boolean {
  return limitCodes.has(failure.code)
}
