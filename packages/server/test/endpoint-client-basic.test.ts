import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { flowZip, ok, Tenant } from './tenant.ts'

let tenant: Tenant

before(async () => {
  tenant = await Tenant.start({ flags: { 'endpoint-client-basic': 'on' } })
  await tenant.deploy(await flowZip())
  await tenant.createClient({ id: 'orders' })
  await tenant.createClient({ id: 'admin', secret: 'of the client' })
  await tenant.createClient({ id: 'roleless' })
  await tenant.createClient({ id: 'designer', subscription: 'devtmn' })
  for (const id of ['orders', 'admin', 'designer']) await tenant.assign(id)
  await tenant.assign('designer', 'AuthGroup.IntegrationDeveloper', 'devtmn')
  const redirectUri = 'https://shop.example/back'
  const shop = { id: 'shop', name: 'Shop', subscription: 'deviflmap', grant: 'authorization_code' }
  ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { ...shop, redirectUri, secret: 'secret of shop' }))
  const bound = { id: 'bound', name: 'Bound', subscription: 'deviflmap', dpopBoundAccessTokens: true }
  ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { ...bound, secret: 'secret of bound' }))
  for (const id of ['shop', 'bound']) await tenant.assign(id)
})

after(() => tenant.close())

function call(name: string, password = `secret of ${name}`, path = '/http/hello') {
  const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
  return tenant.request(path, { headers: { authorization } })
}

test('a client calls a flow with its ID and secret, and is the user that it is with a token', async () => {
  for (const attempt of [1, 2]) assert.equal((await call('orders')).status, 200, `attempt ${attempt}`)
  assert.equal((await call('roleless')).status, 403)
  tenant.server.flushAccessLog()
  assert.ok((await tenant.accessLog()).some(({ reason }) => reason?.startsWith('oauth_client_roleless lacks role')))
})

const refusals = [
  ['a wrong secret', 'orders', 'wrong', /wrong client secret/],
  ['an empty secret', 'orders', '', /wrong client secret/],
  ['an ID in other letters', 'ORDERS', undefined, /no such user/],
  ['a client of another application', 'designer', undefined, /subscribed to devtmn, not to deviflmap/],
  ['a client for users', 'shop', undefined, /client shop has no user of its own/],
  ['a client that must prove a key', 'bound', undefined, /client bound must prove a key with each call/],
  ['nobody', 'nobody', undefined, /no such user/],
] as const

for (const [name, id, secret, reason] of refusals) {
  test(`${name} is refused with 401`, async () => {
    const answer = await call(id, secret)
    assert.equal(answer.status, 401, answer.text)
    assert.match(answer.headers.get('www-authenticate') ?? '', /Basic realm="dev"/)
    assert.match((await tenant.accessLog()).at(-1)?.reason ?? '', reason)
    assert.doesNotMatch(answer.text, reason)
  })
}

test('a changed secret counts at once, and the old one no more', async () => {
  assert.equal((await call('orders')).status, 200)
  const changed = { name: 'Orders', subscription: 'deviflmap', secret: 'another secret' }
  ok(await tenant.administer('PUT', '/oauth2/api/v1/clients/orders', changed))
  assert.equal((await call('orders')).status, 401)
  assert.equal((await call('orders', 'another secret')).status, 200)
})

test('a client comes before the user of the same name', async () => {
  assert.equal((await call('admin', 'of the client')).status, 200)
  assert.equal((await call('admin', tenant.server.admin.password)).status, 401)
})

test('APIs want a token of a client', async () => {
  for (const path of ['/api/v1/IntegrationPackages', '/oauth2/api/v1/clients']) {
    assert.equal((await call('designer', undefined, path)).status, 401, path)
  }
})

test('documented: without the setting a client needs a token', async () => {
  const strict = await Tenant.start()
  await strict.deploy(await flowZip())
  await strict.createClient({ id: 'orders' })
  await strict.assign('orders')
  const authorization = `Basic ${btoa('orders:secret of orders')}`
  assert.equal((await strict.request('/http/hello', { headers: { authorization } })).status, 401)
  await strict.close()
})
