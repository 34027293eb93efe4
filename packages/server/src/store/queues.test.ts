import assert from 'node:assert/strict'
import type { OutgoingMessage, QueuedContent } from '@sluice/iflow'
import { messageLog, storeTest } from './each-database.test.ts'
import type { ClaimedMessage, Store } from './store.ts'

const content: QueuedContent = { body: 'b', headers: [], properties: [], attachments: [] }

function outgoing(body: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    queue: 'Q',
    access: 'non-exclusive',
    content: { ...content, body },
    messageGuid: 'guid',
    correlationId: 'correlation',
    createdAt: 10,
    overdueAt: 20,
    expiresAt: 1_000,
    compressed: true,
    encrypted: true,
    ...more,
  }
}

const bodiesOf = (messages: readonly ClaimedMessage[]) => messages.map(({ content: { body } }) => body)

async function one({ queues }: Store, now = 10): Promise<ClaimedMessage> {
  const [message] = await queues.claim('Q', 'non-exclusive', 1, now)
  assert.ok(message)
  return message
}

storeTest('a message comes out as it went in, however it is kept', async ({ queues }) => {
  const full: QueuedContent = {
    body: new Uint8Array(5_000).fill(7),
    headers: [
      ['text', 'ä'],
      ['number', 1.5],
      ['flag', false],
    ],
    properties: [['p', 'q']],
    attachments: [
      { name: 'a', contentType: 'text/plain', body: 'x'.repeat(3_000) },
      { name: 'b', contentType: 'image/png', body: null },
    ],
  }
  for (const compressed of [true, false]) {
    for (const encrypted of [true, false]) {
      await queues.put([outgoing('', { content: full, compressed, encrypted })])
      const [message] = await queues.claim('Q', 'non-exclusive', 1, 10)
      assert.deepEqual(message?.content, full)
    }
  }
})

storeTest('messages are put together or not at all', async ({ queues }) => {
  assert.equal(await queues.put([outgoing('1'), outgoing('2', { queue: 'R' })]), undefined)
  const conflict = await queues.put([outgoing('3'), outgoing('4', { queue: 'R', access: 'exclusive' })])
  assert.deepEqual(conflict, { queue: 'R', access: 'exclusive', found: 'non-exclusive' })
  assert.deepEqual(bodiesOf(await queues.claim('Q', 'non-exclusive', 9, 10)), ['1'])
  assert.deepEqual(bodiesOf(await queues.claim('R', 'non-exclusive', 9, 10)), ['2'])
})

storeTest('a message is claimed once, those first that are due longest', async ({ queues }) => {
  await queues.put(['1', '2', '3', '4'].map(body => outgoing(body, { createdAt: body === '3' ? 5 : 10 })))
  const claims = await Promise.all([1, 2, 3].map(count => queues.claim('Q', 'non-exclusive', count, 10)))
  assert.deepEqual(claims.map(bodiesOf), [['3'], ['1', '2'], ['4']])
  assert.deepEqual(await queues.claim('Q', 'non-exclusive', 9, 10), [])
})

storeTest('a message that failed waits for its time, and says how often it was tried', async store => {
  const { queues } = store
  await queues.put([outgoing('1')])
  await queues.fail(await one(store), 50, 'run')
  assert.deepEqual(await queues.claim('Q', 'non-exclusive', 1, 49), [])
  assert.equal(await queues.nextDue('Q'), 50)
  const again = await one(store, 50)
  assert.deepEqual([again.failures, again.crashes, again.retries], [1, 0, 1])
  await queues.complete(again)
  assert.deepEqual(await queues.entries('Q').list({}), [])
})

storeTest('the next try of a message is cancelled, unless it is under way, and its log with it', async store => {
  const { queues, messageLogs } = store
  await queues.put([outgoing('1'), outgoing('2')])
  const [first, second] = await queues.claim('Q', 'non-exclusive', 2, 10)
  assert.ok(first && second)
  for (const [message, guid] of [
    [first, 'run1'],
    [second, 'run2'],
  ] as const) {
    messageLogs.record(messageLog(guid, { status: 'RETRY', logStart: 1, logEnd: 2 }))
    await queues.fail(message, 50, guid)
  }
  assert.equal(await queues.cancel('run3', 9), false)
  await messageLogs.flush()
  assert.equal(await queues.cancel('run1', 9), true)
  assert.equal(await queues.cancel('run1', 10), false)
  const [again] = await queues.claim('Q', 'non-exclusive', 2, 50)
  assert.equal(again?.runGuid, 'run2')
  assert.equal(await queues.cancel('run2', 60), false, 'it is under way')
  assert.deepEqual(await messageLogs.find('run1'), messageLog('run1', { status: 'CANCELLED', logStart: 1, logEnd: 9 }))
  assert.equal((await messageLogs.find('run2'))?.status, 'RETRY')
})

for (const how of ['deleteMessage', 'delete'] as const) {
  storeTest(
    `the log of a message that waits for its next try is cancelled by ${how}`,
    async ({ queues, messageLogs }) => {
      await queues.put([outgoing('1')])
      const [first] = await queues.claim('Q', 'non-exclusive', 1, 10)
      assert.ok(first)
      for (const [guid, status] of [
        ['run', 'RETRY'],
        ['other', 'RETRY'],
      ] as const) {
        messageLogs.record(messageLog(guid, { status }))
      }
      await messageLogs.flush()
      await queues.fail(first, 50, 'run')
      assert.equal(how === 'delete' ? await queues.delete('Q') : await queues.deleteMessage('Q', first.id), true)
      assert.equal((await messageLogs.find('run'))?.status, 'CANCELLED')
      assert.equal((await messageLogs.find('other'))?.status, 'RETRY')
    },
  )
}

storeTest('what a dead server had claimed is ready again, and has crashed once more', async store => {
  const { queues } = store
  await queues.put([outgoing('1'), outgoing('2')])
  await one(store)
  assert.equal(await queues.recover(), 1)
  const claimed = await queues.claim('Q', 'non-exclusive', 9, 10)
  assert.deepEqual(
    claimed.map(({ crashes, retries }) => [crashes, retries]),
    [
      [1, 1],
      [0, 0],
    ],
  )
})

storeTest('of an exclusive queue the first message holds up those behind it', async ({ queues }) => {
  const access = 'exclusive'
  const claim = (now: number) => queues.claim('Q', access, 9, now)
  await queues.put([outgoing('1', { access }), outgoing('2', { access })])
  const [first] = await claim(10)
  assert.equal(first?.content.body, '1')
  assert.deepEqual(await claim(10), [], 'while it is being processed')
  await queues.fail(first, 50, 'run')
  assert.deepEqual(await claim(49), [], 'and until it is tried again')
  const [again] = await claim(50)
  assert.equal(again?.content.body, '1')
  await queues.complete(again)
  assert.deepEqual(bodiesOf(await claim(50)), ['2'])
})

storeTest('an expired message is not delivered, and deleted, also one that holds up others', async ({ queues }) => {
  const access = 'exclusive'
  await queues.put([outgoing('1', { access, expiresAt: 30 }), outgoing('2', { access })])
  assert.deepEqual(bodiesOf(await queues.claim('Q', access, 1, 30)), ['2'])
  assert.equal(await queues.deleteExpired(30, 9), 1)
  assert.equal((await queues.entries('Q').list({})).length, 1)
})

storeTest('a dead letter waits for a person, who retries, moves or deletes it', async store => {
  const { queues } = store
  await queues.put([outgoing('1'), outgoing('2', { queue: 'R' })])
  await queues.block(await one(store), 3)
  assert.equal(await queues.nextDue('Q'), undefined)
  assert.deepEqual(
    (await queues.all(1_000).list({})).map(({ bytes, ...queue }) => queue),
    [
      { name: 'Q', access: 'non-exclusive', isActive: true, entries: 1 },
      { name: 'R', access: 'non-exclusive', isActive: true, entries: 1 },
    ],
  )
  assert.equal(await queues.retry('Q'), 1)
  const retried = await one(store)
  assert.deepEqual([retried.failures, retried.crashes], [3, 0])
  assert.equal(await queues.move('Q', 'R'), 0, 'not while it is being processed')
  await queues.block(retried, 4)
  assert.equal(await queues.move('Q', 'R', retried.id), 1)
  const [, moved] = await queues.entries('R').list({})
  assert.ok((await queues.entries('R').list({})).some(({ id, failures }) => id === retried.id && failures === 0))
  assert.equal(await queues.deleteMessage('R', moved?.id ?? ''), true)
})

storeTest('of a stopped queue nothing is claimed or due until it is started', async ({ queues, changes }) => {
  const told: string[] = []
  await queues.put([outgoing('1')])
  changes.on('queues', queue => told.push(queue))
  assert.equal(await queues.setActive('Q', false), true)
  assert.equal(await queues.setActive('none', false), false)
  await queues.put([outgoing('2')])
  assert.deepEqual(await queues.claim('Q', 'non-exclusive', 9, 10), [])
  assert.equal(await queues.nextDue('Q'), undefined)
  assert.equal((await queues.find('Q'))?.isActive, false)
  assert.equal(await queues.setActive('Q', true), true)
  assert.deepEqual(bodiesOf(await queues.claim('Q', 'non-exclusive', 9, 10)), ['1', '2'])
  assert.deepEqual(told, ['Q', 'none', 'Q', 'Q'])
})

storeTest('what queues hold is counted, and contents are found by their message', async ({ queues }) => {
  await queues.put([outgoing('12345'), outgoing('1', { queue: 'R' })])
  const [first] = await queues.entries('Q').list({})
  assert.equal((await queues.content('Q', first?.id ?? ''))?.body, '12345')
  assert.equal(await queues.content('R', first?.id ?? ''), undefined)
  assert.equal(await queues.entry('R', first?.id ?? ''), undefined)
  const [q, r] = await queues.all(1_000).list({})
  const totals = await queues.totals()
  assert.equal((q?.bytes ?? 0) - (r?.bytes ?? 0), 4)
  assert.deepEqual([totals.queues, totals.bytes], [2, (q?.bytes ?? 0) + (r?.bytes ?? 0)])
  assert.ok(totals.availableBytes > 0)
})
