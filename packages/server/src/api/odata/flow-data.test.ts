import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
  const now = service.clock.now()
  const put = (flowId: string, store: string, id: string, overdueAt: number) => ({
    kind: 'put-entry' as const,
    flowId,
    store,
    entry: {
      id,
      body: Buffer.from('hidden'),
      headers: {},
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
