import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { MessageLog, MessageStatus } from '../../store/store.ts'
import { startTestService, type TestService } from '../odata/testing/test-service.ts'

const start = Date.UTC(2026, 0, 1)
const hourMs = 3_600_000

let service: TestService

function log(index: number, artifactId: string, atMs: number, more: Partial<MessageLog> = {}): MessageLog {
  return {
    messageGuid: `${artifactId}${index}`,
    correlationId: `${artifactId}${index}`,
    artifactId,
    artifactName: `Name of ${artifactId}`,
    packageId: 'sales',
    status: 'COMPLETED',
    customStatus: undefined,
    logStart: start + atMs - 10,
    logEnd: start + atMs,
    sender: undefined,
    receiver: undefined,
    applicationMessageId: undefined,
    applicationMessageType: undefined,
    error: undefined,
    errorStepId: undefined,
    ...more,
  }
}

before(async () => {
  service = await startTestService()
  const { messageLogs } = service.store
  const few: readonly (readonly [atMs: number, status: MessageStatus])[] = [
    [0, 'COMPLETED'],
    [hourMs - 1, 'FAILED'],
    [hourMs, 'RETRY'],
    [hourMs + 1, 'PROCESSING'],
    [3 * hourMs, 'FAILED'],
  ]
  for (const [index, [atMs, status]] of few.entries()) messageLogs.record(log(index, 'few', atMs, { status }))
  messageLogs.record(log(9, 'few', 0, { messageGuid: 'slow', logStart: start - 90 }))
  // More than one query counts, in the second hour.
  for (let index = 0; index < 2_400; index++) {
    const status = index % 100 === 0 ? 'FAILED' : 'COMPLETED'
    messageLogs.record(log(index, 'many', hourMs + index * 1_000, { status, artifactName: `Many ${index}` }))
  }
  await messageLogs.flush()
})
after(() => service.close())

const at = (hour: number) => new Date(start + hour * hourMs).toISOString()
const call = (path: string, user = 'administrator') =>
  service.call('GET', `/api/monitoring/v1/usage/${path}`, { headers: { authorization: `Bearer ${user}` } })
const messages = async (query: string) => {
  const answer = await call(`messages?${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json
}

test('messages are counted by flow and interval, those under way apart', async () => {
  const { intervals, end, all, flows, others } = await messages(`from=${at(0)}&to=${at(3)}&interval=hour`)
  assert.deepEqual([intervals, end, others], [[at(0), at(1), at(2)], at(3), undefined])
  const [many, few] = flows
  const point = (interval: number, messages: number, failed: number, averageMs = 10, maxMs = 10) => ({
    interval,
    messages,
    failed,
    averageMs,
    maxMs,
  })
  assert.deepEqual(few, {
    id: 'few',
    name: 'Name of few',
    messages: 4,
    failed: 1,
    averageMs: 30,
    maxMs: 90,
    points: [point(0, 3, 1, 36.7, 90), point(1, 1, 0)],
  })
  assert.deepEqual([many.id, many.name, many.messages, many.failed], ['many', 'Many 2399', 2_400, 24])
  assert.deepEqual(many.points, [point(1, 2_400, 24)])
  assert.deepEqual(all.points, [point(0, 3, 1, 36.7, 90), point(1, 2_401, 24)])
})

test('many messages are counted the same whatever the intervals are', async () => {
  const from = new Date(start + hourMs + 500).toISOString()
  const { flows } = await messages(`from=${from}&to=${at(2)}&interval=day&flow=many`)
  assert.deepEqual([flows.length, flows[0].messages, flows[0].failed], [1, 2_399, 23])
  assert.deepEqual(flows[0].points, [{ interval: 0, messages: 2_399, failed: 23, averageMs: 10, maxMs: 10 }])
})

test('flows beyond those that are told apart are one', async () => {
  const { flows, others } = await messages(`from=${at(0)}&to=${at(4)}&interval=week&top=1`)
  assert.deepEqual(
    flows.map(({ id }: { id: string }) => id),
    ['many'],
  )
  assert.deepEqual([others.flows, others.messages, others.failed], [1, 5, 2])
})

const refused = [
  '',
  'interval=hour',
  `from=${at(0)}&interval=minute`,
  `from=yesterday&interval=hour`,
  `from=${at(0)}&to=${at(0)}&interval=hour`,
  `from=${at(0)}&to=${at(201)}&interval=hour`,
  `from=${at(0)}&interval=hour&top=101`,
]
for (const query of refused) {
  test(`a query of "${query}" is refused`, async () => {
    const { status, json } = await call(`messages?${query}`)
    assert.deepEqual([status, json.code], [400, 'invalid-request'])
  })
}

test('storage is told as bytes and rows', async () => {
  const { json } = await call('storage')
  assert.ok(json.databaseBytes > 100_000 && json.availableBytes > 0)
  const rows = Object.fromEntries(json.rows.map(({ kind, rows }: { kind: string; rows: number }) => [kind, rows]))
  assert.deepEqual([rows.messageLogs, rows.tokens, rows.attachments], [2_406, 0, 0])
})

for (const [path, user] of [
  [`messages?from=${at(0)}&interval=hour`, 'partners'],
  ['storage', 'partners'],
  ['tokens', 'administrator'],
] as const) {
  test(`${path} is not for ${user}`, async () => assert.equal((await call(path, user)).status, 403))
}
