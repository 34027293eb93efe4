import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type Api, apiTest, orders } from './testing/started-api.ts'

const digest = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

/** Has a user allow a client something, with an access token and a refresh token. */
async function allow({ store, clock }: Api, user: string, clientId: string): Promise<number> {
  if (!(await store.users.find(user))) await store.users.create({ name: user, createdAt: 0 }, 'hash')
  const { userAuthorizations } = store
  const code = digest(`${user} ${clientId} ${clock.now()}`)
  const issuedAt = clock.now()
  const given = { clientId, user, scopes: ['read'], redirectUri: undefined, codeChallenge: undefined, issuedAt }
  await userAuthorizations.insert(code, given)
  const { id } = (await userAuthorizations.findByCode(code)) ?? assert.fail()
  const key = Buffer.concat([Buffer.alloc(4), code])
  const accessToken = { key, clientId, user, scopes: ['read'], issuedAt, authorization: id }
  await userAuthorizations.redeem(id, { accessToken, refreshToken: digest(`refresh ${id}`) })
  return id
}

async function register(api: Api, ...ids: readonly string[]): Promise<void> {
  const lifetimes = {
    tokenLifetime: { value: 60, unit: 'minutes' },
    refreshTokenLifetime: { value: 10, unit: 'days' },
  }
  const code = { grant: 'authorization_code', redirectUri: 'https://shop.example/', ...lifetimes }
  for (const id of ids) await api.send('POST', '/clients', { ...orders, id, ...code })
}

async function listed(api: Api, query = ''): Promise<readonly string[]> {
  const { status, body } = await api.send('GET', `/authorizations${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.authorizations.map(({ user, clientId }: { user: string; clientId: string }) => `${user} ${clientId}`)
}

apiTest('what users allowed clients is listed, the last used first, found by client and user', async api => {
  await register(api, 'shop', 'phone')
  const id = await allow(api, 'ann', 'shop')
  api.clock.advance(1000)
  await allow(api, 'ben', 'shop')
  api.clock.advance(1000)
  await allow(api, 'ann', 'phone')
  assert.deepEqual(await listed(api), ['ann phone', 'ben shop', 'ann shop'])
  assert.deepEqual(await listed(api, '?user=ann'), ['ann phone', 'ann shop'])
  assert.deepEqual(await listed(api, '?clientId=shop'), ['ben shop', 'ann shop'])
  assert.deepEqual(await listed(api, '?clientId=shop&user=ann&limit=1'), ['ann shop'])
  assert.deepEqual((await api.send('GET', '/authorizations?clientId=shop&user=ann')).body.authorizations, [
    {
      ...{ id, clientId: 'shop', user: 'ann', application: 'deviflmap', scopes: ['read'] },
      issuedAt: '2026-01-01T00:00:00.000Z',
      usedAt: '2026-01-01T00:00:00.000Z',
      validUntil: '2026-01-11T00:00:00.000Z',
    },
  ])
})

apiTest('an authorization is revoked where only its refresh token is left', async api => {
  await register(api, 'shop')
  const id = await allow(api, 'ann', 'shop')
  api.clock.advance(2 * 3_600_000)
  assert.deepEqual((await api.send('GET', '/tokens?user=ann')).body.tokens, [])
  assert.deepEqual(await listed(api), ['ann shop'])
  assert.equal((await api.send('DELETE', `/authorizations/${id}`)).status, 204)
  assert.deepEqual(await listed(api), [])
  assert.equal(await api.store.userAuthorizations.findByRefreshToken(digest(`refresh ${id}`)), undefined)
  const again = await api.send('DELETE', `/authorizations/${id}`)
  assert.deepEqual([again.status, again.body.code], [404, 'unknown-authorization'])
})

apiTest('revoking all of a user or a client ends what has only a refresh token, too', async api => {
  await register(api, 'shop', 'phone')
  for (const user of ['ann', 'ben']) for (const client of ['shop', 'phone']) await allow(api, user, client)
  api.clock.advance(2 * 3_600_000)
  await api.store.tokens.deleteExpired(api.clock.now(), 100)
  assert.deepEqual((await api.send('DELETE', '/tokens?user=ann')).body, { revoked: 0 })
  assert.deepEqual([...(await listed(api))].sort(), ['ben phone', 'ben shop'])
  assert.deepEqual((await api.send('DELETE', '/tokens?clientId=shop')).body, { revoked: 0 })
  assert.deepEqual(await listed(api), ['ben phone'])
})

apiTest('revoking what a client got for itself leaves what users allowed it', async api => {
  await register(api, 'shop')
  await allow(api, 'ann', 'shop')
  assert.deepEqual((await api.send('DELETE', '/tokens?user=oauth_client_shop')).body, { revoked: 0 })
  assert.deepEqual(await listed(api), ['ann shop'])
})

apiTest('revoking all ends every token of everybody at once', async api => {
  await register(api, 'shop')
  await allow(api, 'ann', 'shop')
  await api.send('POST', '/clients', orders)
  const token = (await api.requestToken('orders', 'pa55-word')).body.access_token
  assert.equal(await api.validate(token), 'accepted')
  assert.deepEqual((await api.send('DELETE', '/tokens?all=true')).body, { revoked: 2 })
  assert.equal(await api.validate(token), 'unknown')
  assert.deepEqual(await listed(api), [])
  const next = (await api.requestToken('orders', 'pa55-word')).body.access_token
  assert.equal(await api.validate(next), 'accepted')
})

const refused = [
  ['DELETE', '/tokens?all=false'],
  ['DELETE', '/tokens?all=true&user=ann'],
  ['DELETE', '/authorizations/0'],
  ['DELETE', '/authorizations/x'],
  ['DELETE', '/authorizations/99999999999'],
  ['GET', '/authorizations?limit=1001'],
  ['GET', '/authorizations?client=shop'],
] as const

apiTest('a request that is not understood is refused and revokes nothing', async api => {
  await register(api, 'shop')
  await allow(api, 'ann', 'shop')
  for (const [method, path] of refused) {
    const { status, body } = await api.send(method, path)
    assert.deepEqual([status, body.code], [400, 'invalid-request'], path)
  }
  assert.deepEqual(await listed(api), ['ann shop'])
})
