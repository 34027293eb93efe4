import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tenant } from './tenant.ts'

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

test('who sends a content type with each request may send no body with it', async () => {
  const tenant = await Tenant.start()
  try {
    await tenant.createClient({ id: 'orders' })
    await tenant.assign('orders')
    const assigned = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
    const { authorization } = tenant.server.admin
    const statuses = async (body?: string) => {
      const send = (method: string, path: string) =>
        tenant.request(path, {
          method,
          headers: { authorization, 'content-type': 'application/json' },
          body: body ?? null,
        })
      const answers = [
        await send('DELETE', `${assigned}&users=oauth_client_orders`),
        await send('POST', '/oauth2/api/v1/signing-keys/rotate'),
        await send('DELETE', '/oauth2/api/v1/clients/orders'),
        await send('PUT', assigned),
      ]
      return answers.map(({ status }) => status)
    }
    assert.deepEqual(await statuses('{"users":'), [400, 400, 400, 400], 'what is no JSON')
    assert.deepEqual(await statuses(), [200, 200, 204, 400], 'nothing')
    assert.deepEqual(JSON.parse((await tenant.administer('GET', assigned)).text), { users: [] })
  } finally {
    await tenant.close()
  }
})
