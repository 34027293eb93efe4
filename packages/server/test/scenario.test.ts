import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { flowZip, Tenant } from './tenant.ts'

describe('the scenario', () => {
  let tenant: Tenant
  before(async () => {
    tenant = await Tenant.start()
    await tenant.createClient({ id: 'hello' })
    await tenant.createClient({ id: 'no-role' })
    await tenant.createClient({ id: 'api', subscription: 'devtmn' })
    await tenant.createClient({ id: 'short', minutes: 1 })
    for (const id of ['hello', 'api', 'short']) await tenant.assign(id)
    assert.equal((await tenant.deploy(await flowZip())).status, 'SUCCESS')
  })
  after(() => tenant.close())

  test('a client with the role gets what the Content Modifier made, and the IDs of its message log', async () => {
    for (const format of ['', '&token_format=jwt', '&token_format=jwtrfc']) {
      const answer = await tenant.call('/hello', await tenant.token('hello', format))
      assert.deepEqual([answer.status, answer.text], [200, 'Hello, world!'])
      const guid = answer.headers.get('sap_messageprocessinglogid')
      assert.match(guid ?? '', /^A[\w-]{27}$/)
      const log = await tenant.administer('GET', `/api/v1/MessageProcessingLogs('${guid}')`)
      assert.equal((JSON.parse(log.text) as { d: { Status: string } }).d.Status, 'COMPLETED')
    }
  })

  test('the address is compared without regard to case', async () => {
    assert.equal((await tenant.call('/HELLO', await tenant.token('hello'))).text, 'Hello, world!')
    const answer = await tenant.request('/HTTP/hello', {
      method: 'POST',
      headers: { authorization: `bearer ${await tenant.token('hello')}` },
    })
    assert.equal(answer.text, 'Hello, world!')
  })

  test('every refusal has its status, a challenge, a short body, and its reason in the access log', async t => {
    const revoked = await tenant.token('hello')
    const listed = await tenant.administer('GET', '/oauth2/api/v1/tokens?clientId=hello')
    const { tokens } = JSON.parse(listed.text) as { tokens: { id: string }[] }
    const cases: ReadonlyArray<[name: string, token: string | undefined, status: number, reason: RegExp]> = [
      ['no token', undefined, 401, /no credentials/],
      ['an unknown token', 'f'.repeat(32), 401, /unknown or has been revoked/],
      ['a token that is none', 'not-a-token', 401, /neither opaque nor a JWT/],
      ['an expired token', await tenant.token('short'), 401, /expired/],
      ['a revoked token', revoked, 401, /unknown or has been revoked/],
      ['a token for the other subscription', await tenant.token('api'), 401, /issued for devtmn/],
      [
        'a token without the role',
        await tenant.token('no-role'),
        403,
        /oauth_client_no-role lacks role ESBMessaging\.send/,
      ],
    ]
    for (const { id } of tokens) await tenant.administer('DELETE', `/oauth2/api/v1/tokens/${id}`)
    tenant.server.clock.advance(61_000)
    for (const [name, token, status] of cases) {
      await t.test(name, async () => {
        const answer = await tenant.call('/hello', token)
        assert.equal(answer.status, status)
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer realm="dev"/)
        assert.ok(answer.text.length < 200, answer.text)
        assert.doesNotMatch(answer.text, /expired|revoked|devtmn|ESBMessaging/, 'the reason stays inside')
      })
    }
    await t.test('the access log', async () => {
      const lines = await tenant.accessLog()
      for (const [name, token, status, reason] of cases) {
        assert.ok(
          lines.some(line => line.status === status && line.path === '/http/hello' && reason.test(line.reason ?? '')),
          name,
        )
        if (token) assert.ok(!JSON.stringify(lines).includes(token), 'no token in the log')
      }
    })
  })

  test('an address that no flow has is 404, whatever the credentials', async () => {
    assert.equal((await tenant.call('/nothing', await tenant.token('hello'))).status, 404)
    assert.equal((await tenant.call('/nothing', undefined)).status, 404)
  })

  test('taking the role away or giving it takes effect with the next call', async () => {
    await tenant.createClient({ id: 'changing' })
    const token = await tenant.token('changing')
    const path = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
    assert.equal((await tenant.call('/hello', token)).status, 403)
    await tenant.assign('changing')
    assert.equal((await tenant.call('/hello', token)).status, 200)
    assert.equal((await tenant.administer('DELETE', `${path}&users=oauth_client_changing`)).status, 200)
    assert.equal((await tenant.call('/hello', token)).status, 403)
  })

  test('a user calls with Basic and the role; a client ID and secret as Basic are refused, as in the original', async () => {
    const asUser = { headers: { authorization: tenant.server.admin.authorization } }
    assert.equal((await tenant.call('/hello', undefined, asUser)).status, 403)
    const path = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
    await tenant.administer('PUT', path, { users: [{ name: 'admin' }] })
    assert.equal((await tenant.call('/hello', undefined, asUser)).text, 'Hello, world!')
    const asClient = { headers: { authorization: `Basic ${btoa('hello:secret of hello')}` } }
    assert.equal((await tenant.call('/hello', undefined, asClient)).status, 401)
  })
})

test('a CSRF-protected endpoint wants a token that belongs to the session, with Bearer too', async () => {
  const tenant = await Tenant.start()
  try {
    await tenant.createClient({ id: 'hello' })
    await tenant.assign('hello')
    const protection = [
      '<key>xsrfProtection</key>\n                    <value>0</value>',
      '<key>xsrfProtection</key><value>1</value>',
    ] as const
    assert.equal((await tenant.deploy(await flowZip({ replace: [protection] }))).status, 'SUCCESS')
    const token = await tenant.token('hello')
    const refused = await tenant.call('/hello', token)
    assert.deepEqual([refused.status, refused.headers.get('x-csrf-token')], [403, 'Required'])
    const fetched = await tenant.call('/hello', token, { method: 'GET', headers: { 'X-CSRF-Token': 'fetch' } })
    assert.deepEqual([fetched.status, fetched.text], [200, ''], 'processing stops there')
    const csrf = fetched.headers.get('x-csrf-token') ?? ''
    assert.match(csrf, /^[0-9A-F]{32}$/)
    const cookie = (fetched.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    assert.equal((await tenant.call('/hello', token, { headers: { 'X-CSRF-Token': csrf } })).status, 403, 'no session')
    assert.equal(
      (await tenant.call('/hello', token, { headers: { 'X-CSRF-Token': csrf, cookie } })).text,
      'Hello, world!',
    )
    assert.equal((await tenant.call('/hello', token, { method: 'GET' })).text, 'Hello, world!', 'reading needs none')
    const logs = await tenant.administer('GET', '/api/v1/MessageProcessingLogs/$count')
    assert.equal(logs.text, '2', 'refused and fetching requests leave no message')
  } finally {
    await tenant.close()
  }
})

test('a client can fetch a token as soon as it is registered, and its opaque tokens end with it', async () => {
  const tenant = await Tenant.start()
  try {
    await tenant.deploy(await flowZip())
    await tenant.assign('quick')
    await tenant.createClient({ id: 'quick' })
    const [opaque, jwt] = [await tenant.token('quick'), await tenant.token('quick', '&token_format=jwt')]
    assert.equal((await tenant.call('/hello', opaque)).status, 200)
    assert.equal((await tenant.call('/hello', jwt)).status, 200)
    assert.equal((await tenant.administer('DELETE', '/oauth2/api/v1/clients/quick')).status, 204)
    assert.equal((await tenant.call('/hello', opaque)).status, 401)
    assert.equal((await tenant.call('/hello', jwt)).status, 401)
    await tenant.createClient({ id: 'quick' })
    assert.equal((await tenant.call('/hello', opaque)).status, 401, 'a new client of the same ID does not inherit')
  } finally {
    await tenant.close()
  }
})

test('changing the lifetime re-dates issued tokens from when they were issued, but no JWT', async () => {
  const tenant = await Tenant.start()
  try {
    await tenant.deploy(await flowZip())
    await tenant.createClient({ id: 'redated', minutes: 60 })
    await tenant.assign('redated')
    const [opaque, jwt] = [await tenant.token('redated'), await tenant.token('redated', '&token_format=jwt')]
    tenant.server.clock.advance(5 * 60_000)
    const status = async (token: string) => (await tenant.call('/hello', token)).status
    const relive = (minutes: number) =>
      tenant.administer('PUT', '/oauth2/api/v1/clients/redated', {
        name: 'redated',
        subscription: 'deviflmap',
        tokenLifetime: { value: minutes, unit: 'minutes' },
      })
    assert.deepEqual([await status(opaque), await status(jwt)], [200, 200])
    assert.equal((await relive(1)).status, 200)
    assert.deepEqual([await status(opaque), await status(jwt)], [401, 200])
    assert.equal((await relive(600)).status, 200)
    assert.deepEqual([await status(opaque), await status(jwt)], [401, 200], 'what has expired does not come back')
    const fresh = await tenant.token('redated')
    tenant.server.clock.advance(599 * 60_000)
    assert.equal(await status(fresh), 200)
    tenant.server.clock.advance(60_000)
    assert.equal(await status(fresh), 401)
  } finally {
    await tenant.close()
  }
})
