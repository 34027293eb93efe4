import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { apiTest, type Method, orders } from './testing/started-api.ts'

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
    id: tokenId(text, Date.UTC(2026, 0, 1)),
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
  const id = tokenId(tokens[0] ?? '', Date.UTC(2026, 0, 1))
  assert.equal((await api.send('DELETE', `/tokens/${id}`)).status, 204)
  assert.deepEqual(await states(), ['unknown', 'accepted', 'accepted', 'accepted'])
  const again = await api.send('DELETE', `/tokens/${id}`)
  assert.deepEqual([again.status, again.body.code], [404, 'unknown-token'])
  const all = await api.send('DELETE', '/tokens?clientId=orders')
  assert.deepEqual([all.status, all.body], [200, { revoked: 2 }])
  assert.deepEqual(await states(), ['unknown', 'unknown', 'unknown', 'accepted'])
})

apiTest('revoking ends all tokens that a client got for itself, named by its user', async api => {
  for (const id of ['orders', 'invoices']) await api.send('POST', '/clients', { ...orders, id })
  const issue = async (id: string): Promise<string> => (await api.requestToken(id, 'pa55-word')).body.access_token
  const tokens = [await issue('orders'), await issue('orders'), await issue('invoices')]
  const revoked = await api.send('DELETE', '/tokens?user=oauth_client_orders')
  assert.deepEqual([revoked.status, revoked.body], [200, { revoked: 2 }])
  assert.deepEqual(await Promise.all(tokens.map(token => api.validate(token))), ['unknown', 'unknown', 'accepted'])
  assert.deepEqual((await api.send('DELETE', '/tokens?user=ada')).body, { revoked: 0 })
})

apiTest('the user of a client has what the client got for itself, not what it got for users', async api => {
  await api.send('POST', '/clients', orders)
  const own = (await api.requestToken('orders', 'pa55-word')).body.access_token
  const issuedAt = api.clock.now()
  const key = Buffer.from(tokenId('of ada', issuedAt), 'hex')
  await api.store.tokens.insert({ key, clientId: 'orders', user: 'ada', scopes: [], issuedAt })
  const idsOf = async (query: string) =>
    (await api.send('GET', `/tokens?${query}`)).body.tokens.map((token: { id: string }) => token.id)
  assert.deepEqual(await idsOf('user=oauth_client_orders'), [tokenId(own, issuedAt)])
  assert.deepEqual(await idsOf('user=ada'), [key.toString('hex')])
  assert.deepEqual((await api.send('DELETE', '/tokens?user=oauth_client_orders')).body, { revoked: 1 })
  assert.deepEqual(await idsOf('clientId=orders'), [key.toString('hex')])
})

/** Milliseconds modulo 2³², then SHA-256 of the token. */
function tokenId(token: string, issuedAt: number): string {
  const time = (issuedAt % 2 ** 32).toString(16).padStart(8, '0')
  return `${time}${createHash('sha256').update(token).digest('hex')}`
}

const badQueries: [method: Method, path: string][] = [
  ['DELETE', '/tokens'],
  ['DELETE', '/tokens?clientId='],
  ['DELETE', '/tokens?client_id=orders'],
  ['DELETE', '/tokens?user='],
  ['DELETE', '/tokens?clientId=orders&user=ada'],
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
