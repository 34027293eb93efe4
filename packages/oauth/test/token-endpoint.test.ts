import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ClientAuthenticationSetting, type OAuthErrorCode, type OAuthRequest, oauthErrors } from '../src/index.ts'
import { application, basic, keyOf, platform, settle, World } from './world.ts'

const grant = 'grant_type=client_credentials'
const form = 'application/x-www-form-urlencoded'
const authorization = basic('orders', 'pa55-word')

/** Runs a request whose refusal waits, with time passing. */
async function ask(world: World, request: Partial<OAuthRequest>, kind: 'application' | 'platform' = 'application') {
  const asked = kind === 'platform' ? world.requestPlatform(request) : world.request(request)
  await settle()
  world.clock.advance(60_000)
  return asked
}

const accepted: [behaviour: string, request: Partial<OAuthRequest>][] = [
  ['documented: grant in the query, Basic, empty body', { query: grant }],
  ['documented: grant in the form body', { contentType: form, body: grant }],
  [
    'RFC 9110 §8.3: a media type has parameters and no case',
    { contentType: `${form.toUpperCase()}; charset=UTF-8`, body: grant },
  ],
  ['RFC 9110 §5.6.6: with white space before its parameters', { contentType: `${form} ;charset=UTF-8`, body: grant }],
  [
    'observed: JSON content type with {} and the grant in the query',
    { query: grant, contentType: 'application/json', body: '{}' },
  ],
  ['observed: JSON content type without a body', { query: grant, contentType: 'application/json' }],
  [
    'observed: a body of any type, when the grant is in the query',
    { query: grant, contentType: 'text/xml', body: '<a/>' },
  ],
  ['observed: a form body without Content-Type', { body: grant }],
  ['documented: query and body are merged', { query: 'token_format=jwt', contentType: form, body: grant }],
  ['the same value in query and body is no contradiction', { query: grant, contentType: form, body: grant }],
  ['the same value twice is no contradiction', { query: `${grant}&${grant}` }],
  [
    'RFC 6749 §3.2: unknown parameters are ignored, also repeated or broken',
    { query: `${grant}&a=1&a=2&b=%zz&%zz=1&&=` },
  ],
  ['RFC 6749 §3.2: a parameter without value is absent', { query: `${grant}&scope=&token_format=&client_id` }],
  ['RFC 6749 App. B: names and values are decoded', { query: 'grant%5Ftype=client%5fcredentials' }],
  ['RFC 7617 §2: the scheme has no case', { query: grant, authorization: authorization.replace('Basic', 'bAsIc') }],
  ['padding of Basic may be missing', { query: grant, authorization: authorization.replace(/=+$/, '') }],
  ['a client_id parameter that agrees with Basic is ignored', { query: `${grant}&client_id=orders` }],
  [
    'a secret in the body beside the right Basic is ignored',
    { contentType: form, body: `${grant}&client_id=orders&client_secret=x` },
  ],
]

for (const [behaviour, request] of accepted) {
  test(`a token is issued: ${behaviour}`, async () => {
    const response = await new World().register(application()).request({ authorization, ...request })
    assert.equal(response.status, 200, response.body)
  })
}

const refused: [code: OAuthErrorCode, behaviour: string, request: Partial<OAuthRequest>][] = [
  ['method_not_allowed', 'GET', { method: 'GET', query: grant }],
  ['method_not_allowed', 'lower-case method names are other methods (RFC 9110 §9.1)', { method: 'post', query: grant }],
  ['missing_grant_type', 'no parameters at all', {}],
  ['missing_grant_type', 'an empty grant_type', { query: 'grant_type=' }],
  [
    'missing_grant_type',
    'a JSON body is not read',
    { contentType: 'application/json', body: '{"grant_type":"client_credentials"}' },
  ],
  ['duplicate_parameter', 'RFC 6749 §3.2: two values in the query', { query: `${grant}&grant_type=password` }],
  [
    'duplicate_parameter',
    'different values in query and body',
    { query: grant, contentType: form, body: 'grant_type=password' },
  ],
  ['duplicate_parameter', 'client_id contradicts Basic', { query: `${grant}&client_id=invoices` }],
  ['malformed_parameter', 'a broken escape in a known parameter', { query: `${grant}&scope=%e4` }],
  ['request_too_large', 'a long query', { query: `${grant}&a=${'x'.repeat(8192)}` }],
  ['request_too_large', 'a long body', { query: grant, body: 'x'.repeat(65_537) }],
  ['request_too_large', 'a long Authorization header', { query: grant, authorization: `Basic ${'x'.repeat(4096)}` }],
  ['request_too_large', 'many parameters', { query: `${grant}${'&a'.repeat(100)}` }],
  ['unsupported_grant_type', 'the password grant', { query: 'grant_type=password' }],
  [
    'unsupported_grant_type',
    'RFC 8628: the device grant',
    { query: 'grant_type=urn:ietf:params:oauth:grant-type:device_code' },
  ],
  ['unsupported_token_format', 'an unknown token_format', { query: `${grant}&token_format=JWT` }],
  ['invalid_scope', 'RFC 6749 §5.2: a scope the client does not have', { query: `${grant}&scope=write,read` }],
  ['no_client_credentials', 'no credentials', { query: grant, authorization: undefined }],
  ['no_client_credentials', 'another scheme', { query: grant, authorization: 'Bearer abc' }],
  [
    'client_credentials_misplaced',
    'observed: credentials in the body',
    { authorization: undefined, contentType: form, body: `${grant}&client_id=orders&client_secret=pa55-word` },
  ],
  [
    'client_credentials_misplaced',
    'credentials in the query',
    { authorization: undefined, query: `${grant}&client_id=orders&client_secret=pa55-word` },
  ],
  ['invalid_client', 'a wrong secret', { query: grant, authorization: basic('orders', 'wrong') }],
  ['invalid_client', 'a secret in other case', { query: grant, authorization: basic('orders', 'PA55-WORD') }],
  ['invalid_client', 'an unknown client', { query: grant, authorization: basic('nobody', 'pa55-word') }],
  ['invalid_client', 'an ID in other case', { query: grant, authorization: basic('Orders', 'pa55-word') }],
  ['invalid_client', 'an ID that cannot exist', { query: grant, authorization: basic('a/b', 'pa55-word') }],
  ['invalid_client', 'an empty secret', { query: grant, authorization: basic('orders', '') }],
  ['invalid_client', 'Basic without a colon', { query: grant, authorization: `Basic ${btoa('orders')}` }],
  ['invalid_client', 'Basic that is not base64', { query: grant, authorization: 'Basic *****' }],
  [
    'invalid_client',
    'a platform client at the endpoint for application clients',
    { query: grant, authorization: basic('operations', 'pa55-word') },
  ],
  [
    'invalid_client',
    'a public client, which has no secret',
    { query: grant, authorization: basic('mobile', 'pa55-word') },
  ],
  [
    'grant_not_allowed',
    'a client of the authorization code grant',
    { query: grant, authorization: basic('web', 'pa55-word') },
  ],
]

for (const [code, behaviour, request] of refused) {
  test(`${code} is answered: ${behaviour}`, async () => {
    const world = new World()
      .register(application())
      .register(platform())
      .register(application({ id: 'mobile', confidential: false }))
      .register(application({ id: 'web', grant: 'authorization_code' }))
    const response = await ask(world, { authorization, ...request })
    const { status, error, description } = oauthErrors[code]
    assert.equal(response.status, status)
    assert.deepEqual(JSON.parse(response.body), { error, error_description: description })
    assert.equal(response.headers['Cache-Control'], 'no-store')
    assert.equal(response.headers.Pragma, 'no-cache')
    assert.equal(response.headers['Content-Type'], 'application/json')
    assert.match(response.headers['WWW-Authenticate'] ?? '', status === 401 ? /^Basic realm=".+"/ : /^$/)
    assert.ok(response.reason)
    assert.equal(world.tokens.size, 0)
  })
}

test('405 names the method that is allowed (RFC 9110 §15.5.6)', async () => {
  const { headers } = await new World().request({ method: 'GET' })
  assert.equal(headers.Allow, 'POST')
})

test('descriptions keep to the characters of RFC 6749 §5.2', () => {
  for (const { description } of Object.values(oauthErrors)) assert.match(description, /^[ !#-[\]-~]+$/)
})

test('an opaque token is answered to an application client in the documented shape', async () => {
  const world = new World().register(application({ tokenLifetimeSeconds: 15_552_000 }))
  const response = await world.request({ query: grant, authorization })
  const { access_token: token, ...rest } = JSON.parse(response.body)
  assert.match(token, /^[0-9a-f]{32}$/)
  assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 15_552_000, scopes: [] })
  assert.equal(response.headers['Content-Type'], 'application/json')
  assert.equal(response.headers['Cache-Control'], 'no-store')
  assert.equal(response.headers.Pragma, 'no-cache')
  assert.equal(response.clientId, 'orders')
})

test('a platform client gets its scopes as one string and 1500 seconds', async () => {
  const response = await new World()
    .register(platform())
    .requestPlatform({ query: grant, authorization: basic('operations', 'pa55-word') })
  const { access_token: token, ...rest } = JSON.parse(response.body)
  assert.match(token, /^[0-9a-f]{32}$/)
  const scope = 'hcp.manageAuthorizationSettings hcp.readAuthorizationSettings'
  assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 1500, scope })
})

for (const separator of ['%20', '+', ',', ',%20']) {
  test(`scopes are separated by ${separator}, and only those asked for are granted`, async () => {
    const scopes = ['read', 'write', 'delete']
    const world = new World().register(application({ scopes }))
    const response = await world.request({ query: `${grant}&scope=write${separator}read`, authorization })
    assert.deepEqual(JSON.parse(response.body).scopes, ['read', 'write'])
  })
}

test('an application client is unknown at the endpoint for platform clients', async () => {
  const response = await ask(new World().register(application()), { query: grant, authorization }, 'platform')
  assert.equal(response.status, 401)
})

test('the token is stored as its time and SHA-256 only, before it is answered', async () => {
  const world = new World().register(application())
  const token = await world.token('orders')
  const [stored] = [...world.tokens.values()]
  assert.deepEqual(stored, {
    key: keyOf(token),
    clientId: 'orders',
    user: undefined,
    scopes: [],
    issuedAt: world.clock.now(),
  })
})

test('tokens are stored in the order they were issued in, which nobody can read from them', async () => {
  const world = new World().register(application())
  const tokens: string[] = []
  for (let index = 0; index < 100; index++) {
    tokens.push(await world.token('orders'))
    world.clock.advance(1)
  }
  const keys = [...world.tokens.keys()]
  assert.deepEqual(keys, keys.toSorted())
  const starts = new Set(tokens.map(token => token.slice(0, 4)))
  assert.ok(starts.size > 90, `${starts.size} different starts of 100 tokens`)
})

test('a store that fails is no refusal', async () => {
  const world = new World().register(application())
  world.tokens.set = () => {
    throw new Error('disk full')
  }
  await assert.rejects(world.request({ query: grant, authorization }), /disk full/)
})

const lenient: [setting: ClientAuthenticationSetting, inForm: number, inQuery: number][] = [
  ['basic', 401, 401],
  ['form', 200, 401],
  ['query', 200, 200],
]

for (const [clientAuthentication, inForm, inQuery] of lenient) {
  test(`with client authentication "${clientAuthentication}", form gives ${inForm}, query ${inQuery}, Basic 200`, async () => {
    const world = new World({ clientAuthentication }).register(application())
    const credentials = 'client_id=orders&client_secret=pa55-word'
    const asForm = await world.request({ contentType: form, body: `${grant}&${credentials}` })
    assert.equal(asForm.status, inForm)
    assert.equal((await world.request({ query: `${grant}&${credentials}` })).status, inQuery)
    assert.equal((await world.request({ query: grant, authorization })).status, 200)
  })
}

test('any secret authenticates through Basic, as it is and form-encoded as RFC 6749 §2.3.1 wants it', async () => {
  const secrets = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.constantFrom('a:b', ':', '%', '%41', 'a+b', 'a b', '100%', 'ü€😀', '; " ( * @ > ~ /'),
  )
  await fc.assert(
    fc.asyncProperty(secrets, async secret => {
      if (/[\ud800-\udfff]/.test(secret) && !secret.isWellFormed()) return
      const world = new World().register(application(), secret)
      const encoded = new URLSearchParams({ s: secret }).toString().slice(2)
      for (const sent of [secret, encoded]) {
        const response = await world.request({ query: grant, authorization: basic('orders', sent) })
        assert.equal(response.status, 200, sent)
      }
    }),
  )
})

test('a secret sent as ISO-8859-1 is understood', async () => {
  const world = new World().register(application(), 'grün')
  const latin = `Basic ${Buffer.from('orders:grün', 'latin1').toString('base64')}`
  assert.equal((await world.request({ query: grant, authorization: latin })).status, 200)
})

test('no request makes the endpoint throw or answer anything but 200, 400, 401, 405 or 429', async () => {
  const world = new World({ clientAuthentication: 'query' }).register(application())
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(grant, 'scope', '%', authorization))
  const requests = fc.record({
    method: fc.constantFrom('POST', 'POST', 'POST', 'GET'),
    query: fc.array(text).map(parts => parts.join('&')),
    contentType: fc.option(fc.oneof(text, fc.constant(form)), { nil: undefined }),
    body: text,
    authorization: fc.option(
      fc.oneof(
        text,
        text.map(value => `Basic ${value}`),
        fc.constant(authorization),
      ),
      { nil: undefined },
    ),
  })
  await fc.assert(
    fc.asyncProperty(requests, async request => {
      const { status, body } = await ask(world, request)
      assert.ok([200, 400, 401, 405, 429].includes(status))
      assert.ok(JSON.parse(body))
    }),
    { numRuns: 300 },
  )
})

test('a client that is deleted while its token is stored is told that it is unknown, an outage is none of its mistakes', async () => {
  const world = new World().register(application())
  const ask = () =>
    world.request({ query: 'grant_type=client_credentials', authorization: basic('orders', 'pa55-word') })
  world.context.tokens.insert = async () => {
    throw new Error('the disk is full')
  }
  await assert.rejects(ask(), /the disk is full/)
  world.context.tokens.insert = async () => {
    world.deleteClient('orders')
    throw new Error('the client is null')
  }
  const { status, body } = await ask()
  assert.deepEqual([status, JSON.parse(body).error], [401, 'invalid_client'])
})
