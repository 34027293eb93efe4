import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { MessageLog } from '../../store/store.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

const log: MessageLog = {
  messageGuid: 'kept',
  correlationId: 'kept',
  artifactId: 'orders',
  artifactName: 'Orders',
  packageId: 'pkg',
  status: 'COMPLETED',
  customStatus: undefined,
  logStart: 0,
  logEnd: 1,
  sender: undefined,
  receiver: undefined,
  applicationMessageId: undefined,
  applicationMessageType: undefined,
  error: undefined,
  errorStepId: undefined,
}

let service: TestService
before(async () => {
  service = await startTestService()
  const now = service.clock.now()
  const persist = (stepId: string, createdAt: number, encrypted: boolean) => ({
    kind: 'persist-message' as const,
    flowId: 'orders',
    messageGuid: 'kept',
    stepId,
    body: Buffer.from(`body at ${stepId}`),
    headers: { who: 'me', count: 2 },
    attachments: encrypted ? [{ name: 'scan 1.png', contentType: 'image/png', content: Buffer.from([1, 2, 0]) }] : [],
    createdAt,
    expiresAt: now + 60_000,
    encrypted,
  })
  service.store.messageLogs.record(log)
  service.store.messageLogs.record({ ...log, messageGuid: 'bare' })
  await service.store.dataStores.apply([persist('Persist2', now + 5, true), persist('Persist1', now, false)])
})
after(() => service.close())

const business = { authorization: 'Bearer expert', accept: 'application/json' }
const results = async (path: string) => (await service.call('GET', path, { headers: business })).json.d.results

async function ids(): Promise<string[]> {
  return (await results("MessageProcessingLogs('kept')/MessageStoreEntries")).map((row: { Id: string }) => row.Id)
}

test('entries of a message are listed as they were kept, filtered, paged and counted', async () => {
  const path = "MessageProcessingLogs('kept')/MessageStoreEntries"
  const cases: readonly (readonly [query: string, expected: readonly string[]])[] = [
    ['', ['Persist1', 'Persist2']],
    ['?$orderby=TimeStamp desc', ['Persist2', 'Persist1']],
    ['?$top=1&$skip=1', ['Persist2']],
    ['?$filter=HasAttachments eq true', ['Persist2']],
    ['?$filter=HasAttachments ne true', ['Persist1']],
    ["?$filter=MessageStoreId eq 'Persist1'", ['Persist1']],
  ]
  for (const [query, expected] of cases) {
    const found = (await results(`${path}${query}`)).map((row: { MessageStoreId: string }) => row.MessageStoreId)
    assert.deepEqual(found, expected, query)
  }
  assert.equal((await service.call('GET', `${path}/$count`)).text, '2')
  assert.deepEqual(await results("MessageProcessingLogs('bare')/MessageStoreEntries"), [])
  const [first] = await ids()
  assert.equal((await service.call('GET', `MessageProcessingLogs('bare')/MessageStoreEntries('${first}')`)).status, 404)
})

test('an entry has its body and headers, its attachments theirs', async () => {
  const [, id] = await ids()
  const entry = `MessageStoreEntries('${id}')`
  const { d } = (await service.call('GET', entry)).json
  assert.deepEqual([d.MessageGuid, d.MessageStoreId, d.HasAttachments], ['kept', 'Persist2', true])
  const body = await service.call('GET', `${entry}/$value`, { headers: business })
  assert.deepEqual([body.status, body.text], [200, 'body at Persist2'])
  assert.deepEqual(
    (await results(`${entry}/Properties`)).map((row: Record<string, string>) => [row.MessageId, row.Name, row.Value]),
    [
      [id, 'who', 'me'],
      [id, 'count', '2'],
    ],
  )
  const one = await service.call('GET', `MessageStoreEntryProperties(MessageId='${id}',Name='who')`, {
    headers: business,
  })
  assert.equal(one.json.d.Value, 'me')
  const [attachment] = await results(`${entry}/Attachments`)
  assert.deepEqual([attachment.Name, attachment.ContentType], ['scan 1.png', 'image/png'])
  const path = `MessageStoreEntryAttachments('${attachment.Id}')`
  const content = await service.call('GET', `${path}/$value`, { headers: business })
  assert.deepEqual([content.status, [...content.bytes]], [200, [1, 2, 0]])
  const [type] = await results(`${path}/Properties`)
  assert.deepEqual([type.AttachmentId, type.Name, type.Value], [attachment.Id, 'Content-Type', 'image/png'])
  const named = `MessageStoreEntryAttachmentProperties(AttachmentId='${attachment.Id}',Name='Content-Type')`
  assert.equal((await service.call('GET', named)).json.d.Value, 'image/png')
})

test('contents are for those who may read payloads, and what is not there is not found', async () => {
  const [, id] = await ids()
  const entry = `MessageStoreEntries('${id}')`
  const [attachment] = await results(`${entry}/Attachments`)
  const cases: readonly (readonly [path: string, status: number])[] = [
    [entry, 200],
    [`${entry}/$value`, 403],
    [`${entry}/Properties`, 403],
    [`${entry}/Attachments`, 200],
    [`MessageStoreEntryAttachments('${attachment.Id}')/$value`, 403],
    ["MessageStoreEntries('nothing')", 404],
    ["MessageStoreEntryAttachments('nothing')", 404],
    ["MessageStoreEntryAttachmentProperties(AttachmentId='nothing',Name='Content-Type')", 404],
  ]
  for (const [path, status] of cases) assert.equal((await service.call('GET', path)).status, status, path)
})
