import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OutgoingMessage } from '@sluice/iflow'
import { readArchive } from '../../runtime/archive.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  await service.store.queues.put([message('Orders', 'first'), message('Orders', 'second'), message('Dead', 'x')])
  await service.store.queues.open('First', 'exclusive')
  const [failed] = await service.store.queues.claim('Orders', 'non-exclusive', 1, service.clock.now())
  assert.ok(failed)
  await service.store.queues.fail(failed, service.clock.now() + 5_000, 'run')
})
after(() => service.close())

function message(queue: string, body: string): OutgoingMessage {
  const now = service.clock.now()
  const content = {
    body,
    headers: [['SAP_Sender', 'shop']] as const,
    properties: [['count', 3]] as const,
    attachments: [{ name: '../note', contentType: 'text/plain', body: 'attached' }],
  }
  const times = { createdAt: now, overdueAt: now + 1_000, expiresAt: now + 9_000 }
  const ids = { messageGuid: `guid of ${body}`, correlationId: 'c' }
  return { queue, access: 'non-exclusive', ...ids, ...times, content, compressed: false, encrypted: true }
}

const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
const call = (method: string, path: string) => service.call(method, path, { headers })
const results = async (path: string) => (await call('GET', path)).json.d.results
const count = async (path: string) => (await call('GET', path)).text

test('queues say what is in them; 64-bit numbers are strings', async () => {
  const [dead, first, orders] = await results('Queues')
  assert.deepEqual([dead.Name, first.Name, orders.Name], ['Dead', 'First', 'Orders'])
  const { Size, __metadata, Messages, Artifacts, JmsQueues, Broker, ...values } = orders
  const expected = { NumbOfMsgs: '2', Type: '0', State: '0', FillGrade: '0', Active: '1', Exclusive: '0' }
  assert.deepEqual(values, { Name: 'Orders', ...expected })
  assert.match(Size, /^[1-9]\d*$/)
  assert.equal(first.Exclusive, '1')
  const [related] = await results("Queues('Orders')/JmsQueues")
  assert.deepEqual([related.Name, related.QueueSize, related.ActiveState], ['Orders', Size, '1'])
})

test('queues and messages are filtered, sorted and counted', async () => {
  const cases: readonly (readonly [path: string, count: string])[] = [
    ['Queues/$count?$filter=NumbOfMsgs gt 0', '2'],
    ['Queues/$count?$filter=Exclusive eq 1L and Active eq 1', '1'],
    ['Queues/$count?$filter=State ne 0', '0'],
    ["Queues('Orders')/Messages/$count?$filter=Failed eq true and RetryCount eq 1 and NextRetry ne null", '1'],
    ["Queues('Orders')/Messages/$count?$filter=NextRetry eq null", '1'],
    ["Queues('Orders')/Messages/$count?$filter=Mplid eq 'guid of second'", '1'],
    ['JmsMessages/$count', '3'],
    ['QueueStates/$count?$filter=State eq 0', '3'],
    ['JmsQueues/$count?$filter=QueueSize gt 0', '2'],
  ]
  for (const [path, expected] of cases) assert.equal(await count(path), expected, path)
  assert.equal((await results('Queues?$orderby=NumbOfMsgs desc&$top=1'))[0].Name, 'Orders')
})

test('the broker shows states of queues and stopped ones', async () => {
  const path = "JmsBrokers('Broker1')"
  const before = (await call('GET', `${path}?$expand=QueueStates,InactiveQueues,QueueNamesHigh`)).json.d
  assert.deepEqual(
    before.QueueStates.results.map(({ Name, State }: Record<string, string>) => [Name, State]),
    [
      ['Dead', '0'],
      ['First', '0'],
      ['Orders', '0'],
    ],
  )
  assert.deepEqual([before.InactiveQueues.results, before.QueueNamesHigh.results], [[], []])
  const { QueueNumber, CapacityOk, CapacityWarning, MaxQueueNumber, IsMessageSpoolHigh } = before
  assert.deepEqual([QueueNumber, CapacityOk, CapacityWarning, MaxQueueNumber], ['3', '3', '0', null])
  assert.equal(IsMessageSpoolHigh, 0)
  assert.match(before.MaxCapacity, /^[1-9]\d*$/)

  assert.equal((await call('POST', "deactivateQueue?Name='Orders'")).status, 200)
  const [stopped] = await results(`${path}/InactiveQueues`)
  assert.deepEqual([stopped.Name, stopped.Active], ['Orders', '0'])
  assert.equal((await call('GET', "JmsBrokers('Broker2')")).status, 404)
})

test('a stopped queue is neither consumed, retried nor deleted, until it is started', async () => {
  await call('POST', "deactivateQueue?Name='Orders'")
  const claim = () => service.store.queues.claim('Orders', 'non-exclusive', 9, service.clock.now())
  assert.deepEqual(await claim(), [])
  assert.equal((await call('POST', "RetryJmsMessages?Queue='Orders'")).status, 409)
  assert.equal((await call('DELETE', "Queues('Orders')")).status, 409)
  assert.equal((await call('POST', "activateQueue?Name='Orders'&State='x'")).text, 'Orders')
  assert.equal((await call('POST', "RetryJmsMessages?Queue='Orders'")).text, '2')
  for (const name of ['activateQueue', 'deactivateQueue'])
    assert.equal((await call('POST', `${name}?Name='none'`)).status, 404)
})

test('a message is downloaded as a zip, moved and deleted', async () => {
  const [entry] = await results("Queues('Dead')/Messages")
  const key = `JmsMessages(Msgid='${entry.Msgid}',Name='Dead',Failed=false)`
  assert.equal((await call('GET', `${key}/$value`)).status, 403, 'contents are for business experts')
  const expert = { authorization: 'Bearer expert' }
  const files = await readArchive((await service.call('GET', `${key}/$value`, { headers: expert })).bytes)
  const texts = [...files].map(([name, content]) => `${name}: ${Buffer.from(content).toString().trim()}`)
  assert.deepEqual(texts, [
    'body: x',
    'headers.prop: SAP_Sender=shop',
    'properties.prop: count=3',
    'attachments/attachment_1_.._note.txt: attached',
  ])
  assert.equal((await call('GET', `${key}/Queue`)).json.d.Name, 'Dead')
  assert.equal((await call('POST', "MoveJmsMessages?Queue='Dead'&Target='Orders'")).text, '1')
  const moved = `JmsMessages(Msgid='${entry.Msgid}',Name='Orders',Failed=false)`
  assert.equal((await call('DELETE', moved)).status, 202)
  assert.equal((await call('GET', moved)).status, 404)
})

test('a queue shows which running flows use it, and is not deleted while they do', async () => {
  const flow = { id: 'shop', name: 'Shop' }
  service.deployer.users.set('Dead', [
    { ...flow, use: 'reads' },
    { ...flow, use: 'writes' },
    { id: 'bin', name: 'Bin', use: 'reads' },
  ])
  const users = (await results("Queues('Dead')/Artifacts?$orderby=Name")).map((row: Record<string, string>) => [
    row.Name,
    row.Id,
    row.Direction,
  ])
  assert.deepEqual(users, [
    ['Bin', 'bin', '1'],
    ['Shop', 'shop', '3'],
  ])
  assert.equal((await call('DELETE', "Queues('Dead')")).status, 409)
  service.deployer.users.clear()
  assert.equal((await call('DELETE', "Queues('Dead')")).status, 202)
  assert.equal((await call('GET', "Queues('Dead')")).status, 404)
})

test('queues are changed only with the roles for it', async () => {
  const developer = (method: string, path: string) => service.call(method, path)
  assert.equal((await developer('GET', 'Queues')).status, 200)
  assert.equal((await developer('POST', "RetryJmsMessages?Queue='Orders'")).status, 200)
  for (const path of ["deactivateQueue?Name='Orders'", "MoveJmsMessages?Queue='First'&Target='Orders'"])
    assert.equal((await developer('POST', path)).status, 403)
  assert.equal((await developer('DELETE', "Queues('Orders')")).status, 403)
})
