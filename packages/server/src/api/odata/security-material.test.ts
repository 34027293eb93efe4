import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestService, type TestService } from './testing/test-service.ts'

let service: TestService
before(async () => {
  service = await startTestService()
})
after(() => service.close())

const client = { TokenServiceUrl: 'https://t.example/token', ClientId: 'id', ClientSecret: 'hidden' }
const kinds: readonly [set: string, type: string, body: object, secret: string, shown: object, change: object][] = [
  [
    'UserCredentials',
    'UserCredential',
    { Kind: 'default', Description: 'd', User: 'ada', Password: 'hidden', CompanyId: '' },
    'Password',
    { Kind: 'default', Description: 'd', User: 'ada', CompanyId: '', Password: null },
    { User: 'bob' },
  ],
  [
    'OAuth2ClientCredentials',
    'OAuth2ClientCredential',
    { ...client, Scope: 's', ClientAuthentication: 'header' },
    'ClientSecret',
    { ClientId: 'id', ClientSecret: null, Scope: 's', Audience: null, ClientAuthentication: 'header' },
    { ClientId: 'other' },
  ],
  [
    'SecureParameters',
    'SecureParameter',
    { Description: 'd', SecureParam: 'hidden' },
    'SecureParam',
    { Description: 'd', SecureParam: null, DeployedBy: 'developer', Status: 'DEPLOYED' },
    { Description: 'e' },
  ],
]

for (const [set, type, body, secret, shown, change] of kinds) {
  test(`${set} are created, read without their secret, changed and deleted`, async () => {
    const key = `${set}('My%20${type}')`
    const created = await service.call('POST', set, { body: { Name: `My ${type}`, ...body } })
    assert.equal(created.status, 201)
    assert.equal((await service.call('POST', set, { body: { Name: `My ${type}`, ...body } })).status, 409)
    const read = await service.call('GET', key)
    assert.equal(read.json.d.__metadata.type, `com.sap.hci.api.${type}`)
    for (const [name, value] of Object.entries(shown)) assert.equal(read.json.d[name], value, name)

    const stored = async () => (await service.store.credentials.findWithSecret(`My ${type}`))?.secret
    assert.equal((await service.call('PUT', key, { body: change })).status, 202)
    assert.equal(await stored(), 'hidden', 'a change without a secret keeps it')
    const [[name, value] = ['', '']] = Object.entries(change)
    assert.equal((await service.call('GET', key)).json.d[name], value)
    assert.equal((await service.call('PUT', key, { body: { [secret]: 'other hidden' } })).status, 202)
    assert.equal(await stored(), 'other hidden')

    const list = await service.call('GET', set)
    assert.equal(list.json.d.results.length, 1)
    for (const { text } of [created, read, list]) assert.doesNotMatch(text, /hidden/)
    assert.equal((await service.call('GET', `${set}/$count`)).text, '1')

    assert.equal((await service.call('DELETE', key)).status, 202)
    for (const method of ['GET', 'PUT', 'DELETE'])
      assert.equal((await service.call(method, key, { body: {} })).status, 404)
  })

  test(`${set} are read and changed only with the roles for it`, async () => {
    const headers = { authorization: 'Bearer reader' }
    assert.equal((await service.call('GET', set, { headers })).status, 200)
    assert.equal((await service.call('POST', set, { headers, body: { Name: 'x', ...body } })).status, 403)
  })
}

test('the descriptor says who deployed a credential and when', async () => {
  await service.call('POST', 'UserCredentials', { body: { Name: 'described', User: 'a', Password: 'b' } })
  const { SecurityArtifactDescriptor: descriptor } = (await service.call('GET', "UserCredentials('described')")).json.d
  assert.equal(descriptor.DeployedOn, `/Date(${service.clock.now()})/`)
  assert.deepEqual(
    [descriptor.Type, descriptor.DeployedBy, descriptor.Status],
    ['CREDENTIALS', 'developer', 'DEPLOYED'],
  )
})

test('a name belongs to one kind', async () => {
  await service.call('POST', 'SecureParameters', { body: { Name: 'taken', SecureParam: 'x' } })
  const user = await service.call('POST', 'UserCredentials', { body: { Name: 'taken', User: 'a', Password: 'b' } })
  assert.equal(user.status, 409)
  assert.equal((await service.call('GET', "UserCredentials('taken')")).status, 404)
})

test('what is wrong with security material is said', async () => {
  const cases: readonly (readonly [set: string, body: object, message: RegExp])[] = [
    ['UserCredentials', { Name: 'x', User: 'a' }, /value for "Password", found none/],
    ['UserCredentials', { Name: 'a/b', User: 'a', Password: 'b' }, /"Name" to be/],
    ['UserCredentials', { Name: 'x', User: 'a', Password: 'b', Kind: 'odd' }, /"Kind" to be default .*found "odd"/],
    ['OAuth2ClientCredentials', { ...client, Name: 'x', TokenServiceUrl: 'file:///etc' }, /http or https URL/],
    ['OAuth2ClientCredentials', { ...client, Name: 'x', ClientId: '' }, /value for "ClientId"/],
    ['OAuth2ClientCredentials', { ...client, Name: 'x', ClientAuthentication: 'odd' }, /body or header, found "odd"/],
    ['SecureParameters', { Name: 'x', SecureParam: 'x'.repeat(4097) }, /at most 4096 characters/],
  ]
  for (const [set, body, message] of cases) {
    const { status, json } = await service.call('POST', set, { body })
    assert.equal(status, 400, JSON.stringify(body))
    assert.match(json.error.message.value, message)
  }
})
