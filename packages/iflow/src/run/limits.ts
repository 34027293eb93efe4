import type { Clock } from '../ports.ts'
import { Failure } from './failure.ts'

/** What a run may use up before it is ended as FAILED; no exception subprocess sees these failures. */
export interface RunLimits {
  /** Steps executed, local processes included. Failure code `step-limit`. */
  readonly stepsMax: number
  /** Milliseconds on the clock port, checked before each step. Failure code `run-time-limit`. */
  readonly runTimeMsMax: number
  /** Local process calls within each other. Failure code `call-depth`. */
  readonly callDepthMax: number
}

/** 100,000 steps, 10 minutes, 50 calls within each other. */
export const defaultRunLimits: RunLimits = { stepsMax: 100_000, runTimeMsMax: 600_000, callDepthMax: 50 }

/** Counts what one run uses up. */
export class Meter {
  readonly #limits: RunLimits
  readonly #clock: Clock
  readonly #endsAt: number
  #steps = 0

  constructor(limits: RunLimits, clock: Clock) {
    this.#limits = limits
    this.#clock = clock
    this.#endsAt = clock.now() + limits.runTimeMsMax
  }

  /** Steps so far. */
  get steps(): number {
    return this.#steps
  }

  /** Call before each step. Throws a `Failure` when a limit is passed. */
  step(): void {
    this.#steps += 1
    if (this.#steps > this.#limits.stepsMax) {
      throw new Failure(`Expected at most ${this.#limits.stepsMax} steps in one run, found more.`, {
        code: 'step-limit',
      })
    }
    if (this.#clock.now() > this.#endsAt) {
      throw new Failure(
        `Expected the run to take at most ${this.#limits.runTimeMsMax} ms, found that it takes longer.`,
        {
          code: 'run-time-limit',
        },
      )
    }
  }

  /** Call with the depth that a process call leads to. Throws a `Failure` when it is too deep. */
  call(depth: number): void {
    if (depth > this.#limits.callDepthMax) {
      throw new Failure(`Expected at most ${this.#limits.callDepthMax} calls within each other, found more.`, {
        code: 'call-depth',
      })
    }
  }
}

/** Failures that end the run whatever the flow says. */
export function isLimit(failure: Failure): boolean {
  return failure.code === 'step-limit' || failure.code === 'run-time-limit' || failure.code === 'call-depth'
}
