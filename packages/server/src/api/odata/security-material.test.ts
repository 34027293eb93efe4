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
    const count = async () => Number((await service.call('GET', `${set}/$count`)).text)
    const others = await count()
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
    assert.equal(list.json.d.results.length, others + 1)
    for (const { text } of [created, read, list]) assert.doesNotMatch(text, /hidden/)
    assert.equal(await count(), others + 1)

    assert.equal((await service.call('DELETE', key)).status, 202)
    assert.equal(await count(), others)
    for (const method of ['GET', 'PUT', 'DELETE'])
      assert.equal((await service.call(method, key, { body: {} })).status, 404)
  })

  test(`${set} are read and changed only with the roles for it`, async () => {
    const headers = { authorization: 'Bearer reader' }
    assert.equal((await service.call('GET', set, { headers })).status, 200)
    assert.equal((await service.call('POST', set, { headers, body: { Name: 'x', ...body } })).status, 403)
  })
}

test('security material is filtered, sorted and counted by what it shows', async () => {
  const create = (set: string, body: object) => service.call('POST', set, { body })
  for (const [name, more] of [
    ['f1', { User: 'ada' }],
    ['f2', { User: 'bob', Kind: 'successfactors', CompanyId: 'SF' }],
  ] as const)
    await create('UserCredentials', { Name: name, Password: 'x', ...more })
  await create('OAuth2ClientCredentials', { ...client, Name: 'f3', Scope: 'read', Audience: 'api' })
  await create('SecureParameters', { Name: 'f4', SecureParam: 'x', Description: 'd' })
  const mine = "startswith(Name,'f')"
  const cases: readonly (readonly [path: string, names: string])[] = [
    [`UserCredentials?$filter=${mine}&$orderby=Name desc`, 'f2 f1'],
    [`UserCredentials?$filter=${mine} and Kind eq 'default'`, 'f1'],
    [`UserCredentials?$filter=${mine} and CompanyId eq null`, 'f1'],
    [`UserCredentials?$filter=${mine} and SecurityArtifactDescriptor/DeployedBy eq 'developer'&$top=1&$skip=1`, 'f2'],
    [`OAuth2ClientCredentials?$filter=${mine} and Scope eq 'read' and ClientAuthentication eq 'body'`, 'f3'],
    [`OAuth2ClientCredentials?$filter=${mine} and Resource ne null`, ''],
    [`SecureParameters?$filter=${mine} and DeployedOn gt datetime'2020-01-01T00:00:00' and Status eq 'DEPLOYED'`, 'f4'],
  ]
  for (const [path, names] of cases) {
    const { json, text } = await service.call('GET', path)
    assert.equal(json.d?.results.map(({ Name }: { Name: string }) => Name).join(' '), names, `${path} ${text}`)
  }
  const secret = await service.call('GET', "UserCredentials?$filter=Password eq 'x'")
  assert.equal(secret.status, 400, 'secrets cannot be guessed by filters')
})

test('custom parameters come with a client, are expanded, kept by a change, and replaced by one that has some', async () => {
  const parameters = [
    { Key: 'k1', Value: 'v1', SendAsPartOf: 'body' },
    { Key: 'k2', Value: 'v2', SendAsPartOf: 'URL' },
  ]
  const body = { ...client, Name: 'custom', CustomParameters: parameters }
  assert.equal((await service.call('POST', 'OAuth2ClientCredentials', { body })).status, 201)
  const path = "OAuth2ClientCredentials('custom')"
  const read = async () => {
    const { json } = await service.call('GET', `${path}?$expand=CustomParameters`)
    const { results } = json.d.CustomParameters
    return results.map((row: Record<string, string>) => `${row.Key}=${row.Value} ${row.SendAsPartOf}`).join()
  }
  assert.equal(await read(), 'k1=v1 body,k2=v2 url')
  assert.equal((await service.call('PUT', path, { body: { ClientId: 'other' } })).status, 202)
  assert.equal(await read(), 'k1=v1 body,k2=v2 url')
  const [first] = parameters
  await service.call('PUT', path, { body: { CustomParameters: { results: [first] } } })
  assert.equal(await read(), 'k1=v1 body')
  assert.equal((await service.call('GET', `${path}/CustomParameters/$count`)).text, '1')
  const many = Array.from({ length: 21 }, (_, index) => ({ ...first, Value: `${index}` }))
  const refused: readonly (readonly [parameters: unknown, message: RegExp])[] = [
    [[{ ...first, Key: 'grant_type' }], /none of client_id, client_secret, grant_type/],
    [[{ ...first, Value: ' ' }], /"Value" of a custom parameter/],
    [[{ ...first, SendAsPartOf: 'query' }], /"SendAsPartOf" to be body or header or url, found "query"/],
    [[{ Key: 'a:b', Value: 'x', SendAsPartOf: 'header' }], /header that HTTP allows/],
    [[first, first], /each custom parameter once/],
    [many, /at most 20 custom parameters, found 21/],
    ['x', /an object in "CustomParameters", found a string/],
  ]
  for (const [wrong, message] of refused) {
    const { status, json } = await service.call('PUT', path, { body: { CustomParameters: wrong } })
    assert.equal(status, 400, JSON.stringify(wrong))
    assert.match(json.error.message.value, message)
  }
})

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
    [
      'SecureParameters',
      { Name: 'x', SecureParam: 'y', Description: 'x'.repeat(4097) },
      /"Description" to have at most/,
    ],
    ['UserCredentials', { Name: 'x', User: 'a'.repeat(4097), Password: 'b' }, /"User" to have at most 4096/],
  ]
  for (const [set, body, message] of cases) {
    const { status, json } = await service.call('POST', set, { body })
    assert.equal(status, 400, JSON.stringify(body))
    assert.match(json.error.message.value, message)
  }
})
