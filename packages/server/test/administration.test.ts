import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ok, Tenant } from './tenant.ts'

test('a path that cannot be decoded is refused in the form of its API, and logged', async () => {
  const tenant = await Tenant.start()
  try {
    const cases: ReadonlyArray<[path: string, accept: string, type: RegExp, text: RegExp]> = [
      ["/api/v1/IntegrationPackages('%zz')", '*/*', /^application\/xml/, /<innererror><code>malformed-url</],
      ["/api/v1/IntegrationPackages('%zz')", 'application/json', /^application\/json/, /"code":"malformed-url"/],
      ['/oauth2/api/v1/clients/%C3', '*/*', /^application\/problem\+json/, /"code":"bad-request"/],
    ]
    for (const [path, accept, type, text] of cases) {
      const answer = await tenant.request(path, { headers: { accept } })
      assert.equal(answer.status, 400, path)
      assert.match(answer.headers.get('content-type') ?? '', type)
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
      assert.match(answer.text, text)
    }
    const logged = (await tenant.accessLog()).filter(({ status }) => status === 400)
    assert.deepEqual(
      logged.map(line => line.path),
      cases.map(([path]) => path),
    )
  } finally {
    await tenant.close()
  }
})

test('a platform client may call the authorization API as often as the setting says, an administrator as he likes', async () => {
  const tenant = await Tenant.start({ flags: { 'api-calls-per-minute': '2' } })
  try {
    const scopes = ['hcp.readAuthorizationSettings']
    const client = ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes }))
    const { id, secret } = JSON.parse(client.text) as { id: string; secret: string }
    const authorization = `Basic ${btoa(`${id}:${secret}`)}`
    const issued = await tenant.request('/oauth2/apitoken/v1?grant_type=client_credentials', {
      method: 'POST',
      headers: { authorization },
    })
    const { access_token: token } = JSON.parse(ok(issued).text) as { access_token: string }
    const path = '/authorization/v1/accounts/dev/groups'
    const statuses: number[] = []
    for (let call = 1; call <= 3; call++) {
      statuses.push((await tenant.request(path, { headers: { authorization: `Bearer ${token}` } })).status)
      ok(await tenant.administer('GET', path))
    }
    assert.deepEqual(statuses, [200, 200, 429])
  } finally {
    await tenant.close()
  }
})
