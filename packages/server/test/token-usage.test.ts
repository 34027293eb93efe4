import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, Tenant } from './tenant.ts'

test('valid tokens are counted by client, and answers of the token endpoint by status', async () => {
  const tenant = await Tenant.start()
  try {
    const usage = async () => JSON.parse((await tenant.administer('GET', '/api/monitoring/v1/usage/tokens')).text)
    assert.deepEqual(await usage(), { clients: 0, valid: [], answers: [] })
    const ask = async (id: string, secret: string, parameters = '') => {
      const path = `/oauth2/api/v1/token?grant_type=client_credentials${parameters}`
      const { status } = await tenant.request(path, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
      })
      return status
    }
    for (const id of ['few', 'many', 'none']) {
      const tokenLifetime = { value: id === 'few' ? 1 : 10, unit: 'minutes' }
      const client = { id, name: id, subscription: 'deviflmap', secret: `secret of ${id}`, tokenLifetime }
      assert.equal((await tenant.administer('POST', '/oauth2/api/v1/clients', client)).status, 201)
    }
    assert.equal(await ask('few', 'secret of few'), 200)
    assert.equal(await ask('many', 'secret of many'), 200)
    assert.equal(await ask('many', 'secret of many'), 200)
    assert.equal(await ask('many', 'secret of many', '&token_format=jwt'), 200)
    assert.equal(await ask('many', 'another secret'), 401)
    const answers = [
      { status: 200, count: 4 },
      { status: 401, count: 1 },
    ]
    const valid = [
      { clientId: 'many', tokens: 2 },
      { clientId: 'few', tokens: 1 },
    ]
    assert.deepEqual(await usage(), { clients: 3, valid, answers })
    tenant.server.clock.advance(60_000)
    assert.deepEqual(await usage(), { clients: 3, valid: valid.slice(0, 1), answers })
  } finally {
    await tenant.close()
  }
})

test('a token that was used is refused with the next call after it was revoked', async () => {
  const tenant = await Tenant.start()
  try {
    await tenant.createClient({ id: 'reader', subscription: 'devtmn' })
    const revocations = ['clientId=reader', 'user=oauth_client_reader', 'all=true']
    for (const whose of revocations) {
      const headers = { authorization: `Bearer ${await tenant.token('reader')}` }
      const call = async () => (await tenant.request('/api/v1/IntegrationPackages', { headers })).status
      assert.equal(await call(), 403, 'known, and without a role')
      ok(await tenant.administer('DELETE', `/oauth2/api/v1/tokens?${whose}`))
      assert.equal(await call(), 401, whose)
    }
  } finally {
    await tenant.close()
  }
})
