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

test('the access log says who sent each request, whatever the API and however they showed who they are', async () => {
  const tenant = await Tenant.start()
  try {
    const paths = [
      '/oauth2/api/v1/clients',
      '/authorization/v1/accounts/dev/groups',
      '/api/identity/v1/users',
      '/api/audit/v1/records',
      '/api/v1/IntegrationPackages',
      '/api/monitoring/v1/usage/storage',
      '/Operations/com.sap.it.op.tmn.commands.dashboard.webui.IntegrationComponentsListCommand',
    ]
    const { authorization, user, password } = tenant.server.admin
    const client = { kind: 'platform', name: 'Reader', scopes: ['hcp.readOAuthSettings'] }
    const { id, secret } = JSON.parse((await tenant.administer('POST', '/oauth2/api/v1/clients', client)).text)
    const grant = '/oauth2/apitoken/v1?grant_type=client_credentials'
    const basic = { authorization: `Basic ${btoa(`${id}:${secret}`)}` }
    const { access_token } = JSON.parse((await tenant.request(grant, { method: 'POST', headers: basic })).text)
    const body = JSON.stringify({ user, password })
    const headers = { 'content-type': 'application/json' }
    const signedIn = await tenant.request('/api/session/v1', { method: 'POST', headers, body })
    const callers: readonly (readonly [string, Record<string, string>])[] = [
      [user, { authorization }],
      [user, { cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' }],
      [`oauth_client_${id}`, { authorization: `Bearer ${access_token}` }],
      ['-', {}],
    ]
    const earlier = await tenant.accessLog()
    assert.deepEqual([earlier.at(-1)?.user, earlier.at(-1)?.path], [user, '/api/session/v1'])
    const expected: string[] = []
    for (const [name, credentials] of callers) {
      // A platform token is none of the API application.
      const asked = name === `oauth_client_${id}` ? paths.slice(0, 4) : paths
      for (const path of credentials.cookie ? [...asked, '/api/session/v1'] : asked) {
        await tenant.request(path, { headers: credentials })
        expected.push(`${name} ${path}`)
      }
    }
    const lines = (await tenant.accessLog()).slice(earlier.length)
    assert.deepEqual(
      lines.map(line => `${line.user} ${line.path}`),
      expected,
    )
  } finally {
    await tenant.close()
  }
})
