import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, Tenant } from './tenant.ts'

const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

/** A platform client with these scopes, and a token of it. */
async function platformToken(tenant: Tenant, ...scopes: string[]): Promise<string> {
  const client = ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes }))
  const { id, secret } = JSON.parse(client.text) as { id: string; secret: string }
  const path = '/oauth2/apitoken/v1?grant_type=client_credentials'
  const issued = await tenant.request(path, { method: 'POST', headers: basic(id, secret) })
  return (JSON.parse(ok(issued).text) as { access_token: string }).access_token
}

test('RFC 6585 §4: a client that asks too often is told when to come back, in the form of RFC 6749 §5.2', async () => {
  const tenant = await Tenant.start({ flags: { 'token-requests-per-minute': '1' } })
  try {
    for (const id of ['hasty', 'patient']) {
      const client = { id, name: id, subscription: 'deviflmap', secret: 'a secret' }
      ok(await tenant.administer('POST', '/oauth2/api/v1/clients', client))
    }
    const ask = (id: string, path: string) => tenant.request(path, { method: 'POST', headers: basic(id, 'a secret') })
    const token = '/oauth2/api/v1/token?grant_type=client_credentials'
    assert.equal((await ask('hasty', token)).status, 200)
    for (const path of [token, '/oauth2/api/v1/introspect?token=0', '/oauth2/api/v1/revoke?token=0']) {
      const { status, headers, text } = await ask('hasty', path)
      assert.deepEqual([status, headers.get('retry-after'), headers.get('cache-control')], [429, '60', 'no-store'])
      assert.match(headers.get('content-type') ?? '', /^application\/json/)
      assert.equal(JSON.parse(text).error, 'temporarily_unavailable')
    }
    assert.equal((await ask('patient', token)).status, 200)
    tenant.server.clock.advance(60_000)
    assert.equal((await ask('hasty', token)).status, 200)
    const refused = (await tenant.accessLog()).filter(({ status }) => status === 429)
    assert.equal(refused.length, 3)
    assert.match(String(refused[0]?.reason), /^too many requests of this client from /)
  } finally {
    await tenant.close()
  }
})

test('documented: platform clients may call each API so often in a minute, an administrator as he likes', async () => {
  const tenant = await Tenant.start({ flags: { 'api-calls-per-minute': '2' } })
  try {
    const token = await platformToken(tenant, 'hcp.readAuthorizationSettings', 'hcp.readTrustSettings')
    const other = await platformToken(tenant, 'hcp.readAuthorizationSettings', 'hcp.readTrustSettings')
    const call = (path: string, bearer: string) =>
      tenant.request(path, { headers: { authorization: `Bearer ${bearer}` } })
    for (const path of ['/authorization/v1/accounts/dev/groups', '/api/identity/v1/users']) {
      assert.equal((await call(path, token)).status, 200)
      assert.equal((await call(path, other)).status, 200)
      const { status, headers, text } = await call(path, token)
      assert.deepEqual([status, headers.get('retry-after'), JSON.parse(text).code], [429, '30', 'rate-limit'])
      assert.equal((await call(path, other)).status, 429, 'the limit is that of the subaccount, not of the client')
      ok(await tenant.administer('GET', path))
    }
    tenant.server.clock.advance(30_000)
    assert.equal((await call('/authorization/v1/accounts/dev/groups', token)).status, 200)
  } finally {
    await tenant.close()
  }
})
