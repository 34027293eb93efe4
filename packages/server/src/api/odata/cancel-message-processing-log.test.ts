import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { messageLog } from '../../store/each-database.test.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  const { queues, messageLogs } = service.store
  for (const [guid, status] of [
    ['retried', 'RETRY'],
    ['running', 'PROCESSING'],
    ['done', 'COMPLETED'],
    ['gone', 'RETRY'],
  ] as const) {
    messageLogs.record(messageLog(guid, { status, logEnd: 1 }))
  }
  await messageLogs.flush()
  service.underWay.add('running')
  for (const queue of ['Q', 'Unlogged'])
    await queues.put([
      {
        queue,
        access: 'non-exclusive',
        content: { body: 'x', headers: [], properties: [], attachments: [] },
        messageGuid: 'putter',
        correlationId: 'putter',
        createdAt: 0,
        overdueAt: 1,
        expiresAt: 1e15,
        compressed: false,
        encrypted: false,
      },
    ])
  for (const [queue, guid] of [
    ['Q', 'retried'],
    ['Unlogged', 'unlogged'],
  ] as const) {
    const [claimed] = await queues.claim(queue, 'non-exclusive', 1, 1)
    assert.ok(claimed)
    await queues.fail(claimed, 1e15, guid)
  }
})
after(() => service.close())

const cancel = (id: string, user = 'administrator') =>
  service.call('POST', `CancelMessageProcessingLog?Id='${id}'`, { headers: { authorization: `Bearer ${user}` } })

test('a message that waits for its next try is cancelled, and gone from its queue', async () => {
  const { status, json } = await cancel('retried')
  assert.equal(status, 200)
  assert.deepEqual([json.d.MessageGuid, json.d.Status], ['retried', 'CANCELLED'])
  assert.deepEqual(await service.store.queues.entries('Q').list({}), [])
})

test('a message that is under way is told to end', async () => {
  const { status, json } = await cancel('running')
  assert.deepEqual([status, json.d.MessageGuid], [200, 'running'])
})

test('other messages cannot be cancelled', async () => {
  for (const [id, expected, said] of [
    ['done', 409, /found one that is COMPLETED/],
    ['gone', 409, /found one that is RETRY/],
    ['unknown', 404, /found none with ID "unknown"/],
  ] as const) {
    const { status, json } = await cancel(id)
    assert.equal(status, expected, id)
    assert.match(json.error.message.value, said)
  }
})

test('a message without a log is left alone', async () => {
  assert.equal((await cancel('unlogged')).status, 404)
  assert.equal((await service.store.queues.entries('Unlogged').list({})).length, 1)
})

test('only who may delete messages of queues may cancel', async () => {
  assert.equal((await cancel('done', 'reader')).status, 403)
})
