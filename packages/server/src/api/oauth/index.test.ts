import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  type ClientKind,
  clientAuthentications,
  createOAuthContext,
  grants,
  oauthPaths,
  tokenEndpoint,
} from '@sluice/oauth'
import Fastify, { type FastifyInstance } from 'fastify'
import { createLocalJWKSet, jwtVerify } from 'jose'
import pino from 'pino'
import { Authentication } from '../../http/authentication.ts'
import { problemReply } from '../../http/problem-reply.ts'
import { createAuthorizer } from '../../identity/authorizer.ts'
import { createDigests } from '../../identity/digests.ts'
import { rolesCatalogue } from '../../identity/roles-catalogue.ts'
import { createSecretHasher } from '../../identity/secret-hasher.ts'
import { openSigningKeys } from '../../identity/signing-keys.ts'
import { openStore } from '../../store/open.ts'
import { TestClock } from '../../testing/test-clock.ts'
import { registerOAuthApi } from './index.ts'

const silent = pino({ level: 'silent' })
const administrator = `Basic ${btoa('admin:x')}`

interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever was answered
  readonly body: any
  readonly headers: Readonly<Record<string, unknown>>
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

interface Api {
  readonly app: FastifyInstance
  readonly clock: TestClock
  /** As the administrator, unless told otherwise. */
  send(method: Method, path: string, json?: unknown, authorization?: string): Promise<Answer>
  requestToken(id: string, secret: string, more?: { kind?: ClientKind; parameters?: string }): Promise<Answer>
  validate(token: string, application?: string): Promise<string>
}

/** Everything behind the API is real: store, authorization server, authentication. */
async function startApi(directory: string) {
  const store = await openStore({ dataDirectory: directory })
  const { clients, tokens, roles, users, changes } = store
  const catalogue = rolesCatalogue('dev')
  const clock = new TestClock()
  const hasher = createSecretHasher()
  let drawn = 0
  const random = {
    bytes: (count: number) => createHash('shake256', { outputLength: count }).update(`${drawn++}`).digest(),
  }
  const oauth = createOAuthContext({
    settings: { issuer: 'http://localhost:8080', providerAccount: 'dev', clientAuthentication: 'basic' },
    ...{ clients, tokens, hasher, clock, random, grants, clientAuthentications },
    digests: createDigests(),
    keys: await openSigningKeys(store.keys),
  })
  changes.on('clients', id => oauth.forgetClient(id))
  changes.on('tokens', hash => oauth.validator.forgetToken(Buffer.from(hash, 'hex')))
  await roles.assignUsers({ application: 'cockpit', role: 'Administrator' }, ['admin'])
  const access = new Authentication({
    realm: 'dev',
    authorizer: createAuthorizer({ roles, changes, catalogue }),
    validateToken: (token, application) => oauth.validator.validate(token, application, clock.now()),
    verifyPassword: async name => ({ accepted: true, user: name }),
  })
  const app = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: true } } })
  app.setErrorHandler((error, _request, reply) => {
    const { status, headers, body } = problemReply(error, silent)
    return reply.code(status).headers(headers).send(body)
  })
  registerOAuthApi(app, { access, catalogue, clients, tokens, hasher, clock, random, oauth })
  return { app, clock, store, oauth, users }
}

async function withApi(body: (api: Api) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-oauth-'))
  const { app, clock, store, oauth } = await startApi(directory)
  try {
    await body({
      app,
      clock,
      async send(method, path, json, authorization = administrator) {
        const url = path.startsWith('/.') ? path : `/oauth2/api/v1${path}`
        const payload = json === undefined ? {} : { payload: json as object }
        const answer = await app.inject({ method, url, headers: { authorization }, ...payload })
        const { statusCode: status, headers } = answer
        return { status, headers, body: answer.body === '' ? undefined : answer.json() }
      },
      async requestToken(id, secret, { kind = 'application', parameters = '' } = {}) {
        const query = `grant_type=client_credentials${parameters}`
        const authorization = `Basic ${btoa(`${id}:${secret}`)}`
        const blank = { method: 'POST', contentType: undefined, body: '', address: '192.0.2.1' }
        const { status, headers, body: text } = await tokenEndpoint({ ...blank, query, authorization }, kind, oauth)
        return { status, headers, body: JSON.parse(text) }
      },
      async validate(token, application = 'deviflmap') {
        const verdict = await oauth.validator.validate(token, application, clock.now())
        return verdict.accepted ? 'accepted' : verdict.state
      },
    })
  } finally {
    await app.close()
    await store.close()
    await rm(directory, { recursive: true })
  }
}

const apiTest = (name: string, body: (api: Api) => Promise<void>) => test(name, () => withApi(body))

const orders = { id: 'orders', name: 'Orders', subscription: 'deviflmap', secret: 'pa55-word' }

apiTest('a client with generated ID and secret can fetch a token at once; the secret is shown once', async api => {
  const { status, body, headers } = await api.send('POST', '/clients', { name: 'Orders', subscription: 'deviflmap' })
  assert.equal(status, 201)
  const { id, secret, ...rest } = body
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.match(secret, /^[0-9a-f]{64}$/)
  assert.equal(headers.location, `/oauth2/api/v1/clients/${id}`)
  assert.equal(headers['cache-control'], 'no-store')
  assert.deepEqual(rest, {
    kind: 'application',
    name: 'Orders',
    description: '',
    subscription: 'deviflmap',
    user: `oauth_client_${id}`,
    grant: 'client_credentials',
    confidential: true,
    scopes: [],
    tokenLifetime: { value: 60, unit: 'minutes' },
    skipConsent: false,
    createdAt: '2026-01-01T00:00:00.000Z',
  })
  assert.equal((await api.requestToken(id, secret)).status, 200)
  assert.deepEqual((await api.send('GET', `/clients/${id}`)).body, { id, ...rest })
  assert.deepEqual((await api.send('GET', '/clients')).body, { clients: [{ id, ...rest }] })
})

apiTest('a given ID and secret are used as they are, and the secret is not repeated', async api => {
  const secret = '; " ( * @ > ~ / %41'
  const { status, body } = await api.send('POST', '/clients', {
    ...orders,
    secret,
    tokenLifetime: { value: 180, unit: 'days' },
  })
  assert.equal(status, 201)
  assert.equal(body.id, 'orders')
  assert.equal('secret' in body, false)
  const answer = await api.requestToken('orders', secret)
  assert.equal(answer.body.expires_in, 15_552_000)
})

apiTest('a client of the authorization code grant may be public and has a redirect URI', async api => {
  const web = { ...orders, secret: undefined, grant: 'authorization_code', confidential: false }
  const { status, body } = await api.send('POST', '/clients', {
    ...web,
    redirectUri: 'com.example.app:/callback',
    skipConsent: true,
  })
  assert.equal(status, 201)
  assert.deepEqual([body.redirectUri, body.skipConsent, body.secret], ['com.example.app:/callback', true, undefined])
  const refused = await api.requestToken('orders', '')
  assert.equal(refused.body.error, 'invalid_client')
})

apiTest('a platform client gets generated credentials, its scopes and 1500 seconds', async api => {
  const scopes = ['hcp.readAuthorizationSettings', 'hcp.readOAuthSettings']
  const { status, body } = await api.send('POST', '/clients', { kind: 'platform', description: 'Export', scopes })
  assert.equal(status, 201)
  assert.deepEqual(
    [body.kind, body.name, body.subscription, body.scopes, body.tokenLifetime],
    ['platform', body.id, '', scopes, { value: 25, unit: 'minutes' }],
  )
  const token = await api.requestToken(body.id, body.secret, { kind: 'platform' })
  assert.deepEqual([token.body.expires_in, token.body.scope], [1500, scopes.join(' ')])
  const bearer = `Bearer ${token.body.access_token}`
  assert.equal((await api.send('GET', '/clients', undefined, bearer)).status, 200)
  assert.equal((await api.send('DELETE', `/clients/${body.id}`, undefined, bearer)).status, 403)
})

const badBodies: [behaviour: string, body: unknown, detail: RegExp][] = [
  ['no body', undefined, /body/],
  ['no name', { subscription: 'deviflmap' }, /"name"/],
  ['no subscription', { name: 'a' }, /"deviflmap" \(flows\) or "devtmn" \(API\), found ""/],
  [
    'another subscription',
    { name: 'a', subscription: 'cockpit' },
    /"deviflmap" \(flows\) or "devtmn" \(API\), found "cockpit"/,
  ],
  ['an unknown field', { ...orders, colour: 'red' }, /Expected no field "colour" in the body/],
  [
    'an unknown field inside',
    { ...orders, tokenLifetime: { value: 1, unit: 'days', more: 1 } },
    /"more" in "tokenLifetime"/,
  ],
  ['a colon in the ID', { ...orders, id: 'a:b' }, /"id" to match/],
  ['an empty ID', { ...orders, id: '' }, /"id" to match/],
  ['a control character in the name', { ...orders, name: 'a\nb' }, /"name" to match/],
  ['an empty secret', { ...orders, secret: '' }, /"secret" to NOT have fewer than 1/],
  ['a long secret', { ...orders, secret: 'x'.repeat(256) }, /"secret" to NOT have more than 255/],
  ['a lifetime of zero', { ...orders, tokenLifetime: { value: 0, unit: 'days' } }, /"tokenLifetime.value" to be >= 1/],
  [
    'a lifetime in weeks',
    { ...orders, tokenLifetime: { value: 1, unit: 'weeks' } },
    /"tokenLifetime.unit" to be one of minutes, hours, days/,
  ],
  ['a lifetime over 180 days', { ...orders, tokenLifetime: { value: 181, unit: 'days' } }, /at most 180 days/],
  ['an unknown grant', { ...orders, grant: 'password' }, /"grant" to be one of client_credentials, authorization_code/],
  [
    'client credentials without confidentiality',
    { ...orders, secret: undefined, confidential: false },
    /"confidential" to be true/,
  ],
  ['a public client with a secret', { ...orders, grant: 'authorization_code', confidential: false }, /no "secret"/],
  ['a redirect URI for client credentials', { ...orders, redirectUri: 'https://a.example' }, /"redirectUri" only/],
  [
    'a redirect URI with a fragment (RFC 6749 §3.1.2)',
    { ...orders, grant: 'authorization_code', redirectUri: 'https://a.example#b' },
    /absolute URI without a fragment/,
  ],
  [
    'a redirect URI that runs code',
    { ...orders, grant: 'authorization_code', redirectUri: 'javascript:alert(1)' },
    /absolute URI/,
  ],
  [
    'scopes for an application client',
    { ...orders, scopes: ['hcp.readOAuthSettings'] },
    /"scopes" only for a platform client/,
  ],
  ['a platform client without scopes', { kind: 'platform' }, /at least one of "scopes"/],
  [
    'a platform client with an unknown scope',
    { kind: 'platform', scopes: ['hcp.all'] },
    /"scopes.0" to be one of hcp\./,
  ],
  [
    'a platform client with a chosen ID',
    { kind: 'platform', id: 'a', scopes: ['hcp.readOAuthSettings'] },
    /no field "id"/,
  ],
  [
    'everything that is wrong at once',
    { subscription: 'x', confidential: false },
    /"name".*"subscription".*"confidential"/,
  ],
]

test('a bad registration is refused, and the answer names the fields', () =>
  withApi(async api => {
    for (const [behaviour, body, detail] of badBodies) {
      const answer = await api.send('POST', '/clients', body)
      assert.equal(answer.status, 400, behaviour)
      assert.match(answer.body.detail, detail, behaviour)
      assert.ok(['invalid-request', 'invalid-client'].includes(answer.body.code), behaviour)
    }
    assert.deepEqual((await api.send('GET', '/clients')).body, { clients: [] })
  }))

apiTest('an ID that differs only in case is taken', async api => {
  await api.send('POST', '/clients', orders)
  for (const id of ['orders', 'ORDERS']) {
    const { status, body } = await api.send('POST', '/clients', { ...orders, id })
    assert.deepEqual([status, body.code], [409, 'client-exists'])
  }
})

apiTest('an update replaces what can be edited and keeps ID, kind, creation time and secret', async api => {
  await api.send('POST', '/clients', { ...orders, description: 'old' })
  const before = (await api.send('GET', '/clients/orders')).body
  api.clock.advance(60_000)
  const { status, body } = await api.send('PUT', '/clients/orders', { name: 'New', subscription: 'devtmn' })
  assert.equal(status, 200)
  assert.deepEqual(body, { ...before, name: 'New', subscription: 'devtmn', description: '' })
  assert.equal((await api.requestToken('orders', 'pa55-word')).status, 200)
})

apiTest('a new secret counts at once, and tokens issued before stay', async api => {
  await api.send('POST', '/clients', orders)
  const { access_token: token } = (await api.requestToken('orders', 'pa55-word')).body
  const { body } = await api.send('PUT', '/clients/orders', { ...orders, id: undefined, secret: 'next' })
  assert.equal('secret' in body, false)
  assert.equal((await api.requestToken('orders', 'pa55-word')).status, 401)
  assert.equal((await api.requestToken('orders', 'next')).status, 200)
  assert.equal(await api.validate(token), 'accepted')
})

apiTest('a client that becomes confidential gets a generated secret', async api => {
  const web = { name: 'Web', subscription: 'deviflmap', grant: 'authorization_code' }
  await api.send('POST', '/clients', { ...web, id: 'web', confidential: false })
  assert.match((await api.send('PUT', '/clients/web', web)).body.secret, /^[0-9a-f]{64}$/)
  assert.equal((await api.send('PUT', '/clients/web', web)).body.secret, undefined)
})

apiTest('an update cannot touch ID and kind', async api => {
  await api.send('POST', '/clients', orders)
  for (const field of [{ id: 'other' }, { kind: 'platform' }, { user: 'me' }, { scopes: [] }]) {
    const { status, body } = await api.send('PUT', '/clients/orders', { name: 'a', subscription: 'devtmn', ...field })
    assert.deepEqual([status, body.code], [400, 'invalid-request'])
  }
})

apiTest('only the description of a platform client can be edited', async api => {
  const created = { kind: 'platform', description: 'old', scopes: ['hcp.readOAuthSettings'] }
  const { id, secret } = (await api.send('POST', '/clients', created)).body
  const refused = await api.send('PUT', `/clients/${id}`, { description: 'new', secret: 'x' })
  assert.equal(refused.status, 400)
  assert.match(refused.body.detail, /found "secret"/)
  const edited = await api.send('PUT', `/clients/${id}`, { description: 'new' })
  assert.deepEqual([edited.status, edited.body.description, edited.body.scopes], [200, 'new', created.scopes])
  assert.equal((await api.requestToken(id, secret, { kind: 'platform' })).status, 200)
})

apiTest('clients that do not exist are answered with 404', async api => {
  const body = { name: 'a', subscription: 'devtmn' }
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    const answer = await api.send(method, '/clients/nobody', method === 'PUT' ? body : undefined)
    assert.deepEqual([answer.status, answer.body.code], [404, 'unknown-client'])
  }
})

apiTest('deleting a client makes its tokens fail at once', async api => {
  await api.send('POST', '/clients', orders)
  const opaque = (await api.requestToken('orders', 'pa55-word')).body.access_token
  const jwt = (await api.requestToken('orders', 'pa55-word', { parameters: '&token_format=jwt' })).body.access_token
  assert.deepEqual([await api.validate(opaque), await api.validate(jwt)], ['accepted', 'accepted'])
  assert.equal((await api.send('DELETE', '/clients/orders')).status, 204)
  assert.deepEqual([await api.validate(opaque), await api.validate(jwt)], ['unknown', 'client_deleted'])
  assert.equal((await api.requestToken('orders', 'pa55-word')).status, 401)
})

apiTest('a shorter lifetime ends opaque tokens at once, and a longer one does not revive them', async api => {
  await api.send('POST', '/clients', orders)
  const token = (await api.requestToken('orders', 'pa55-word')).body.access_token
  const jwt = (await api.requestToken('orders', 'pa55-word', { parameters: '&token_format=jwtrfc' })).body.access_token
  api.clock.advance(120_000)
  assert.equal(await api.validate(token), 'accepted')
  const body = { name: 'a', subscription: 'deviflmap' }
  await api.send('PUT', '/clients/orders', { ...body, tokenLifetime: { value: 1, unit: 'minutes' } })
  assert.deepEqual([await api.validate(token), await api.validate(jwt)], ['expired', 'accepted'])
  await api.send('PUT', '/clients/orders', { ...body, tokenLifetime: { value: 10, unit: 'hours' } })
  assert.equal(await api.validate(token), 'unknown')
})

apiTest('a token is for the application of its client only', async api => {
  await api.send('POST', '/clients', { ...orders, subscription: 'devtmn' })
  const token = (await api.requestToken('orders', 'pa55-word')).body.access_token
  assert.equal(await api.validate(token, 'devtmn'), 'accepted')
  assert.equal(await api.validate(token, 'deviflmap'), 'other_subscription')
})

apiTest('valid tokens are listed newest first, by client or user, without their text', async api => {
  for (const id of ['orders', 'invoices']) await api.send('POST', '/clients', { ...orders, id })
  const text = (await api.requestToken('orders', 'pa55-word')).body.access_token
  api.clock.advance(1000)
  await api.requestToken('invoices', 'pa55-word')
  const { body } = await api.send('GET', '/tokens')
  assert.deepEqual(
    body.tokens.map((token: { clientId: string }) => token.clientId),
    ['invoices', 'orders'],
  )
  const token = {
    id: createHash('sha256').update(text).digest('hex'),
    clientId: 'orders',
    user: 'oauth_client_orders',
    application: 'deviflmap',
    issuedAt: '2026-01-01T00:00:00.000Z',
    validUntil: '2026-01-01T01:00:00.000Z',
  }
  assert.deepEqual(body.tokens[1], token)
  for (const query of ['clientId=orders', 'user=oauth_client_orders', 'clientId=orders&user=oauth_client_orders']) {
    assert.deepEqual((await api.send('GET', `/tokens?${query}`)).body, { tokens: [token] }, query)
  }
  for (const query of ['clientId=nobody', 'user=ada', 'clientId=invoices&user=oauth_client_orders']) {
    assert.deepEqual((await api.send('GET', `/tokens?${query}`)).body, { tokens: [] }, query)
  }
  assert.equal((await api.send('GET', '/tokens?limit=1')).body.tokens.length, 1)
  api.clock.advance(3_600_000 - 1000)
  assert.equal((await api.send('GET', '/tokens?clientId=orders')).body.tokens.length, 0)
})

apiTest('revoking ends one token or all of a client', async api => {
  for (const id of ['orders', 'invoices']) await api.send('POST', '/clients', { ...orders, id })
  const issue = async (id: string): Promise<string> => (await api.requestToken(id, 'pa55-word')).body.access_token
  const tokens = [await issue('orders'), await issue('orders'), await issue('orders'), await issue('invoices')]
  const states = () => Promise.all(tokens.map(token => api.validate(token)))
  assert.deepEqual(await states(), ['accepted', 'accepted', 'accepted', 'accepted'])
  const id = createHash('sha256')
    .update(tokens[0] ?? '')
    .digest('hex')
  assert.equal((await api.send('DELETE', `/tokens/${id}`)).status, 204)
  assert.deepEqual(await states(), ['unknown', 'accepted', 'accepted', 'accepted'])
  const again = await api.send('DELETE', `/tokens/${id}`)
  assert.deepEqual([again.status, again.body.code], [404, 'unknown-token'])
  const all = await api.send('DELETE', '/tokens?clientId=orders')
  assert.deepEqual([all.status, all.body], [200, { revoked: 2 }])
  assert.deepEqual(await states(), ['unknown', 'unknown', 'unknown', 'accepted'])
})

const badQueries: [method: Method, path: string][] = [
  ['DELETE', '/tokens'],
  ['DELETE', '/tokens?clientId='],
  ['DELETE', '/tokens?client_id=orders'],
  ['DELETE', '/tokens/abc'],
  ['GET', '/tokens?limit=0'],
  ['GET', '/tokens?limit=1001'],
  ['GET', '/tokens?clientID=orders'],
]

apiTest('a query that is not understood is refused and revokes nothing', async api => {
  for (const [method, path] of badQueries) {
    const { status, body } = await api.send(method, path)
    assert.deepEqual([status, body.code], [400, 'invalid-request'], path)
  }
})

const routes: [method: Method, path: string, scope: string][] = [
  ['GET', '/clients', 'read'],
  ['GET', '/clients/orders', 'read'],
  ['GET', '/tokens', 'read'],
  ['POST', '/clients', 'manage'],
  ['PUT', '/clients/orders', 'manage'],
  ['DELETE', '/clients/orders', 'manage'],
  ['DELETE', '/tokens?clientId=orders', 'manage'],
  ['DELETE', `/tokens/${'0'.repeat(64)}`, 'manage'],
]

apiTest('every route asks for its platform scope before it looks at the request', async api => {
  await api.send('POST', '/clients', orders)
  const bearers = new Map<string, string>()
  for (const scope of ['readOAuthSettings', 'manageOAuthSettings', 'manageAuthorizationSettings']) {
    const { id, secret } = (await api.send('POST', '/clients', { kind: 'platform', scopes: [`hcp.${scope}`] })).body
    const { access_token: token } = (await api.requestToken(id, secret, { kind: 'platform' })).body
    bearers.set(scope, `Bearer ${token}`)
  }
  const application = `Bearer ${(await api.requestToken('orders', 'pa55-word')).body.access_token}`
  const expected: [authorization: string | undefined, read: number | 'pass', manage: number | 'pass'][] = [
    ['', 401, 401],
    ['Bearer 8271a067126f0aa93b46c2fe07c68801', 401, 401],
    [application, 401, 401],
    [`Basic ${btoa('ada:x')}`, 403, 403],
    [bearers.get('manageAuthorizationSettings'), 403, 403],
    [bearers.get('readOAuthSettings'), 'pass', 403],
    [bearers.get('manageOAuthSettings'), 'pass', 'pass'],
  ]
  for (const [authorization, read, manage] of expected) {
    for (const [method, path, scope] of routes) {
      const { status } = await api.send(method, path, method === 'PUT' ? { broken: 1 } : undefined, authorization)
      const passed = status === 401 || status === 403 ? status : 'pass'
      assert.equal(passed, scope === 'read' ? read : manage, `${method} ${path} with ${authorization?.slice(0, 12)}`)
    }
  }
})

apiTest('only JSON is taken, so that no form of another site can register a client', async api => {
  const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a']
  for (const method of ['POST', 'PUT'] as const) {
    for (const type of types) {
      const { statusCode } = await api.app.inject({
        method,
        url: `/oauth2/api/v1/clients${method === 'PUT' ? '/orders' : ''}`,
        headers: { authorization: administrator, 'content-type': type },
        payload: JSON.stringify(orders),
      })
      assert.equal(statusCode, 415, `${method} ${type}`)
    }
  }
})

apiTest('metadata and keys are public, and the keys verify the server’s JWTs', async api => {
  await api.send('POST', '/clients', orders)
  const token = (await api.requestToken('orders', 'pa55-word', { parameters: '&token_format=jwtrfc' })).body
    .access_token
  const metadata = await api.send('GET', oauthPaths.metadata, undefined, '')
  assert.equal(metadata.status, 200)
  assert.equal(metadata.body.issuer, 'http://localhost:8080')
  assert.equal(metadata.body.jwks_uri, `http://localhost:8080${oauthPaths.jwks}`)
  const { body: keySet } = await api.send('GET', oauthPaths.jwks, undefined, '')
  const { payload } = await jwtVerify(token, createLocalJWKSet(keySet), {
    currentDate: new Date(api.clock.now()),
    issuer: metadata.body.issuer,
    audience: 'dev/deviflmap',
  })
  assert.equal(payload.client_id, 'orders')
})
