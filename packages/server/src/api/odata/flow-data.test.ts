import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { readArchive } from '../../runtime/archive.ts'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
beforeEach(async () => {
  for (const flow of ['', 'relay']) {
    await call('DELETE', `DataStores(DataStoreName='Orders',IntegrationFlow='${flow}',Type='')`)
    await call('DELETE', `Variables(VariableName='last',IntegrationFlow='${flow}')`)
  }
  const now = service.clock.now()
  const put = (flowId: string, store: string, id: string, overdueAt: number) => ({
    kind: 'put-entry' as const,
    flowId,
    store,
    entry: {
      id,
      body: Buffer.from('hidden'),
      headers: { kind: 'new' },
      messageGuid: `guid of ${id}`,
      createdAt: now,
      expiresAt: now + 9_000,
    },
    overdueAt,
    encrypted: false,
    overwrites: false,
  })
  const write = (flowId: string, name: string) => ({
    kind: 'write-variable' as const,
    flowId,
    name,
    value: 'hidden',
    writtenAt: now,
    expiresAt: now + 9_000,
    encrypted: false,
  })
  await service.store.dataStores.apply([
    put('', 'Orders', 'a', now + 1_000),
    put('', 'Orders', "b's", now - 1),
    put('relay', 'Orders', 'c', now + 1_000),
    write('', 'last'),
    write('relay', 'last'),
  ])
})
after(() => service.close())

const headers = { authorization: 'Bearer administrator', accept: 'application/json' }
const call = (method: string, path: string) => service.call(method, path, { headers })

test('data stores are listed with how much is in them', async () => {
  const { d } = (await call('GET', 'DataStores')).json
  assert.deepEqual(
    d.results.map((row: Record<string, string>) => [
      row.DataStoreName,
      row.IntegrationFlow,
      row.Visibility,
      row.NumberOfMessages,
      row.NumberOfOverdueMessages,
    ]),
    [
      ['Orders', '', 'Global', '2', '1'],
      ['Orders', 'relay', 'Integration Flow', '1', '0'],
    ],
  )
})

test('entries are reached through their store and by key, and deleted', async () => {
  const entries = await call('GET', "DataStores(DataStoreName='Orders',IntegrationFlow='',Type='')/Entries")
  assert.deepEqual(
    entries.json.d.results.map((row: Record<string, string>) => [row.Id, row.Status, row.MessageId]),
    [
      ['a', 'Waiting', 'guid of a'],
      ["b's", 'Overdue', "guid of b's"],
    ],
  )
  const key = "DataStoreEntries(Id='b''s',DataStoreName='Orders',IntegrationFlow='',Type='')"
  const { d } = (await call('GET', key)).json
  assert.equal(d.RetainUntil, `/Date(${service.clock.now() + 9_000})/`)
  assert.equal((await call('DELETE', key)).status, 202)
  assert.equal((await call('GET', key)).status, 404)
  assert.doesNotMatch(entries.text, /hidden/)
})

test('variables are listed without their values and deleted one by one', async () => {
  const listed = await call('GET', 'Variables')
  assert.doesNotMatch(listed.text, /hidden/)
  assert.deepEqual(
    listed.json.d.results.map((row: Record<string, string>) => [row.VariableName, row.IntegrationFlow]),
    [
      ['last', ''],
      ['last', 'relay'],
    ],
  )
  assert.equal((await call('DELETE', "Variables(VariableName='last',IntegrationFlow='')")).status, 202)
  assert.equal((await call('GET', 'Variables/$count')).text, '1')
})

test('what flows left is deleted by administrators only', async () => {
  const path = "Variables(VariableName='last',IntegrationFlow='relay')"
  assert.equal((await service.call('GET', path)).status, 200)
  assert.equal((await service.call('DELETE', path)).status, 403)
})

test('data stores, entries and variables are filtered, sorted and counted', async () => {
  const cases: readonly (readonly [path: string, count: string])[] = [
    ['DataStores/$count?overdueonly=true', '1'],
    ["DataStores/$count?$filter=IntegrationFlow eq 'relay'", '1'],
    [
      "DataStores/$count?$filter=Visibility eq 'Global' and NumberOfMessages eq 2L and NumberOfOverdueMessages lt 2",
      '1',
    ],
    ['DataStoreEntries/$count', '3'],
    ['DataStoreEntries/$count?messageid=guid of c', '1'],
    ['DataStoreEntries/$count?overdueonly=true', '1'],
    ["DataStoreEntries/$count?$filter=Status eq 'Waiting' and DueAt gt datetime'2020-01-01T00:00:00'", '2'],
    ["DataStores(DataStoreName='Orders',IntegrationFlow='',Type='')/Entries/$count?$filter=Status eq 'Overdue'", '1'],
    ["Variables/$count?$filter=Visibility eq 'Integration Flow' and VariableName eq 'last'", '1'],
  ]
  for (const [path, count] of cases) assert.equal((await call('GET', path)).text, count, path)
  const { d } = (await call('GET', 'DataStoreEntries?$orderby=Id desc&$top=1')).json
  assert.equal(d.results[0].Id, 'c')
})

test('contents are downloaded as a zip, with the role for it', async () => {
  const expert = { authorization: 'Bearer expert' }
  const cases: readonly (readonly [path: string, file: string, content: string, files: number])[] = [
    ["DataStoreEntries(Id='a',DataStoreName='Orders',IntegrationFlow='',Type='')/$value", 'body', 'hidden', 2],
    [
      "DataStoreEntries(Id='a',DataStoreName='Orders',IntegrationFlow='',Type='')/$value",
      'headers.prop',
      'kind=new\n',
      2,
    ],
    ["Variables(VariableName='last',IntegrationFlow='relay')/$value", 'headers.prop', 'last=hidden\n', 1],
  ]
  for (const [path, file, content, files] of cases) {
    assert.equal((await call('GET', path)).status, 403, 'administrators do not read what flows have stored')
    const answer = await service.call('GET', path, { headers: expert })
    assert.equal(answer.headers['content-type'], 'application/zip')
    const archive = await readArchive(answer.bytes)
    assert.equal(archive.size, files)
    assert.equal(Buffer.from(archive.get(file) ?? []).toString(), content)
  }
})

test('a data store is deleted with its entries', async () => {
  const path = "DataStores(DataStoreName='Orders',IntegrationFlow='relay',Type='')"
  assert.equal((await service.call('DELETE', path)).status, 403)
  assert.equal((await call('DELETE', path)).status, 202)
  assert.equal((await call('GET', path)).status, 404)
  assert.equal((await call('GET', 'DataStores/$count')).text, '1')
})
