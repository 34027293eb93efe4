import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { MessageLog, MessageLogDetails } from '../../store/store.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

const start = Date.UTC(2025, 0, 2, 3, 4, 5)

function log(messageGuid: string, status: MessageLog['status'], details?: Partial<MessageLogDetails>): MessageLog {
  const nothing = { run: undefined, customHeaders: [], adapterAttributes: [], attachments: [] }
  return {
    messageGuid,
    correlationId: messageGuid,
    artifactId: 'orders',
    artifactName: 'Orders',
    packageId: 'Pack',
    status,
    customStatus: undefined,
    logStart: start,
    logEnd: start + 1_000,
    sender: undefined,
    receiver: undefined,
    applicationMessageId: undefined,
    applicationMessageType: undefined,
    error: undefined,
    errorStepId: undefined,
    ...(details && { details: { ...nothing, ...details } }),
  }
}

const order = {
  customHeaders: [
    ['po_number', '12345'],
    ['colour', "r'ed"],
  ],
  adapterAttributes: [{ adapterId: 'Mail', adapterMessageId: '<1@x>', name: 'Recipients', value: 'a@x' }],
  attachments: [
    { name: 'Order 1', contentType: 'text/plain', content: Buffer.from('grüße') },
    { name: 'odd', contentType: 'text/plain\r\nx-injected: 1', content: Buffer.from([0, 255]) },
  ],
} satisfies Partial<MessageLogDetails>

let service: TestService
before(async () => {
  service = await startTestService()
  for (const value of [
    log('g1', 'COMPLETED', order),
    log('g2', 'FAILED', { customHeaders: [['po_number', '12345']] }),
    log('g3', 'COMPLETED'),
  ]) {
    service.store.messageLogs.record(value)
  }
})
after(() => service.close())

const get = async (path: string) => {
  const { status, json } = await service.call('GET', path)
  assert.equal(status, 200, path)
  return json.d
}

test('a log leads to its custom headers, adapter attributes and attachments', async () => {
  const headers = await get("MessageProcessingLogs('g1')/CustomHeaderProperties")
  assert.deepEqual(
    headers.results.map((row: Record<string, string>) => [row.Id, row.Name, row.Value]),
    [
      ['g1.1', 'po_number', '12345'],
      ['g1.2', 'colour', "r'ed"],
    ],
  )
  const [attribute] = (await get("MessageProcessingLogs('g1')/AdapterAttributes")).results
  assert.deepEqual(
    [attribute.AdapterId, attribute.AdapterMessageId, attribute.Name, attribute.Value],
    ['Mail', '<1@x>', 'Recipients', 'a@x'],
  )
  const [attachment] = (await get("MessageProcessingLogs('g1')/Attachments")).results
  const { Id, MessageGuid, TimeStamp, Name, ContentType, PayloadSize } = attachment
  assert.deepEqual(
    [Id, MessageGuid, TimeStamp, Name, ContentType, PayloadSize],
    ['g1.1', 'g1', `/Date(${start + 1_000})/`, 'Order 1', 'text/plain', '7'],
  )
  for (const name of ['CustomHeaderProperties', 'AdapterAttributes', 'Attachments']) {
    assert.deepEqual((await get(`MessageProcessingLogs('g3')/${name}`)).results, [], name)
    assert.equal((await service.call('GET', `MessageProcessingLogs('g9')/${name}`)).status, 404, name)
  }
  const { text } = await service.call('GET', "MessageProcessingLogs('g1')/CustomHeaderProperties/$count")
  assert.equal(text, '2')
})

test('details come along with their log, and lead back to it', async () => {
  const expanded = await get("MessageProcessingLogs('g1')?$expand=CustomHeaderProperties,AdapterAttributes,Attachments")
  assert.equal(expanded.CustomHeaderProperties.results[1].Value, "r'ed")
  assert.equal(expanded.AdapterAttributes.results.length, 1)
  assert.equal(expanded.Attachments.results.length, 2)
  const set = 'MessageProcessingLogCustomHeaderProperties'
  assert.equal((await get(`${set}('g2.1')/Log`)).MessageGuid, 'g2')
  const filter = encodeURIComponent("Name eq 'po_number' and Value eq '12345'")
  const found = await get(`${set}?$expand=Log&$filter=${filter}&$inlinecount=allpages`)
  assert.equal(found.__count, '2')
  assert.deepEqual(
    found.results.map((row: { Log: { Status: string } }) => row.Log.Status),
    ['COMPLETED', 'FAILED'],
  )
  const [attribute] = (await get('MessageProcessingLogAdapterAttributes?$expand=MessageProcessingLog')).results
  assert.equal(attribute.MessageProcessingLog.MessageGuid, 'g1')
})

test('custom headers are sorted by name and value', async () => {
  const names = async (order: string) =>
    (await get(`MessageProcessingLogCustomHeaderProperties?$orderby=${encodeURIComponent(order)}`)).results.map(
      ({ Id }: { Id: string }) => Id,
    )
  assert.deepEqual(await names('Name,Value'), ['g1.2', 'g1.1', 'g2.1'])
  assert.deepEqual(await names('Name desc,Value desc'), ['g1.1', 'g2.1', 'g1.2'])
})

/** The documentation's requests, and what its rules add up to. */
const searches: readonly (readonly [query: string, guids: string])[] = [
  ["filterCustomHeaderProperties='po_number' eq '12345'", 'g2,g1'],
  ["$format=json&$filter=Status eq 'FAILED'&filterCustomHeaderProperties='po_number' eq '12345'", 'g2'],
  ["filterCustomHeaderProperties='po_number' eq '12345'&$orderby=Status desc&$top=1", 'g2'],
  ["filterCustomHeaderProperties='colour' eq 'r''ed'", 'g1'],
  ["filterCustomHeaderProperties='po_number' eq '12345' and 'colour' eq 'red'", ''],
]

for (const [query, guids] of searches) {
  test(`${query} finds ${guids || 'nothing'}`, async () => {
    const { results } = await get(`MessageProcessingLogs?${encodeURI(query)}`)
    assert.equal(results.map(({ MessageGuid }: { MessageGuid: string }) => MessageGuid).join(), guids)
    const { text } = await service.call('GET', `MessageProcessingLogs/$count?${encodeURI(query)}`)
    if (!query.includes('$top')) assert.equal(text, String(guids === '' ? 0 : guids.split(',').length))
  })
}

test('other comparisons of custom headers are refused, and too many', async () => {
  const long = Array.from({ length: 2_000 }, () => "'a' eq 'b'")
  for (const wrong of [
    "'po_number' gt '1'",
    "Status eq 'FAILED'",
    "'po_number'",
    '',
    long.join(' or '),
    'not '.repeat(300),
  ]) {
    const query = `filterCustomHeaderProperties=${encodeURIComponent(wrong)}`
    assert.equal((await service.call('GET', `MessageProcessingLogs?${query}`)).status, 400, wrong)
  }
})

test('an attachment is downloaded as what the flow called it, by those who may read messages', async () => {
  const path = "MessageProcessingLogAttachments('g1.1')"
  assert.equal((await get(path)).Name, 'Order 1')
  assert.equal((await service.call('GET', `${path}/$value`)).status, 403)
  const headers = { authorization: 'Bearer expert' }
  const { status, text, headers: answered } = await service.call('GET', `${path}/$value`, { headers })
  assert.deepEqual([status, text, answered['content-type']], [200, 'grüße', 'text/plain'])
  assert.match(String(answered['content-disposition']), /^attachment; filename="Order 1"/)
  const odd = await service.call('GET', "MessageProcessingLogAttachments('g1.2')/$value", { headers })
  assert.deepEqual([odd.status, odd.headers['content-type']], [200, 'application/octet-stream'])
  assert.deepEqual([...odd.bytes], [0, 255])
  assert.equal((await service.call('GET', "MessageProcessingLogAttachments('g1.3')/$value", { headers })).status, 404)
})
