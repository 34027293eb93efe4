import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, Tenant } from './tenant.ts'

const basic = (name: string, secret: string) => ({ authorization: `Basic ${btoa(`${name}:${secret}`)}` })
const from = (address: string) => ({ 'x-forwarded-for': address })

/** A request to each kind of surface: those on Node's server directly, the APIs with Fastify, pages. */
const surfaces: readonly (readonly [method: string, path: string, headers?: Record<string, string>, body?: string])[] =
  [
    ['POST', '/oauth2/api/v1/token?grant_type=client_credentials', basic('orders', 'a secret')],
    ['POST', '/oauth2/api/v1/token?grant_type=client_credentials', basic('orders', 'wrong')],
    ['POST', '/oauth2/api/v1/introspect?token=0', basic('orders', 'wrong')],
    ['POST', '/http/hello'],
    ['GET', '/api/v1/IntegrationPackages', { authorization: 'Bearer 0' }],
    ['GET', '/api/v1/IntegrationPackages', basic('ada', 'wrong')],
    ['GET', '/oauth2/api/v1/clients'],
    ['POST', '/api/session/v1', { 'content-type': 'application/json' }, '{"user":"ada","password":"wrong"}'],
    ['POST', '/api/session/v1/password', { 'content-type': 'application/json' }, '{}'],
    ['DELETE', '/oauth2/api/v1/clients/none'],
    ['GET', '/nothing/is/here'],
    ['GET', '/%zz'],
  ]

async function addresses(
  flags: Record<string, string>,
): Promise<{ told: string[]; noted: string[]; audited: string[] }> {
  const tenant = await Tenant.start({ flags })
  try {
    ok(await tenant.createClient({ id: 'orders', secret: 'a secret' }))
    const before = (await tenant.accessLog()).length
    const told: string[] = []
    for (const [index, [method, path, headers, body]] of surfaces.entries()) {
      const address = `203.0.113.${index + 1}`
      told.push(address)
      await tenant.request(path, { method, headers: { ...headers, ...from(address) }, ...(body && { body }) })
    }
    const noted = (await tenant.accessLog()).slice(before).map(({ address }) => address)
    const { records } = JSON.parse(ok(await tenant.administer('GET', '/api/audit/v1/records?limit=100')).text)
    const audited = records.flatMap(({ address }: { address?: string }) => (address === undefined ? [] : [address]))
    return { told, noted, audited }
  } finally {
    await tenant.close()
  }
}

test('what a trusted proxy tells is the address in the access log and in the audit log, on every surface', async () => {
  const { told, noted, audited } = await addresses({ 'trusted-proxies': 'loopback' })
  assert.deepEqual(noted, told)
  const silent = [3, 6, 10, 11]
  for (const [index, address] of told.entries())
    assert.equal(audited.includes(address), !silent.includes(index), address)
})

test('without trusted proxies the header counts for nothing', async () => {
  const { noted, audited } = await addresses({})
  assert.equal(noted.length, surfaces.length)
  for (const address of [...noted, ...audited]) assert.match(address, /^(::1|(::ffff:)?127\.0\.0\.1)$/)
})

test('limits are those of callers behind a proxy, whatever a caller writes into the header', async () => {
  const tenant = await Tenant.start({ flags: { 'trusted-proxies': 'loopback', 'token-requests-per-minute': '1' } })
  try {
    ok(await tenant.createClient({ id: 'orders', secret: 'a secret' }))
    const ask = async (forwarded: string) => {
      const headers = { ...basic('orders', 'a secret'), ...from(forwarded) }
      return (await tenant.request('/oauth2/api/v1/token?grant_type=client_credentials', { method: 'POST', headers }))
        .status
    }
    assert.equal(await ask('203.0.113.1'), 200)
    assert.equal(await ask('203.0.113.1'), 429)
    assert.equal(await ask('198.51.100.1, 203.0.113.1'), 429)
    assert.equal(await ask('203.0.113.2'), 200)
  } finally {
    await tenant.close()
  }
})

test('a proxy list that nobody can mean is told at start', async () => {
  for (const list of ['proxy.example', '0.0.0.0/0']) {
    await assert.rejects(
      Tenant.start({ flags: { 'trusted-proxies': list } }),
      /Expected --trusted-proxies to be IP addr/,
    )
  }
})
