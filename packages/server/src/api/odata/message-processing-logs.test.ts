import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { MessageLog } from '../../store/store.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

const start = Date.UTC(2025, 0, 2, 3, 4, 5)

function log(messageGuid: string, more: Partial<MessageLog> = {}): MessageLog {
  return {
    messageGuid,
    correlationId: `c-${messageGuid}`,
    artifactId: 'orders',
    artifactName: 'Name of orders',
    packageId: 'Pack',
    status: 'COMPLETED',
    customStatus: undefined,
    logStart: start,
    logEnd: start + 1_000,
    sender: undefined,
    receiver: undefined,
    applicationMessageId: undefined,
    applicationMessageType: undefined,
    error: undefined,
    errorStepId: undefined,
    ...more,
  }
}

let service: TestService
before(async () => {
  service = await startTestService()
  await service.call('POST', 'IntegrationPackages', { body: { Id: 'Pack', Name: 'Name of Pack' } })
  const error = 'java.lang.Exception: <no> & "no"'
  for (const value of [
    log('g1', { logEnd: start - 1_000 }),
    log('g2', { status: 'FAILED', error, errorStepId: 'CallActivity_3' }),
    log('g3', { artifactId: 'other', logEnd: start + 2_000, sender: 'S', customStatus: 'Special' }),
  ]) {
    service.store.messageLogs.record(value)
  }
})
after(() => service.close())

/** The queries of five clients, as they put them on the wire. */
const queries: readonly (readonly [client: string, query: string, guids: string])[] = [
  ['Piper', "$filter=IntegrationArtifact/Id+eq+'orders'+and+Status+ne+'DISCARDED'&$orderby=LogEnd+desc&$top=1", 'g2'],
  [
    'a Jenkinsfile',
    "$filter=IntegrationArtifact/Id%20eq%20'orders'and%20Status%20ne%20'DISCARDED'&$orderby=LogEnd desc&$top=1&%24select=Status",
    'FAILED',
  ],
  [
    'CPI Helper',
    "$filter=IntegrationFlowName eq 'orders' and LogStart gt datetime'2025-01-02T03:04:04' and Status ne 'DISCARDED'&$top=5&$format=json&$orderby=LogEnd desc&$select=Status,LogEnd,LogStart,MessageGuid,LogLevel,AlternateWebLink",
    'g2,g1',
  ],
  [
    'the SAP Cloud SDK',
    "$filter=((LogEnd%20le%20datetime'2025-01-02T03%3A04%3A06.000'%20and%20IntegrationArtifact%2FId%20eq%20'orders'%20and%20(Status%20eq%20'FAILED'%20or%20Status%20eq%20'COMPLETED')))&$top=50",
    'g2,g1',
  ],
  [
    'contiva',
    '%24top=1&%24filter=MessageGuid%20ne%20null&%24orderby=LogEnd%20desc&%24select=MessageGuid&%24select=Status&%24inlinecount=allpages',
    'g3',
  ],
  [
    'the documentation',
    "$filter=LogEnd gt datetime'2025-01-02T03:04:05' and LogEnd lt datetime'2025-01-02T03:04:07'",
    'g2',
  ],
  ['the documentation', "$filter=MessageGuid eq 'g3'", 'g3'],
  ['the documentation', "$filter=CustomStatus eq 'Special' and Sender eq 'S'", 'g3'],
  ['a browser, without asking for an order,', '$format=json', 'g3,g2,g1'],
  ['CPI Helper, with stray blanks,', '$inlinecount=allpages& $top=1 &$skip=1', 'g2'],
]

for (const [client, query, guids] of queries) {
  test(`the query of ${client} finds ${guids}`, async () => {
    const url = `MessageProcessingLogs?${query.replaceAll(' ', '%20')}`
    const { status, json } = await service.call('GET', url)
    assert.equal(status, 200)
    const found = json.d.results.map((row: Record<string, string>) => row.MessageGuid ?? row.Status)
    assert.equal(found.join(), guids)
    assert.equal(json.d.__count, query.includes('inlinecount') ? '3' : undefined)
  })
}

test('a log shows what happened in the properties of the original', async () => {
  const { d } = (await service.call('GET', "MessageProcessingLogs('g2')")).json
  assert.deepEqual(
    [d.LogStart, d.LogEnd, d.Status, d.LogLevel],
    [`/Date(${start})/`, `/Date(${start + 1_000})/`, 'FAILED', 'INFO'],
  )
  const { __metadata, ...artifact } = d.IntegrationArtifact
  assert.equal(__metadata.type, 'com.sap.hci.api.IntegrationArtifact')
  const expected = {
    Id: 'orders',
    Name: 'Name of orders',
    Type: 'INTEGRATION_FLOW',
    PackageId: 'Pack',
    PackageName: 'Name of Pack',
  }
  assert.deepEqual(artifact, expected)
  assert.deepEqual(
    [d.IntegrationFlowName, d.CustomStatus, d.Sender, d.ArchivingStatus],
    ['orders', 'FAILED', null, null],
  )
  const link = 'https://tenant.example/shell/monitoring/Messages/%7B%22identifier%22%3A%22g2%22%7D'
  assert.equal(d.AlternateWebLink, link)
  assert.equal((await service.call('GET', "MessageProcessingLogs('g2')/IntegrationArtifact/Id/$value")).text, 'orders')
  assert.equal((await service.call('GET', "MessageProcessingLogs('g2')/Sender/$value")).status, 404)
  assert.equal((await service.call('GET', "MessageProcessingLogs('g9')")).status, 404)
})

test('logs are counted with a filter in parentheses', async () => {
  const { text, headers } = await service.call('GET', "MessageProcessingLogs/$count?$filter=(Status eq 'FAILED')")
  assert.deepEqual([text, headers['content-type']], ['1', 'text/plain;charset=utf-8'])
})

test('the error of a failed message is plain text, and there is none without a failure', async () => {
  const path = (guid: string) => `MessageProcessingLogs('${guid}')/ErrorInformation`
  const failed = await service.call('GET', `${path('g2')}/$value`)
  assert.deepEqual([failed.status, failed.text], [200, 'java.lang.Exception: <no> & "no"'])
  assert.match(String(failed.headers['content-type']), /^text\/plain/)
  const completed = await service.call('GET', `${path('g1')}/$value`)
  assert.deepEqual([completed.status, completed.text], [204, ''])
  const { d } = (await service.call('GET', path('g2'))).json
  assert.deepEqual([d.MessageGuid, d.LastErrorModelStepId], ['g2', 'CallActivity_3'])
  const expanded = (
    await service.call('GET', "MessageProcessingLogs?$expand=ErrorInformation&$filter=Status eq 'FAILED'")
  ).json
  assert.equal(expanded.d.results[0].ErrorInformation.LastErrorModelStepId, 'CallActivity_3')
  assert.equal((await service.call('GET', `${path('g9')}/$value`)).status, 404)
})

test('more than a thousand logs come in pages that are linked', async t => {
  const service = await startTestService()
  t.after(() => service.close())
  for (let index = 0; index < 1_200; index++) {
    service.store.messageLogs.record(log(`p${index}`, { artifactId: 'many', logEnd: start + index }))
  }
  const seen = new Set<string>()
  let next: string | undefined =
    "/api/v1/MessageProcessingLogs?$filter=IntegrationFlowName%20eq%20'many'&$select=MessageGuid"
  const sizes: number[] = []
  while (next) {
    const { json } = await service.call('GET', next)
    sizes.push(json.d.results.length)
    for (const row of json.d.results) seen.add(row.MessageGuid)
    next = json.d.__next?.slice('https://tenant.example'.length)
  }
  assert.deepEqual([sizes, seen.size], [[1_000, 200], 1_200])
  const { text } = await service.call('GET', 'MessageProcessingLogs', { headers: { accept: '*/*' } })
  assert.match(
    text,
    /<link href="https:\/\/tenant.example\/api\/v1\/MessageProcessingLogs\?\$skiptoken=1000" rel="next"\/>/,
  )
})

test('a query that cannot be understood is refused with the place', async () => {
  const cases: readonly (readonly [query: string, message: RegExp])[] = [
    ["$filter=Status = 'x'", /position 8 of \$filter/],
    ["$filter=Nothing eq 'x'", /found "Nothing"/],
    ["$filter=LogEnd gt '2025'", /Expected a time such as datetime'/],
    ["$filter=AlternateWebLink eq 'x'", /can be filtered and sorted by, found "AlternateWebLink"/],
    ['$orderby=Nothing', /found "Nothing"/],
    ['$expand=Nothing', /found "Nothing"/],
    ['$top=many', /\$top, found "many"/],
  ]
  for (const [query, message] of cases) {
    const { status, json } = await service.call('GET', `MessageProcessingLogs?${encodeURI(query)}`)
    assert.equal(status, 400, query)
    assert.match(json.error.message.value, message)
  }
})
