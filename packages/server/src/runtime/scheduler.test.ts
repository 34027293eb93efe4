import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Exchange, type RunResult, type TimerEntryPoint } from '@sluice/iflow'
import { fakePorts } from '@sluice/iflow/testing'
import pino from 'pino'
import { deployment, inDirectory, stoppedTimers, task } from '../store/each-database.test.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import type { RunningFlow } from './flow-runner.ts'
import { Scheduler } from './scheduler.ts'

const minute = 60_000

/** Due at every full minute, until `last`. */
function everyMinute(last = Number.POSITIVE_INFINITY) {
  const next = (after: number) => {
    const found = (Math.floor(after / minute) + 1) * minute
    return found <= last ? found : undefined
  }
  return { cron: '0 * * ? * *', timeZone: 'UTC', next }
}

function flowOf(id: string, parts: Partial<TimerEntryPoint> = {}): RunningFlow {
  const entry: TimerEntryPoint = {
    kind: 'timer',
    stepId: 'Start',
    processId: 'Main',
    firesOnDeployment: false,
    schedules: [everyMinute()],
    failsWhenOver: false,
    receive: () => new Exchange(),
    ...parts,
  }
  return { id, name: id, packageId: '', plan: {} as RunningFlow['plan'], entryPoints: [entry] }
}

/** A server of its own on the store; its runs last until `finish`. */
function serverOn(store: Store, clock: TestClock) {
  const started: string[] = []
  const waiting: (() => void)[] = []
  const runner = {
    ports: fakePorts(),
    run: ({ id }: RunningFlow) => {
      started.push(id)
      return new Promise<RunResult>(resolve => waiting.push(() => resolve({} as RunResult)))
    },
  }
  const scheduler = new Scheduler({ runner, ticks: store.timerTicks, clock, log: pino({ level: 'silent' }) })
  /** Moves on to the next minute, looks at the clock, and waits for what the store says. */
  const look = async () => {
    scheduler.fireDue()
    for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
  }
  const finish = async () => {
    for (const end of waiting.splice(0)) end()
    await scheduler.idle()
  }
  return { scheduler, started, look, finish }
}

function withStore(body: (store: Store, clock: TestClock) => Promise<void>): Promise<void> {
  return inDirectory(async dataDirectory => {
    const store = await openStore({ dataDirectory, timers: stoppedTimers })
    for (const id of ['a', 'b']) await store.deployments.begin(deployment(id, 0), task(`task ${id}`, id, 0))
    try {
      await body(store, new TestClock())
    } finally {
      await store.close()
    }
  })
}

test('a timer runs at each of its times, and not in between', () =>
  withStore(async (store, clock) => {
    const { scheduler, started, look, finish } = serverOn(store, clock)
    scheduler.start(flowOf('a'))
    await look()
    assert.deepEqual(started, [])
    for (const [ms, count] of [
      [minute - 1, 0],
      [1, 1],
      [1, 1],
      [minute, 2],
    ] as const) {
      clock.advance(ms)
      await look()
      await finish()
      assert.equal(started.length, count)
    }
    await scheduler.close()
  }))

test('a time that comes while the last run is under way is skipped, also after the lease would have ended', () =>
  withStore(async (store, clock) => {
    const one = serverOn(store, clock)
    const other = serverOn(store, clock)
    for (const { scheduler } of [one, other]) scheduler.start(flowOf('a'))
    clock.advance(minute)
    await one.look()
    for (let second = 0; second < 120; second += 10) {
      clock.advance(10_000)
      await one.look()
      await other.look()
    }
    assert.deepEqual([one.started.length, other.started.length], [1, 0])
    await one.finish()
    clock.advance(minute)
    await other.look()
    await one.look()
    assert.deepEqual([one.started.length, other.started.length], [1, 1])
    await other.finish()
    for (const { scheduler } of [one, other]) await scheduler.close()
  }))

test('of several servers one runs each tick', () =>
  withStore(async (store, clock) => {
    const servers = [serverOn(store, clock), serverOn(store, clock), serverOn(store, clock)]
    for (const { scheduler } of servers) scheduler.start(flowOf('a'))
    for (let tick = 1; tick <= 5; tick += 1) {
      clock.advance(minute)
      await Promise.all(servers.map(({ look }) => look()))
      await Promise.all(servers.map(({ finish }) => finish()))
      assert.equal(servers.flatMap(({ started }) => started).length, tick)
    }
    for (const { scheduler } of servers) await scheduler.close()
  }))

test('a timer whose server died runs again when the lease has ended', () =>
  withStore(async (store, clock) => {
    const dead = serverOn(store, clock)
    const alive = serverOn(store, clock)
    for (const { scheduler } of [dead, alive]) scheduler.start(flowOf('a'))
    clock.advance(minute)
    await dead.look()
    await alive.look()
    assert.deepEqual(alive.started, [])
    clock.advance(minute)
    await alive.look()
    assert.deepEqual(alive.started, ['a'])
    for (const { finish, scheduler } of [dead, alive]) {
      await finish()
      await scheduler.close()
    }
  }))

test('what was due while nobody looked is run once', () =>
  withStore(async (store, clock) => {
    const { scheduler, started, look, finish } = serverOn(store, clock)
    scheduler.start(flowOf('a'))
    clock.advance(10 * minute)
    await look()
    await finish()
    await look()
    assert.deepEqual(started, ['a'])
    await scheduler.close()
  }))

test('on deployment a timer runs once, not when it is only started; an undeployed one never', () =>
  withStore(async (store, clock) => {
    const { scheduler, started, look, finish } = serverOn(store, clock)
    scheduler.start(flowOf('a', { firesOnDeployment: true, schedules: [] }))
    scheduler.start(flowOf('b'))
    await look()
    assert.deepEqual(started, [])
    await scheduler.deployed('a')
    await look()
    await finish()
    assert.deepEqual(started, ['a'])
    await scheduler.deployed('a')
    await look()
    assert.deepEqual(started, ['a', 'a'], 'a second deployment within the same millisecond')
    await finish()
    scheduler.stop('b')
    clock.advance(minute)
    await look()
    assert.deepEqual(started, ['a', 'a'])
    await scheduler.close()
  }))

test('a new deployment replaces the timers of the old one', () =>
  withStore(async (store, clock) => {
    const { scheduler, started, look, finish } = serverOn(store, clock)
    scheduler.start(flowOf('a'))
    scheduler.start(flowOf('a', { schedules: [] }))
    clock.advance(minute)
    await look()
    await finish()
    assert.deepEqual(started, [])
    await scheduler.close()
  }))

test('only a timer that insists on times to come has expired without them', () =>
  withStore(async (store, clock) => {
    const { scheduler } = serverOn(store, clock)
    const over = { schedules: [everyMinute(clock.now())] }
    const cases: readonly [parts: Partial<TimerEntryPoint>, expired: number][] = [
      [{ ...over, failsWhenOver: true }, 1],
      [over, 0],
      [{ ...over, failsWhenOver: true, firesOnDeployment: true }, 0],
      [{ failsWhenOver: true }, 0],
    ]
    for (const [parts, expired] of cases) assert.equal(scheduler.expired(flowOf('a', parts)).length, expired)
  }))

test('a timer that polls runs what it finds, one after the other, and keeps what fails', () =>
  withStore(async (store, clock) => {
    const found = ['fine', 'failing', 'late']
    const ran: string[] = []
    const run = async (_: RunningFlow, __: unknown, exchange: Exchange) => {
      ran.push(exchange.text())
      return { status: exchange.text() === 'failing' ? 'FAILED' : 'COMPLETED' } as RunResult
    }
    const poll = async () =>
      found.map(body => ({
        exchange: new Exchange({ body }),
        processed: async () => void found.splice(found.indexOf(body), 1),
      }))
    const runner = { ports: fakePorts(), run }
    const scheduler = new Scheduler({ runner, ticks: store.timerTicks, clock, log: pino({ level: 'silent' }) })
    scheduler.start(flowOf('a', { poll }))
    for (const _ of [1, 2]) {
      clock.advance(minute)
      scheduler.fireDue()
      await scheduler.idle()
    }
    assert.deepEqual([ran, found], [['fine', 'failing', 'late', 'failing'], ['failing']])
    await scheduler.close()
  }))
