import { randomUUID } from 'node:crypto'
import type { PolledMessage, TimerEntryPoint } from '@sluice/iflow'
import type { Logger } from 'pino'
import type { TimerTicks } from '../store/store.ts'
import type { FlowRunner, RunningFlow } from './flow-runner.ts'

export interface SchedulerOptions {
  readonly runner: Pick<FlowRunner, 'ports' | 'run'>
  readonly ticks: TimerTicks
  readonly clock: { now(): number }
  readonly log: Logger
}

/** One timer of a running flow. */
interface Job {
  readonly flow: RunningFlow
  readonly entry: TimerEntryPoint
  /** Undefined when all of its times are in the past. */
  next: number | undefined
  running: Running | undefined
}

interface Running {
  readonly tick: number
  busyUntil: number
  readonly done: Promise<void>
}

/** Longest time between two looks at the clock, which may be set and may stand still while the machine sleeps. */
const lookEveryMs = 1_000
/** A run holds its timer this long beyond the last sign of life of its server. */
const leaseMs = 30_000

/**
 * Starts timers of running flows. Each tick is claimed through the store, so that of several servers on one store a single
 * one runs it. A tick that comes while the timer's last run is under way, here or elsewhere, is skipped; what would have been due
 * while no server ran is not made up for.
 */
export class Scheduler {
  readonly #options: SchedulerOptions
  #jobs: readonly Job[] = []
  readonly #running = new Set<Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: SchedulerOptions) {
    this.#options = options
  }

  /** Why a flow cannot be deployed: all the times of a timer that insists on some are in the past. */
  expired(flow: RunningFlow): TimerEntryPoint[] {
    const now = this.#options.clock.now()
    return timersOf(flow).filter(
      entry => entry.failsWhenOver && !entry.firesOnDeployment && nextOf(entry, now) === undefined,
    )
  }

  /** Keeps the time for a flow from now on, in place of an earlier deployment of it. */
  start(flow: RunningFlow): void {
    const now = this.#options.clock.now()
    const jobs = timersOf(flow).map(entry => ({ flow, entry, next: nextOf(entry, now), running: undefined }))
    this.#jobs = [...this.#jobs.filter(job => job.flow.id !== flow.id), ...jobs]
    this.#wait()
  }

  /** A run under way goes on. */
  stop(flowId: string): void {
    this.#jobs = this.#jobs.filter(job => job.flow.id !== flowId)
    this.#wait()
  }

  /** Call once, when the deployment of a started flow is on disk: runs timers that fire then. */
  async deployed(flowId: string): Promise<void> {
    const jobs = this.#jobs.filter(job => job.flow.id === flowId)
    if (jobs.length === 0) return
    // "When you deploy … an integration flow with Scheduler, the system automatically releases all the scheduler locks."
    await this.#options.ticks.forget(flowId)
    for (const job of jobs) if (job.entry.firesOnDeployment) this.#fire(job, this.#options.clock.now())
  }

  /** Starts whatever is due. */
  fireDue(): void {
    const now = this.#options.clock.now()
    for (const job of this.#jobs) {
      if (job.running) this.#extend(job, job.running, now)
      if (job.next === undefined || job.next > now) continue
      const tick = job.next
      job.next = nextOf(job.entry, now)
      if (job.running) this.#options.log.debug({ flow: job.flow.id, tick }, 'timer skipped: its last run is under way')
      else this.#fire(job, tick)
    }
    this.#wait()
  }

  /** Resolves when no run of a timer is under way. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Starts nothing more, and resolves when what is under way has ended. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#wait()
    await this.idle()
  }

  #fire(job: Job, tick: number): void {
    const done = this.#run(job, tick)
      .catch((error: unknown) => {
        const errorId = randomUUID()
        this.#options.log.error({ err: error, errorId, flow: job.flow.id, tick }, 'unexpected error in a timer')
      })
      .finally(() => {
        job.running = undefined
        this.#running.delete(done)
      })
    job.running = { tick, busyUntil: this.#options.clock.now() + leaseMs, done }
    this.#running.add(done)
  }

  async #run({ flow, entry }: Job, tick: number): Promise<void> {
    const { ticks, runner, clock } = this.#options
    const claim = { flowId: flow.id, stepId: entry.stepId, tick }
    const now = clock.now()
    if (!(await ticks.claim(claim, now, now + leaseMs))) return
    try {
      if (entry.poll === undefined) await runner.run(flow, entry, entry.receive())
      else await this.#runPolled(flow, entry, await entry.poll(runner.ports, flow.id))
    } finally {
      await ticks.release(claim)
    }
  }

  /** A message that fails is found again; those behind it have their turn. */
  async #runPolled(flow: RunningFlow, entry: TimerEntryPoint, messages: readonly PolledMessage[]): Promise<void> {
    for (const { exchange, processed } of messages) {
      const { status } = await this.#options.runner.run(flow, entry, exchange)
      if (status !== 'FAILED') await processed()
    }
  }

  #extend({ flow, entry }: Job, running: Running, now: number): void {
    if (running.busyUntil - now > leaseMs / 2) return
    running.busyUntil = now + leaseMs
    const claim = { flowId: flow.id, stepId: entry.stepId, tick: running.tick }
    this.#options.ticks.extend(claim, running.busyUntil).catch((error: unknown) => {
      this.#options.log.error({ err: error, flow: flow.id }, 'a timer could not be held')
    })
  }

  /** Looks at the clock again when the next tick is due. */
  #wait(): void {
    clearTimeout(this.#timer)
    if (this.#isClosed || this.#jobs.every(job => job.next === undefined && !job.running)) return
    const now = this.#options.clock.now()
    const untilNext = Math.min(...this.#jobs.map(job => (job.next ?? Number.POSITIVE_INFINITY) - now))
    this.#timer = setTimeout(() => this.fireDue(), Math.max(1, Math.min(lookEveryMs, untilNext)))
    this.#timer.unref()
  }
}

function timersOf({ entryPoints }: RunningFlow): TimerEntryPoint[] {
  return entryPoints.filter(entry => entry.kind === 'timer')
}

function nextOf({ schedules }: TimerEntryPoint, after: number): number | undefined {
  const times = schedules.map(schedule => schedule.next(after)).filter(time => time !== undefined)
  return times.length === 0 ? undefined : Math.min(...times)
}
