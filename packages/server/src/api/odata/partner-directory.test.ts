import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const headers = { authorization: 'Bearer partners', accept: 'application/json' }
const call = (method: string, path: string, body?: unknown) =>
  service.call(method, path, { headers, ...(body === undefined ? {} : { body }) })

interface Kind {
  readonly set: string
  readonly body: Readonly<Record<string, string>>
  readonly key: string
  readonly change: Readonly<Record<string, string>>
}

const kinds: readonly Kind[] = [
  {
    set: 'StringParameters',
    body: { Pid: 'ACME', Id: "Receiver's", Value: 'http://a' },
    key: "(Pid='ACME',Id='Receiver''s')",
    change: { Value: 'http://b' },
  },
  {
    set: 'BinaryParameters',
    body: { Pid: 'ACME', Id: 'Schema', ContentType: 'xsd', Value: 'AP8K' },
    key: "(Pid='ACME',Id='Schema')",
    change: { Value: 'AQ==' },
  },
  {
    set: 'AlternativePartners',
    body: { Agency: 'my agency', Scheme: 'GLN', Id: '4ü', Pid: 'ACME' },
    key: "(Hexagency='6D79206167656E6379',Hexscheme='474c4e',Hexid='34C3BC')",
    change: { Pid: 'Other' },
  },
  { set: 'AuthorizedUsers', body: { User: 'ada', Pid: 'ACME' }, key: "('ADA')", change: { Pid: 'Other' } },
]

for (const { set, body, key, change } of kinds) {
  test(`${set} are created once, read, changed and deleted`, async () => {
    const created = await call('POST', `${set}?user=bob`, body)
    assert.equal(created.status, 201, created.text)
    assert.equal((await call('POST', set, body)).status, 409)
    const createdAt = `/Date(${service.clock.now()})/`
    service.clock.advance(1_000)
    assert.equal((await call('PUT', `${set}${key}`, change)).status, 204)
    const { d } = (await call('GET', `${set}${key}`)).json
    for (const [name, value] of Object.entries({ ...body, ...change })) assert.equal(d[name], value)
    assert.deepEqual([d.CreatedBy, d.CreatedTime], ['bob', createdAt])
    assert.deepEqual([d.LastModifiedBy, d.LastModifiedTime], ['partners', `/Date(${service.clock.now()})/`])
    assert.equal((await call('GET', `${set}/$count?$filter=Pid eq '${d.Pid}'`)).text, '1')
    assert.equal((await call('DELETE', `${set}${key}`)).status, 204)
    assert.equal((await call('GET', `${set}${key}`)).status, 404)
    assert.equal((await call('DELETE', `${set}${key}`)).status, 404)
  })

  test(`${set} are read and changed only with the roles for it`, async () => {
    assert.equal((await service.call('GET', set)).status, 403)
    assert.equal((await service.call('POST', set, { body })).status, 403)
  })
}

test('binary parameters come 30 on a page', async () => {
  for (let index = 0; index < 31; index++) {
    await call('POST', 'BinaryParameters', { Pid: 'P', Id: `${100 + index}`, ContentType: 'txt', Value: 'AA==' })
  }
  const { d } = (await call('GET', 'BinaryParameters')).json
  assert.equal(d.results.length, 30)
  assert.match(d.__next, /skiptoken=30/)
})

test('a partner is deleted with all that is known about it', async () => {
  await call('POST', 'StringParameters', { Pid: 'Gone', Id: 'a', Value: '' })
  await call('POST', 'AuthorizedUsers', { User: 'gone', Pid: 'Gone' })
  assert.equal((await call('GET', "Partners('Gone')")).status, 200)
  assert.equal((await call('DELETE', "Partners('Gone')")).status, 204)
  assert.equal((await call('GET', "Partners('Gone')")).status, 404)
  assert.equal((await call('GET', "AuthorizedUsers('gone')")).status, 404)
})

test('user credentials of partners are put, read without their password, filtered and deleted', async () => {
  const body = { Pid: 'Zed', Id: 'Id1', User: 'ada', Password: 'hidden' }
  for (const User of ['ada', 'bob']) {
    const created = await call('POST', 'UserCredentialParameters?user=carl', { ...body, User })
    assert.equal(created.status, 201, created.text)
    assert.doesNotMatch(created.text, /hidden/)
  }
  const key = "UserCredentialParameters(Pid='Zed',Id='Id1')"
  const { d } = (await call('GET', key)).json
  assert.deepEqual([d.User, d.Password, d.CreatedBy, d.LastModifiedBy], ['bob', null, 'partners', 'partners'])
  const listed = (await call('GET', "UserCredentialParameters?$filter=Pid eq 'Zed' and User ne 'ada'")).json
  assert.equal(listed.d.results.length, 1)
  assert.equal((await call('GET', "UserCredentialParameters/$count?$filter=Pid eq 'Other'")).text, '0')
  for (const path of ['UserCredentialParameters', "UserCredentialParameters/$count?$filter=User eq 'bob'"])
    assert.match((await call('GET', path)).text, /a filter for \\"Pid\\"|a filter for &quot;Pid|a filter for "Pid"/)
  assert.equal((await call('GET', "Partners('Zed')")).status, 200)
  const alias = await service.call('GET', "UserCredentials('pd:Zed:Id1:UserCredential')")
  assert.equal(alias.json.d.User, 'bob')
  assert.equal((await service.store.credentials.findWithSecret('pd:Zed:Id1:UserCredential'))?.secret, 'hidden')
  assert.equal((await call('PUT', key, body)).status, 405)
  assert.equal((await call('DELETE', key)).status, 204)
  assert.equal((await call('GET', key)).status, 404)
  assert.equal((await call('GET', "Partners('Zed')")).status, 404)
  assert.equal((await service.call('POST', 'UserCredentialParameters', { body })).status, 403)
})

test('a partner with credentials is deleted by those only who may delete these', async () => {
  await service.store.roles.assignUsers({ application: 'devtmn', role: 'TenantPartnerDirectory.write' }, ['reader'])
  await service.store.roles.assignUsers({ application: 'devtmn', role: 'TenantPartnerDirectory.read' }, ['reader'])
  const remove = (Pid: string) =>
    service.call('DELETE', `Partners('${Pid}')`, { headers: { authorization: 'Bearer reader' } })
  await call('POST', 'StringParameters', { Pid: 'Plain', Id: 'a', Value: '' })
  await call('POST', 'UserCredentialParameters', { Pid: 'Secret', Id: 'a', User: 'ada', Password: 'hidden' })
  assert.deepEqual([(await remove('Plain')).status, (await remove('Secret')).status], [204, 403])
  assert.equal((await call('DELETE', "Partners('Secret')")).status, 204)
})

test('partners are filtered, sorted and counted', async () => {
  for (const Pid of ['list-b', 'list-a', 'other']) await call('POST', 'StringParameters', { Pid, Id: 'x', Value: '' })
  await call('POST', 'AuthorizedUsers', { User: 'x', Pid: 'list-c' })
  const { d } = (await call('GET', "Partners?$filter=startswith(Pid,'list')&$orderby=Pid desc&$top=2")).json
  assert.deepEqual(
    d.results.map(({ Pid }: { Pid: string }) => Pid),
    ['list-c', 'list-b'],
  )
  assert.equal((await call('GET', "Partners/$count?$filter=startswith(Pid,'list')")).text, '3')
})

test('the hexadecimal keys of alternative partners cannot be filtered by', async () => {
  const { status } = await call('GET', "AlternativePartners?$filter=Hexagency eq '41'")
  assert.equal(status, 400)
})

test('what is wrong with an entry is said', async () => {
  const cases: readonly (readonly [set: string, body: object, message: RegExp])[] = [
    ['StringParameters', { Id: 'a', Value: 'b' }, /"Pid" to be one line of 1 to 60 characters, found none/],
    ['StringParameters', { Pid: 'P', Id: 'a\nb', Value: 'b' }, /"Id" to be one line/],
    ['StringParameters', { Pid: 'P', Id: 'a' }, /"Value" with at most 4000 characters, found none/],
    ['StringParameters', { Pid: 'P', Id: 'a', Value: 'x'.repeat(4001) }, /found 4001/],
    ['BinaryParameters', { Pid: 'P', Id: 'a', ContentType: 'xsl', Value: '?' }, /content in base64/],
    ['BinaryParameters', { Pid: 'P', Id: 'a', Value: '' }, /"ContentType" to be one line/],
    ['UserCredentialParameters', { Pid: 'a:b', Id: 'a', User: 'u', Password: 'p' }, /"Pid" to be 1 to 60 letters/],
    ['UserCredentialParameters', { Pid: 'P', Id: 'a', User: 'u' }, /"Password" to be one line/],
  ]
  for (const [set, body, message] of cases) {
    const { status, json } = await call('POST', set, body)
    assert.equal(status, 400)
    assert.match(json.error.message.value, message)
  }
  const oddKey = await call('GET', "AlternativePartners(Hexagency='x',Hexscheme='47',Hexid='47')")
  assert.match(oddKey.json.error.message.value, /"Hexagency" to be hexadecimal digits, found "x"/)
})
