import { randomUUID } from 'node:crypto'
import type { QueueEntryPoint } from '@sluice/iflow'
import type { Logger } from 'pino'
import type { ClaimedMessage, Store } from '../store/store.ts'
import type { FlowRunner, RunningFlow } from './flow-runner.ts'

export interface QueueConsumersOptions {
  readonly runner: Pick<FlowRunner, 'run'>
  readonly store: Pick<Store, 'queues' | 'changes' | 'messageLogs'>
  readonly clock: { now(): number }
  /** Failed runs after which a message of a channel with dead letters is blocked; 0: never. */
  readonly retriesMax: number
  readonly log: Logger
}

/** One JMS sender channel of a running flow. */
interface Consumer {
  readonly flow: RunningFlow
  readonly entry: QueueEntryPoint
  /** Messages under way. */
  running: number
  isStopped: boolean
  /** Whether it is asking the store. */
  isLooking: boolean
  /** Whether something was put meanwhile. */
  mustLookAgain: boolean
  timer: NodeJS.Timeout | undefined
}

/** "The message has been retried twice … and each retry has again lead to an out-of-memory error" (JMS Sender Adapter). */
const crashesMax = 3
/** Longest sleep: the clock may be set. */
const lookEveryMs = 60_000

/**
 * Takes messages out of queues and runs them. Nothing polls: a consumer looks when something was put into its queue, when one
 * of its messages has ended, and when the next retry is due.
 */
export class QueueConsumers {
  readonly #options: QueueConsumersOptions
  #consumers: readonly Consumer[] = []
  readonly #underWay = new Set<Promise<void>>()
  readonly #unsubscribe: () => void
  #isOpen = false

  constructor(options: QueueConsumersOptions) {
    this.#options = options
    this.#unsubscribe = options.store.changes.on('queues', queue => this.#wake(queue))
  }

  /** Why a flow cannot be deployed: queues that are used otherwise. Creates those that do not exist. */
  async conflicts(flow: RunningFlow): Promise<string[]> {
    const problems: string[] = []
    for (const { queue, access } of queuesOf(flow)) {
      const found = await this.#options.store.queues.open(queue, access)
      if (found !== access) {
        problems.push(`Expected queue "${queue}" to be ${access}, found it to be ${found} [queue-access]`)
      }
    }
    return problems
  }

  /** Begins to consume. Flows started before wait for it, so that all are there when the first message runs. */
  open(): void {
    this.#isOpen = true
    for (const consumer of this.#consumers) this.#look(consumer)
  }

  /** Consumes for a flow from now on, in place of an earlier deployment of it, whose messages under way go on. */
  start(flow: RunningFlow): void {
    this.#end(consumer => consumer.flow.id === flow.id)
    const added = queuesOf(flow).map((entry): Consumer => {
      return { flow, entry, running: 0, isStopped: false, isLooking: false, mustLookAgain: false, timer: undefined }
    })
    this.#consumers = [...this.#consumers, ...added]
    for (const consumer of added) this.#look(consumer)
  }

  /** Takes nothing more for a flow. Its messages under way go on. */
  stop(flowId: string): void {
    this.#end(consumer => consumer.flow.id === flowId)
  }

  /** Looks at all queues by the clock of now; resolves when nothing is under way. */
  async fireDue(): Promise<void> {
    for (const consumer of this.#consumers) this.#look(consumer)
    await this.#idle()
  }

  /** Takes nothing more, and resolves when what is under way has ended. */
  async close(): Promise<void> {
    this.#unsubscribe()
    this.#end(() => true)
    await this.#idle()
  }

  #end(isMeant: (consumer: Consumer) => boolean): void {
    for (const consumer of this.#consumers.filter(isMeant)) {
      consumer.isStopped = true
      clearTimeout(consumer.timer)
    }
    this.#consumers = this.#consumers.filter(consumer => !isMeant(consumer))
  }

  async #idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  #wake(queue: string): void {
    for (const consumer of this.#consumers) if (consumer.entry.queue === queue) this.#look(consumer)
  }

  #look(consumer: Consumer): void {
    if (!this.#isOpen || consumer.isStopped || consumer.running >= consumer.entry.consumers) return
    if (consumer.isLooking) {
      consumer.mustLookAgain = true
      return
    }
    consumer.isLooking = true
    consumer.mustLookAgain = false
    this.#track(
      this.#claim(consumer).finally(() => {
        consumer.isLooking = false
        if (consumer.mustLookAgain) this.#look(consumer)
      }),
      consumer,
    )
  }

  async #claim(consumer: Consumer): Promise<void> {
    const { store, clock } = this.#options
    const { queue, access, consumers } = consumer.entry
    await store.messageLogs.drained()
    if (consumer.isStopped) return
    const free = consumers - consumer.running
    const claimed = await store.queues.claim(queue, access, free, clock.now())
    for (const message of claimed) {
      consumer.running += 1
      this.#track(this.#process(consumer, message), consumer)
    }
    if (claimed.length === 0 && !consumer.isStopped) await this.#sleep(consumer)
  }

  async #sleep(consumer: Consumer): Promise<void> {
    const due = await this.#options.store.queues.nextDue(consumer.entry.queue)
    clearTimeout(consumer.timer)
    if (due === undefined || consumer.isStopped) return
    const wait = Math.max(10, Math.min(lookEveryMs, due - this.#options.clock.now()))
    consumer.timer = setTimeout(() => this.#look(consumer), wait)
    consumer.timer.unref()
  }

  async #process(consumer: Consumer, message: ClaimedMessage): Promise<void> {
    const { runner, store, clock, retriesMax } = this.#options
    const { flow, entry } = consumer
    let settled: Promise<void>
    if (entry.deadLetters && message.crashes >= crashesMax) {
      settled = store.queues.block(message, message.failures)
    } else {
      const isRetried = !entry.deadLetters || retriesMax === 0 || message.failures < retriesMax
      const { status, failure, log } = await runner.run(flow, entry, entry.receive(message), {
        correlationId: message.correlationId,
        attempt: { messageGuid: message.runGuid, number: numberOf(message), isRetried },
      })
      const { messageGuid } = log
      if (status !== 'FAILED' || failure?.code === 'cancelled') settled = store.queues.complete(message)
      else if (!isRetried) settled = store.queues.block(message, message.failures + 1, messageGuid)
      else settled = store.queues.fail(message, clock.now() + entry.retryDelayMs(message.retries), messageGuid)
    }
    consumer.running -= 1
    // In the same turn, so that deleting this message and taking the next share one commit.
    this.#look(consumer)
    await settled
  }

  #track(work: Promise<void>, { flow, entry }: Consumer): void {
    const done = work
      .catch((error: unknown) => {
        const errorId = randomUUID()
        this.#options.log.error(
          { err: error, errorId, flow: flow.id, queue: entry.queue },
          'unexpected error in a queue',
        )
      })
      .finally(() => this.#underWay.delete(done))
    this.#underWay.add(done)
  }
}

/** A message that was moved counts its failures anew, but has a log already, whose details a first try would not replace. */
function numberOf({ runGuid, failures }: ClaimedMessage): number {
  return Math.max(runGuid === undefined ? 1 : 2, failures + 1)
}

function queuesOf({ entryPoints }: RunningFlow): QueueEntryPoint[] {
  return entryPoints.filter(entry => entry.kind === 'queue')
}
