import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
beforeEach(async () => {
  const now = service.clock.now()
  for (const [flowId, stepId] of [
    ['orders', 'CallActivity_1'],
    ['orders', 'CallActivity_2'],
    ['returns', 'CallActivity_1'],
  ] as const) {
    await service.store.processedMessages.add({ flowId, stepId, messageId: "4711's" }, now, now + 60_000)
  }
  await service.store.processedMessages.add({ flowId: 'orders', stepId: 'Old', messageId: "4711's" }, now - 9, now - 1)
})
after(() => service.close())

const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase()
const key = (source: string) => `HexSource='${hex(source)}',HexEntry='${hex("4711's")}'`
const generic = (source: string) =>
  `GenericIdempotentRepositoryEntries(HexVendor='${hex('Sluice')}',${key(source)},HexComponent='${hex('IdempotentProcessCall')}')`

test('what steps have processed is found by the ID of the message and by key', async () => {
  for (const set of ['IdempotentRepositoryEntries', 'GenericIdempotentRepositoryEntries']) {
    const { d } = (await service.call('GET', `${set}?id=4711%27s&$inlinecount=allpages&$top=2`)).json
    assert.deepEqual(
      d.results.map((row: Record<string, string>) => [row.Source, row.Entry, row.Component, row.HexEntry]),
      [
        ['orders/CallActivity_1', "4711's", 'IdempotentProcessCall', hex("4711's")],
        ['orders/CallActivity_2', "4711's", 'IdempotentProcessCall', hex("4711's")],
      ],
    )
    assert.equal(d.__count, '3')
    const filtered = await service.call('GET', `${set}?id=4711%27s&$filter=Source eq 'returns/CallActivity_1'`)
    assert.equal(filtered.json.d.results.length, 1)
    assert.equal((await service.call('GET', `${set}?id=none`)).json.d.results.length, 0)
    assert.equal((await service.call('GET', set)).status, 400)
  }
  const { d } = (await service.call('GET', generic('returns/CallActivity_1'))).json
  const now = service.clock.now()
  assert.deepEqual([d.Vendor, d.CreationTime, d.ExpirationTime], ['Sluice', String(now), String(now + 60_000)])
  const absent = [
    `IdempotentRepositoryEntries(${key('orders/Old')})`,
    `IdempotentRepositoryEntries(${key('orders')})`,
    generic('orders/CallActivity_9'),
    generic('orders/CallActivity_1').replace(hex('Sluice'), hex('SAP')),
  ]
  for (const path of absent) assert.equal((await service.call('GET', path)).status, 404, path)
  assert.equal((await service.call('GET', "IdempotentRepositoryEntries(HexSource='x',HexEntry='41')")).status, 400)
})

test('a deleted entry is forgotten: the step processes the message again', async () => {
  const path = `IdempotentRepositoryEntries(${key('orders/CallActivity_1')})`
  const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
  assert.equal((await service.call('DELETE', path)).status, 403)
  assert.equal((await service.call('DELETE', path, { headers })).status, 204)
  assert.equal((await service.call('DELETE', path, { headers })).status, 404)
  const message = { flowId: 'orders', stepId: 'CallActivity_1', messageId: "4711's" }
  assert.equal(await service.store.processedMessages.contains(message, service.clock.now()), false)
  assert.equal((await service.call('DELETE', generic('orders/CallActivity_2'), { headers })).status, 204)
  assert.equal((await service.call('GET', 'IdempotentRepositoryEntries?id=4711%27s')).json.d.results.length, 1)
})
