import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Exchange, type QueueEntryPoint, type RunResult } from '@sluice/iflow'
import pino from 'pino'
import { inDirectory, stoppedTimers } from '../store/each-database.test.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import type { Attempt, RunningFlow } from './flow-runner.ts'
import { QueueConsumers } from './queue-consumers.ts'

type Status = RunResult['status']

interface Given {
  readonly entry?: Partial<QueueEntryPoint>
  readonly retriesMax?: number
  /** How the run of a message ends. */
  readonly run?: (body: string) => Status | Promise<Status>
  readonly bodies?: readonly string[]
}

interface Consuming {
  readonly store: Store
  readonly clock: TestClock
  readonly consumers: QueueConsumers
  /** Bodies of the messages that were run, in order. */
  readonly ran: readonly string[]
  /** GUID of the earlier log, and number, of each run. */
  readonly attempts: readonly (readonly [messageGuid: string | undefined, number: number])[]
}

/** Messages in a queue, and a flow that consumes it. */
function consuming({ entry = {}, retriesMax = 0, run = () => 'COMPLETED', bodies = ['1'] }: Given = {}) {
  return (body: (parts: Consuming) => Promise<void>) => () =>
    inDirectory(async dataDirectory => {
      const store = await openStore({ dataDirectory, timers: stoppedTimers })
      const clock = new TestClock()
      const ran: string[] = []
      const attempts: [string | undefined, number][] = []
      const runner = {
        run: async (_: RunningFlow, __: unknown, exchange: Exchange, { attempt }: { attempt?: Attempt } = {}) => {
          if (attempt) attempts.push([attempt.messageGuid, attempt.number])
          ran.push(exchange.body.text())
          return { status: await run(exchange.body.text()), log: { messageGuid: 'run' } } as RunResult
        },
      }
      const log = pino({ level: 'silent' })
      const consumers = new QueueConsumers({ runner, store, clock, retriesMax, log })
      await store.queues.put(bodies.map(text => outgoing(text, clock.now())))
      consumers.start(flowOf(entry))
      try {
        await body({ store, clock, consumers, ran, attempts })
      } finally {
        await consumers.close()
        await store.close()
      }
    })
}

function flowOf(entry: Partial<QueueEntryPoint>): RunningFlow {
  const whole: QueueEntryPoint = {
    kind: 'queue',
    channelId: 'Channel',
    processId: 'Main',
    queue: 'Q',
    access: 'non-exclusive',
    consumers: 1,
    deadLetters: true,
    retryDelayMs: retries => 1_000 * 2 ** retries,
    receive: ({ content }) => new Exchange({ body: content.body }),
    ...entry,
  }
  return { id: 'flow', name: 'flow', packageId: '', plan: {} as RunningFlow['plan'], entryPoints: [whole] }
}

function outgoing(body: string, createdAt: number) {
  return {
    queue: 'Q',
    access: 'non-exclusive',
    content: { body, headers: [], properties: [], attachments: [] },
    messageGuid: 'guid',
    correlationId: 'correlation',
    createdAt,
    overdueAt: createdAt,
    expiresAt: createdAt + 1_000_000_000,
    compressed: false,
    encrypted: false,
  } as const
}

const statesIn = async ({ queues }: Store) => (await queues.entries('Q').list({})).map(({ state }) => state)

for (const status of ['COMPLETED', 'ESCALATED'] as const) {
  test(
    `a message that ended as ${status} is deleted`,
    consuming({ run: () => status })(async ({ store, consumers, ran }) => {
      consumers.open()
      await consumers.fireDue()
      assert.deepEqual([ran, await statesIn(store)], [['1'], []])
    }),
  )
}

test(
  'a message that fails is tried again at its time, and is a dead letter beyond its retries',
  consuming({ run: () => 'FAILED', retriesMax: 2 })(async ({ store, clock, consumers, ran }) => {
    consumers.open()
    for (const [advanceMs, runs] of [
      [0, 1],
      [999, 1],
      [1, 2],
      [1_999, 2],
      [1, 3],
      [1_000_000, 3],
    ] as const) {
      clock.advance(advanceMs)
      await consumers.fireDue()
      assert.equal(ran.length, runs)
    }
    assert.deepEqual(await statesIn(store), ['blocked'])
  }),
)

test(
  'a message that was moved goes on with its log, as a further try',
  consuming({ run: () => 'FAILED' })(async ({ store, consumers, attempts }) => {
    consumers.open()
    await consumers.fireDue()
    assert.equal(await store.queues.move('Q', 'Q'), 1)
    await consumers.fireDue()
    assert.deepEqual(attempts, [
      [undefined, 1],
      ['run', 2],
    ])
  }),
)

for (const [title, given] of [
  ['without a limit of retries', { retriesMax: 0 }],
  ['of a channel without dead letters', { retriesMax: 2, entry: { deadLetters: false } }],
] as const) {
  test(
    `a message ${title} is tried without end`,
    consuming({ run: () => 'FAILED', ...given })(async ({ store, clock, consumers, ran }) => {
      consumers.open()
      for (let index = 0; index < 8; index += 1) {
        await consumers.fireDue()
        clock.advance(1_000_000)
      }
      assert.deepEqual([ran.length, await statesIn(store)], [8, ['ready']])
    }),
  )
}

test(
  'a message that the server died with three times is a dead letter, and is not run',
  consuming()(async ({ store, clock, consumers, ran }) => {
    for (let index = 0; index < 3; index += 1) {
      await store.queues.claim('Q', 'non-exclusive', 1, clock.now())
      await store.queues.recover()
    }
    consumers.open()
    await consumers.fireDue()
    assert.deepEqual([ran, await statesIn(store)], [[], ['blocked']])
  }),
)

let running = 0
let most = 0
const counted = async (): Promise<Status> => {
  running += 1
  most = Math.max(most, running)
  await new Promise(resolve => setImmediate(resolve))
  running -= 1
  return 'COMPLETED'
}

test(
  'as many messages are processed at the same time as the channel says',
  consuming({ entry: { consumers: 3 }, run: counted, bodies: ['1', '2', '3', '4', '5', '6', '7'] })(
    async ({ store, consumers, ran }) => {
      consumers.open()
      await consumers.fireDue()
      assert.deepEqual([ran.length, most, await statesIn(store)], [7, 3, []])
    },
  ),
)

test(
  'nothing is taken before all flows are there, nor for a flow that was stopped',
  consuming()(async ({ store, consumers, ran }) => {
    await consumers.fireDue()
    assert.deepEqual(ran, [])
    consumers.stop('flow')
    consumers.open()
    await consumers.fireDue()
    assert.deepEqual([ran, await statesIn(store)], [[], ['ready']])
  }),
)

test(
  'a stopped queue is left alone until it is started',
  consuming()(async ({ store, consumers, ran }) => {
    await store.queues.setActive('Q', false)
    consumers.open()
    await consumers.fireDue()
    assert.deepEqual(ran, [])
    await store.queues.setActive('Q', true)
    await consumers.fireDue()
    assert.deepEqual(ran, ['1'])
  }),
)
