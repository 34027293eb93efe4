import assert from 'node:assert/strict'
import { type Api, apiTest, orders } from './testing/started-api.ts'

const day = 86_400_000
const path = '/clients/orders/secrets'

interface Listed {
  readonly id: string
  readonly state: string
  readonly expiresAt?: string
  readonly lastUsedAt?: string
}

async function list(api: Api, of = path): Promise<Listed[]> {
  return (await api.send('GET', of)).body.secrets
}

/** Statuses of token requests, one after the other. */
async function statuses(api: Api, ...secrets: string[]): Promise<number[]> {
  const found: number[] = []
  for (const secret of secrets) found.push((await api.requestToken('orders', secret)).status)
  return found
}

const at = (ms: number): string => new Date(ms).toISOString()

apiTest('a second secret is generated or given, and both work until one is removed', async api => {
  await api.send('POST', '/clients', orders)
  const added = await api.send('POST', path, {})
  assert.equal(added.status, 201)
  assert.equal(added.headers['cache-control'], 'no-store')
  assert.equal(added.headers.location, `/oauth2/api/v1${path}/${added.body.id}`)
  const { secret } = added.body
  assert.match(secret, /^[0-9a-f]{64}$/)
  assert.deepEqual(await statuses(api, 'pa55-word', secret, 'pa55-word'), [200, 200, 200])
  const [first] = await list(api)
  assert.doesNotMatch(JSON.stringify(await list(api)), /secret|hash|scrypt/)
  assert.equal((await api.send('DELETE', `${path}/${first?.id}`)).status, 204)
  assert.deepEqual(await statuses(api, 'pa55-word', secret), [401, 200])
  assert.equal((await api.send('POST', path, { secret: 'chosen one' })).body.secret, undefined)
  assert.deepEqual(await statuses(api, 'chosen one', secret), [200, 200])
})

apiTest('what the API refuses changes nothing', async api => {
  await api.send('POST', '/clients', orders)
  const mobile = { id: 'mobile', name: 'Mobile', subscription: 'deviflmap', grant: 'authorization_code' }
  await api.send('POST', '/clients', { ...mobile, confidential: false, redirectUri: 'https://mobile.example/' })
  const platform = await api.send('POST', '/clients', { kind: 'platform', scopes: ['hcp.readOAuthSettings'] })
  const [only] = await list(api)
  const past = at(api.clock.now() - 1)
  const cases: [status: number, type: string, ...request: Parameters<Api['send']>][] = [
    [409, 'last-secret', 'DELETE', `${path}/${only?.id}`],
    [404, 'unknown-secret', 'DELETE', `${path}/999`],
    [404, 'unknown-secret', 'DELETE', `/clients/mobile/secrets/${only?.id}`],
    [404, 'unknown-secret', 'PUT', `/clients/mobile/secrets/${only?.id}`, {}],
    [404, 'unknown-client', 'GET', '/clients/nobody/secrets'],
    [404, 'unknown-client', 'POST', '/clients/nobody/secrets', {}],
    [409, 'same-secret', 'POST', path, { secret: 'pa55-word' }],
    [409, 'no-secrets', 'POST', '/clients/mobile/secrets', {}],
    [400, 'invalid-client', 'POST', `/clients/${platform.body.id}/secrets`, { secret: 'chosen' }],
    [400, 'invalid-expiry', 'POST', path, { expiresAt: past }],
    [400, 'invalid-expiry', 'POST', path, { expiresAt: '2026-13-41T00:00:00Z' }],
    [400, 'invalid-expiry', 'PUT', `${path}/${only?.id}`, { expiresAt: past }],
    [400, 'invalid-request', 'POST', path, { expiresAt: 'tomorrow' }],
    [400, 'invalid-request', 'POST', path, { expiresAt: 5 }],
    [400, 'invalid-request', 'POST', path, { secret: '' }],
    [400, 'invalid-request', 'POST', path, { secret: 'two\nlines' }],
    [400, 'invalid-request', 'POST', path, { id: '1' }],
  ]
  for (const [status, type, ...request] of cases) {
    const answer = await api.send(...request)
    assert.deepEqual([answer.status, answer.body.code], [status, type], JSON.stringify(request))
  }
  assert.deepEqual(await list(api), [only])
  assert.deepEqual(await statuses(api, 'pa55-word'), [200])
})

apiTest('a third secret is refused, until one of the two has expired', async api => {
  await api.send('POST', '/clients', orders)
  const [only] = await list(api)
  await api.send('PUT', `${path}/${only?.id}`, { expiresAt: at(api.clock.now() + day) })
  await api.send('POST', path, { secret: 'second' })
  assert.equal((await api.send('POST', path, {})).body.code, 'two-secrets')
  api.clock.advance(day)
  assert.equal((await api.send('POST', path, { secret: 'third' })).status, 201)
  assert.deepEqual(await statuses(api, 'second', 'third', 'pa55-word'), [200, 200, 401])
})

apiTest('of secrets added at the same moment at most two are there', async api => {
  await api.send('POST', '/clients', orders)
  const answers = await Promise.all([1, 2, 3, 4].map(() => api.send('POST', path, {})))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409, 409, 409])
  assert.equal((await list(api)).length, 2)
})

apiTest('a secret expires by the clock; the client says when the next one does', async api => {
  await api.send('POST', '/clients', orders)
  const start = api.clock.now()
  const client = async () => {
    const { secretExpiresAt, secretState } = (await api.send('GET', '/clients/orders')).body
    const listed = (await api.send('GET', '/clients')).body.clients[0]
    assert.deepEqual([listed.secretExpiresAt, listed.secretState], [secretExpiresAt, secretState])
    return [secretExpiresAt, secretState]
  }
  assert.deepEqual(await client(), [undefined, undefined])
  const [first] = await list(api)
  const set = await api.send('PUT', `${path}/${first?.id}`, { expiresAt: '2026-02-10T01:00:00+01:00' })
  assert.deepEqual([set.body.expiresAt, set.body.state], [at(start + 40 * day), 'valid'])
  assert.deepEqual(await client(), [at(start + 40 * day), 'valid'])
  api.clock.advance(10 * day)
  assert.deepEqual(await client(), [at(start + 40 * day), 'expiring'])
  const second = await api.send('POST', path, { secret: 'second', expiresAt: at(start + 400 * day) })
  assert.equal(second.body.state, 'valid')
  api.clock.advance(30 * day - 1)
  assert.deepEqual(await statuses(api, 'pa55-word', 'second'), [200, 200])
  api.clock.advance(1)
  assert.deepEqual(await statuses(api, 'pa55-word', 'second'), [401, 200])
  assert.deepEqual(
    (await list(api)).map(({ state }) => state),
    ['expired', 'valid'],
  )
  assert.deepEqual(await client(), [at(start + 400 * day), 'valid'], 'an expired one beside a valid one does not count')
  await api.send('PUT', `${path}/${first?.id}`, {})
  assert.deepEqual(await statuses(api, 'pa55-word'), [200], 'an administrator may think better of it')
  await api.send('DELETE', `${path}/${first?.id}`)
  api.clock.advance(400 * day)
  assert.deepEqual(await client(), [at(start + 400 * day), 'expired'])
  assert.deepEqual(await statuses(api, 'second'), [401])
})

apiTest('the last use is known about five minutes exact; wrong secrets are no use', async api => {
  await api.send('POST', '/clients', orders)
  await api.send('POST', path, { secret: 'second' })
  for (let round = 0; round < 10; round++) await api.requestToken('orders', `wrong ${round}`)
  assert.deepEqual(
    (await list(api)).map(({ lastUsedAt }) => lastUsedAt),
    [undefined, undefined],
  )
  const start = api.clock.now()
  await statuses(api, 'second')
  api.clock.advance(4 * 60_000)
  await statuses(api, 'second', 'second')
  assert.deepEqual(
    (await list(api)).map(({ lastUsedAt }) => lastUsedAt),
    [undefined, at(start)],
  )
  api.clock.advance(60_000)
  await statuses(api, 'second', 'pa55-word')
  assert.deepEqual(
    (await list(api)).map(({ lastUsedAt }) => lastUsedAt),
    [at(start + 300_000), at(start + 300_000)],
  )
})

apiTest('replacing the secret ends both; another name leaves both', async api => {
  await api.send('POST', '/clients', orders)
  await api.send('POST', path, { secret: 'second' })
  const { secret, ...kept } = orders
  await api.send('PUT', '/clients/orders', { name: 'New', subscription: kept.subscription })
  assert.deepEqual(await statuses(api, 'pa55-word', 'second'), [200, 200])
  await api.send('PUT', '/clients/orders', { name: 'New', subscription: kept.subscription, secret: 'third' })
  assert.deepEqual(await statuses(api, 'pa55-word', 'second', 'third'), [401, 401, 200])
  assert.equal((await list(api)).length, 1)
})

apiTest('platform clients change their secret in the same way', async api => {
  const { id, secret } = (await api.send('POST', '/clients', { kind: 'platform', scopes: ['hcp.readOAuthSettings'] }))
    .body
  const second = await api.send('POST', `/clients/${id}/secrets`, {})
  const platform = { kind: 'platform' } as const
  for (const text of [secret, second.body.secret])
    assert.equal((await api.requestToken(id, text, platform)).status, 200)
  const [first] = await list(api, `/clients/${id}/secrets`)
  assert.equal((await api.send('DELETE', `/clients/${id}/secrets/${first?.id}`)).status, 204)
  assert.equal((await api.requestToken(id, secret, platform)).status, 401)
})
