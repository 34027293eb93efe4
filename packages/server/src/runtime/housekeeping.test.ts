import assert from 'node:assert/strict'
import { fakePorts } from '@sluice/iflow/testing'
import { messageLog, storeTest } from '../store/each-database.test.ts'
import { TestClock } from '../testing/test-clock.ts'
import { enginePorts } from './engine-ports.ts'
import { purge } from './housekeeping.ts'

const dayMs = 86_400_000
const limits = {
  auditRetentionDays: 10,
  sessionIdleMinutes: 30,
  messageLogRetentionDays: 10,
  attachmentRetentionDays: 3,
  traceBytesMax: 1e9,
  runStepsMax: 1e6,
}

storeTest('what is older than its retention goes, attachments before their logs, and the rest stays', async store => {
  const clock = new TestClock()
  const attachment = { name: 'a', contentType: 'text/plain', content: new Uint8Array(1_000_000) }
  const details = { run: undefined, customHeaders: [['n', 'v'] as const], adapterAttributes: [] }
  for (const days of [1, 5, 9, 11, 12]) {
    const logEnd = clock.now() - days * dayMs
    for (const index of [1, 2, 3]) {
      const attachments = [attachment, attachment]
      store.messageLogs.record(messageLog(`d${days}-${index}`, { logEnd, details: { ...details, attachments } }))
    }
  }
  await store.messageLogs.flush()
  await purge({ store, clock, ...limits }, () => false)
  assert.equal(await store.messageLogs.count({}), 9)
  assert.equal(await store.messageLogs.customHeaders.count({}), 9)
  const left = await store.messageLogs.attachments.list({})
  assert.deepEqual([...new Set(left.map(({ messageGuid }) => messageGuid))], ['d1-1', 'd1-2', 'd1-3'])
})

storeTest('a stopped server stops deleting', async store => {
  const clock = new TestClock()
  store.messageLogs.record(messageLog('old', { logEnd: 1 }))
  await store.messageLogs.flush()
  await purge({ store, clock, ...limits }, () => true)
  assert.equal(await store.messageLogs.count({}), 1)
})

storeTest('messages of Persist steps are kept as long as the tenant says', async store => {
  const clock = new TestClock()
  const { dataStores } = enginePorts({ ...fakePorts(), store, clock, persistedMs: 5_000 })
  const createdAt = clock.now()
  await dataStores.apply([
    {
      kind: 'persist-message',
      flowId: 'flow',
      messageGuid: 'g',
      stepId: 'step',
      body: new Uint8Array(1),
      headers: {},
      attachments: [],
      createdAt,
      expiresAt: createdAt + 1,
      encrypted: false,
    },
  ])
  const { persistedMessages } = store
  assert.equal(await persistedMessages.ofRun('g', createdAt + 4_999).count({}), 1)
  assert.equal(await persistedMessages.ofRun('g', createdAt + 5_000).count({}), 0)
  assert.equal(await persistedMessages.deleteExpired(createdAt + 4_999, 9), 0)
  assert.equal(await persistedMessages.deleteExpired(createdAt + 5_000, 9), 1)
})

storeTest('what was used once is remembered for a minute after it expired: other clocks may be behind', async store => {
  const clock = new TestClock()
  const until: number[] = []
  const deleteExpired = async (now: number) => {
    until.push(now)
    return 0
  }
  const usedProofs = { ...store.usedProofs, deleteExpired }
  const usedAssertions = { ...store.usedAssertions, deleteExpired }
  await purge({ store: { ...store, usedProofs, usedAssertions }, clock, ...limits }, () => false)
  assert.deepEqual(until, [clock.now() - 60_000, clock.now() - 60_000])
})
