import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readArchive } from '../../runtime/archive.ts'
import { startTestService, type TestService } from '../odata/testing/test-service.ts'
import { commands } from './index.ts'

const dataStore = 'com.sap.esb.monitoring.datastore.access.command.'

let service: TestService

function write(flowId: string, name: string, value: string) {
  const writtenAt = service.clock.now()
  const variable = { flowId, name, value, writtenAt, expiresAt: writtenAt + 60_000, encrypted: false }
  return { kind: 'write-variable' as const, ...variable }
}

before(async () => {
  service = await startTestService()
  const now = service.clock.now()
  await service.store.dataStores.apply([
    write('', 'last', 'grün'),
    write('orders', 'last', '2'),
    write('orders', 'gone', '3'),
    {
      kind: 'put-entry',
      flowId: 'orders',
      store: 'Open',
      entry: {
        id: '<4711>',
        body: Buffer.from('an order'),
        headers: { who: 'me' },
        messageGuid: 'guid',
        createdAt: now,
        expiresAt: now + 60_000,
      },
      overdueAt: now + 1_000,
      encrypted: true,
      overwrites: false,
    },
  ])
  const credential = { description: '', customParameters: [], deployedBy: 'me', deployedAt: now }
  await service.store.credentials.create(
    { ...credential, name: 'Bakery & Sons', kind: 'user', attributes: { user: 'me', kind: 'successfactors' } },
    'a secret',
  )
  await service.store.credentials.create(
    { ...credential, name: 'Mill', kind: 'oauth2-client', attributes: { clientId: 'me' } },
    'a secret',
  )
})
after(() => service.close())

const get = (name: string, headers: Record<string, string> = {}) =>
  service.call('GET', `/itspaces/Operations/${name}`, {
    headers: { authorization: 'Bearer expert', accept: 'application/json', ...headers },
  })
const post = (name: string, body: unknown, user = 'expert') =>
  service.call('POST', `/Operations/${dataStore}${name}`, {
    headers: { authorization: `Bearer ${user}`, accept: '*/*', 'content-type': 'application/json;charset=UTF-8' },
    body,
  })
const inXml = (name: string, text: string) =>
  Buffer.from(new RegExp(`<${name}>(.*)</${name}>`, 's').exec(text)?.[1] ?? '', 'base64')

test('each command is served once', () => {
  const names = commands.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
})

test('variables are the entries of their store, by flow', async () => {
  const path = `${dataStore}ListDataStoreEntriesCommand?storeName=sap_global_store&allStores=true&maxNum=100000`
  const { entries } = (await get(path)).json
  assert.deepEqual(entries, [
    { storeName: 'sap_global_store', id: 'last' },
    { storeName: 'sap_global_store', id: 'gone', qualifier: 'orders' },
    { storeName: 'sap_global_store', id: 'last', qualifier: 'orders' },
  ])
  const value = async (parameters: object) =>
    inXml('value', (await post('GetDataStoreVariableCommand', { storeName: 'sap_global_store', ...parameters })).text)
  assert.equal(String(await value({ id: 'last' })), 'grün')
  assert.equal(String(await value({ id: 'last', qualifier: 'orders' })), '2')
  const payload = await post('GetDataStorePayloadCommand', { storeName: 'sap_global_store', id: 'last' })
  const files = await readArchive(inXml('payload', payload.text))
  assert.deepEqual(
    [...files].map(([name, content]) => [name, String(Buffer.from(content))]),
    [['body', 'grün']],
  )
})

test('variables and entries are deleted, and what is not there is said', async () => {
  await service.store.dataStores.apply([write('orders', 'deleted', '4')])
  const gone = { storeName: 'sap_global_store', ids: ['deleted'], qualifier: 'orders' }
  assert.equal((await post('DeleteDataStoreEntryCommand', gone)).status, 403)
  assert.equal((await post('DeleteDataStoreEntryCommand', gone, 'administrator')).status, 200)
  assert.equal((await post('DeleteDataStoreEntryCommand', gone, 'administrator')).status, 404)
  const cases = [
    ['GetDataStoreVariableCommand', { storeName: 'sap_global_store', id: 'deleted', qualifier: 'orders' }, 404],
    ['GetDataStoreVariableCommand', { storeName: 'sap_global_store' }, 400],
    ['GetDataStorePayloadCommand', { storeName: 'Open', id: '<4711>' }, 404],
    ['GetDataStorePayloadCommand', { id: 'x' }, 400],
    ['DeleteDataStoreEntryCommand', { storeName: 'Open', ids: [] }, 400],
    ['DeleteDataStoreEntryCommand', [], 400],
    ['GetDataStoreVariableCommand', { storeName: 'x'.repeat(1024 * 1024) }, 413],
  ] as const
  for (const [name, body, status] of cases) {
    const user = name.startsWith('Delete') ? 'administrator' : 'expert'
    assert.equal((await post(name, body, user)).status, status, `${name} ${JSON.stringify(body).slice(0, 100)}`)
  }
})

test('entries of data stores are listed and downloaded with their headers', async () => {
  const list = await get(`${dataStore}ListDataStoreEntriesCommand?storeName=Open`, { accept: '*/*' })
  assert.equal(
    list.text,
    `<?xml version="1.0" encoding="UTF-8"?><${dataStore}ListDataStoreEntriesResponse><entries><storeName>Open</storeName><id>&lt;4711&gt;</id><qualifier>orders</qualifier></entries></${dataStore}ListDataStoreEntriesResponse>`,
  )
  const wanted = { storeName: 'Open', id: '<4711>', qualifier: 'orders' }
  assert.equal((await post('GetDataStorePayloadCommand', wanted, 'developer')).status, 403)
  const files = await readArchive(inXml('payload', (await post('GetDataStorePayloadCommand', wanted)).text))
  assert.deepEqual([...files.keys()], ['body', 'headers.prop'])
  assert.equal(String(Buffer.from(files.get('body') ?? [])), 'an order')
  assert.match(String(Buffer.from(files.get('headers.prop') ?? [])), /who=me/)
})

test('entries are listed up to a number', async () => {
  const path = `${dataStore}ListDataStoreEntriesCommand?storeName=sap_global_store`
  for (const [maxNum, expected] of [
    ['1', 1],
    ['100000', 3],
  ] as const) {
    assert.equal((await get(`${path}&maxNum=${maxNum}`)).json.entries.length, expected, maxNum)
  }
  for (const maxNum of ['-1', '0', '1.5', 'all', '']) {
    const { status, json } = await get(`${path}&maxNum=${maxNum}`)
    assert.equal(status, 400, maxNum)
    assert.match(json.detail, /"maxNum" to be a number from 1/)
  }
})

test('security material is listed by name and kind, without what it holds', async () => {
  const answer = await get('com.sap.it.km.api.commands.SecurityMaterialsListCommand')
  assert.doesNotMatch(answer.text, /secret|clientId/)
  const kinds = answer.json.artifactInformations.map((row: { name: string; tags: readonly { value: string }[] }) => [
    row.name,
    ...row.tags.map(({ value }) => value),
  ])
  assert.deepEqual(kinds, [
    ['Bakery & Sons', 'successfactors'],
    ['Mill', 'oauth2:default', 'client_credentials'],
  ])
})

test('a variable is protected whatever its store is called', async () => {
  const condition = { conditionAttribute: 'Name', conditionValue: 'last', conditionType: 'exactString' }
  const reference = { name: 'r', description: '', type: 'GLOBAL_VARIABLE', ...condition }
  const { id } = await service.store.accessPolicies.create({ roleName: 'last', description: '' }, [reference])
  for (const storeName of ['sap_global_store', 'other'])
    assert.equal((await post('GetDataStoreVariableCommand', { storeName, id: 'last' })).status, 403, storeName)
  await service.store.accessPolicies.delete(id)
})

test('access policies protect from commands, too', async () => {
  const condition = { conditionAttribute: 'ID', conditionValue: 'orders', conditionType: 'exactString' }
  const reference = { name: 'r', description: '', type: 'INTEGRATION_FLOW', ...condition }
  const { id } = await service.store.accessPolicies.create({ roleName: 'orders', description: '' }, [reference])
  const variable = { storeName: 'sap_global_store', id: 'last' }
  const entry = { storeName: 'Open', qualifier: 'orders', id: '<4711>' }
  const call = (path: string, user: string, body: object) =>
    service.call('POST', `/Operations/${path}`, { headers: { authorization: `Bearer ${user}` }, body })
  const setLevel = 'com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponentSetMplLogLevelCommand'
  const answers = [
    await post('GetDataStoreVariableCommand', { ...variable, qualifier: 'orders' }),
    await post('GetDataStorePayloadCommand', entry),
    await post('DeleteDataStoreEntryCommand', { ...entry, ids: [entry.id] }, 'administrator'),
    await call('com.sap.it.nm.commands.deploy.DeleteContentCommand', 'developer', { artifactIds: 'orders' }),
    await call(setLevel, 'developer', { artifactSymbolicName: 'orders', mplLogLevel: 'INFO' }),
    await post('GetDataStoreVariableCommand', variable),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 403, 403, 403, 200],
  )
  await service.store.accessPolicies.delete(id)
  assert.equal((await post('GetDataStorePayloadCommand', entry)).status, 200)
})
