import assert from 'node:assert/strict'
import { apiTest, orders } from './testing/started-api.ts'

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
    translations: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    tokenEndpointAuthMethod: 'client_secret_basic',
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

apiTest('name and description are kept in other languages, until others are stated', async api => {
  const translations = { de: { name: 'Bestellungen', description: 'Schickt <b>' }, 'pt-BR': { name: 'Pedidos' } }
  assert.deepEqual((await api.send('POST', '/clients', { ...orders, translations })).body.translations, translations)
  assert.deepEqual((await api.send('GET', '/clients/orders')).body.translations, translations)
  const { id, ...update } = orders
  const fr = { fr: { description: 'Commandes' } }
  await api.send('PUT', `/clients/${id}`, { ...update, translations: fr })
  assert.deepEqual((await api.send('GET', '/clients/orders')).body.translations, fr)
  await api.send('PUT', `/clients/${id}`, update)
  assert.deepEqual((await api.send('GET', '/clients/orders')).body.translations, {})
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
  ['a colon in the ID', { ...orders, id: 'a:b' }, /"id" to be 1 to 128 letters, digits and/],
  ['an empty ID', { ...orders, id: '' }, /"id" to be 1 to 128 letters, digits and/],
  ['a control character in the name', { ...orders, name: 'a\nb' }, /"name" to be one line\./],
  ['a language that is none', { ...orders, translations: { Deutsch: {} } }, /no field "Deutsch" in "translations"/],
  [
    'an empty translation',
    { ...orders, translations: { de: { name: '' } } },
    /"translations.de.name" to have at least 1/,
  ],
  ['an empty secret', { ...orders, secret: '' }, /"secret" to have at least 1/],
  ['a long secret', { ...orders, secret: 'x'.repeat(256) }, /"secret" to have at most 255/],
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
    'a redirect URI without TLS (RFC 9700 §2.6)',
    { ...orders, grant: 'authorization_code', redirectUri: 'http://a.example/' },
    /http on localhost/,
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

apiTest('a bad registration is refused, and the answer names the fields', async api => {
  for (const [behaviour, body, detail] of badBodies) {
    const answer = await api.send('POST', '/clients', body)
    assert.equal(answer.status, 400, behaviour)
    assert.match(answer.body.detail, detail, behaviour)
    assert.ok(['invalid-request', 'invalid-client'].includes(answer.body.code), behaviour)
  }
  assert.deepEqual((await api.send('GET', '/clients')).body, { clients: [] })
})

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
