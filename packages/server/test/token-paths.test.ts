import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, Tenant } from './tenant.ts'

test('the token endpoints answer at each of their paths, however it is spelt, in its own form', async () => {
  const tenant = await Tenant.start()
  try {
    await tenant.createClient({ id: 'orders' })
    const platform = { kind: 'platform', scopes: ['hcp.readAuditLogs'] }
    const { id, secret } = JSON.parse(ok(await tenant.administer('POST', '/oauth2/api/v1/clients', platform)).text)
    const application = 'orders:secret of orders'
    const cases: readonly (readonly [path: string, credentials: string, scopes: 'scopes' | 'scope'])[] = [
      ['/oauth2/api/v1/token', application, 'scopes'],
      ['/OAuth2/API/v1/Token', application, 'scopes'],
      ['/oauth2/api/v1/token/', application, 'scopes'],
      ['/oauth/token', application, 'scope'],
      ['/OAuth/Token/', application, 'scope'],
      ['/oauth2/apitoken/v1', `${id}:${secret}`, 'scope'],
      ['/OAuth2/apitoken/v1/', `${id}:${secret}`, 'scope'],
      ['/oauth2/api/v1/apitoken', `${id}:${secret}`, 'scope'],
    ]
    for (const [path, credentials, scopes] of cases) {
      const headers = { authorization: `Basic ${btoa(credentials)}` }
      const { status, text } = await tenant.request(`${path}?grant_type=client_credentials`, {
        method: 'POST',
        headers,
      })
      assert.equal(status, 200, path)
      assert.deepEqual(
        ['scopes', 'scope'].filter(name => name in JSON.parse(text)),
        [scopes],
        path,
      )
    }
  } finally {
    await tenant.close()
  }
})

test('without extensions the endpoints of the original are left, and metadata that name nothing else', async () => {
  const tenant = await Tenant.start({ flags: { 'oauth-extensions': 'off' } })
  try {
    await tenant.createClient({ id: 'orders' })
    const headers = { authorization: `Basic ${btoa('orders:secret of orders')}` }
    for (const path of ['introspect', 'revoke', 'par']) {
      const answer = await tenant.request(`/oauth2/api/v1/${path}?token=0`, { method: 'POST', headers })
      assert.equal(answer.status, 404, path)
    }
    const { text } = ok(await tenant.request('/.well-known/oauth-authorization-server'))
    assert.doesNotMatch(text, /introspect|revocation|pushed|dpop|private_key_jwt|tls_client/)
  } finally {
    await tenant.close()
  }
})
