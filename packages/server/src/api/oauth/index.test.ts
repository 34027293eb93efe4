import assert from 'node:assert/strict'
import { oauthPaths } from '@sluice/oauth'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { administrator, apiTest, type Method, orders } from './testing/started-api.ts'

const routes: [method: Method, path: string, scope: string][] = [
  ['GET', '/clients', 'read'],
  ['GET', '/clients/orders', 'read'],
  ['GET', '/tokens', 'read'],
  ['GET', '/signing-keys', 'read'],
  ['GET', '/clients/orders/secrets', 'read'],
  ['POST', '/clients/orders/secrets', 'manage'],
  ['PUT', '/clients/orders/secrets/1', 'manage'],
  ['DELETE', '/clients/orders/secrets/1', 'manage'],
  ['POST', '/clients', 'manage'],
  ['PUT', '/clients/orders', 'manage'],
  ['DELETE', '/clients/orders', 'manage'],
  ['DELETE', '/tokens?clientId=orders', 'manage'],
  ['DELETE', `/tokens/${'0'.repeat(64)}`, 'manage'],
  ['POST', '/signing-keys/rotate', 'manage'],
  ['DELETE', '/signing-keys/nothing', 'manage'],
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
