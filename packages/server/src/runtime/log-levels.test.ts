import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import pino from 'pino'
import { openMemoryStore } from '../store/open.ts'
import { TestClock } from '../testing/test-clock.ts'
import { FlowLogLevels, isLogged, type LogLevel } from './log-levels.ts'

const log = pino({ level: 'silent' })

test('levels last, DEBUG for a day and TRACE for ten minutes; then the one before holds again', async () => {
  const store = await openMemoryStore()
  const clock = new TestClock(1000)
  const levels = await FlowLogLevels.open({ store, clock, log })
  const cases: readonly (readonly [set: LogLevel, during: LogLevel, lasts: number, after: LogLevel])[] = [
    ['TRACE', 'TRACE', 600_000, 'INFO'],
    ['ERROR', 'ERROR', 864_000_000, 'ERROR'],
    ['DEBUG', 'DEBUG', 86_400_000, 'ERROR'],
    ['NONE', 'NONE', 864_000_000, 'NONE'],
    ['TRACE', 'TRACE', 600_000, 'NONE'],
    ['INFO', 'INFO', 864_000_000, 'INFO'],
  ]
  assert.equal(levels.of('flow'), 'INFO')
  for (const [set, during, lasts, after] of cases) {
    await levels.set('flow', set)
    clock.advance(lasts - 1)
    assert.equal(levels.of('flow'), during, set)
    clock.advance(1)
    assert.equal(levels.of('flow'), after, set)
  }
  assert.equal(levels.of('other'), 'INFO')
  levels.close()
  await store.close()
})

test('levels outlast the server, and go with the deployment', async () => {
  const store = await openMemoryStore()
  const clock = new TestClock(1000)
  const before = await FlowLogLevels.open({ store, clock, log })
  await before.set('flow', 'ERROR')
  await before.set('flow', 'TRACE')
  before.close()
  clock.advance(300_000)
  const after = await FlowLogLevels.open({ store, clock, log })
  assert.equal(after.of('flow'), 'TRACE')
  clock.advance(300_000)
  assert.equal(after.of('flow'), 'ERROR')
  const deployment = {
    id: 'flow',
    name: 'Flow',
    type: 'IntegrationFlow',
    version: '1.0.0',
    status: 'STARTING',
    deployedBy: 'me',
    deployedAt: 1,
    error: undefined,
  } as const
  await store.deployments.begin(deployment, { taskId: 't', artifactId: 'flow', status: 'DEPLOYING', createdAt: 1 })
  await setImmediate()
  assert.equal(after.of('flow'), 'ERROR')
  await store.deployments.delete('flow')
  assert.equal(after.of('flow'), 'INFO')
  assert.deepEqual(await store.logLevels.list(), [])
  after.close()
  await store.close()
})

test('with NONE nothing is logged, with ERROR what did not complete', () => {
  const statuses = ['COMPLETED', 'PROCESSING', 'FAILED', 'ESCALATED']
  const logged = (level: LogLevel) => statuses.filter(status => isLogged(level, status))
  assert.deepEqual([logged('NONE'), logged('ERROR')], [[], ['FAILED', 'ESCALATED']])
  for (const level of ['INFO', 'DEBUG', 'TRACE'] as const) assert.deepEqual(logged(level), statuses)
})
