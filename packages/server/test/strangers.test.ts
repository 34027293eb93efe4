import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dropTables } from '../src/store/testing/drop-tables.ts'
import { holdDatabase } from '../src/store/testing/hold-database.ts'
import { Pipeline } from './pipeline.ts'
import { ok, Tenant } from './tenant.ts'

let tenant: Tenant
let pipeline: Pipeline

before(async () => {
  tenant = await Tenant.start()
  pipeline = new Pipeline(Number(new URL(tenant.server.url).port))
})

after(() => {
  pipeline.close()
  return tenant.close()
})

const form = 'application/x-www-form-urlencoded'
const json = 'application/json'

/** Less than any limit that is meant for those who have said who they are. */
const tooMuch = 100_000

const paths: readonly (readonly [path: string, type: string, status: number])[] = [
  ['/api/session/v1', json, 413],
  ['/api/session/v1/password', json, 413],
  ['/oauth2', form, 413],
  ['/oauth2/code', form, 413],
  ['/oauth2/api/v1/authorize?client_id=x', form, 413],
  ['/oauth2/api/v1/token', form, 413],
  ['/oauth2/apitoken/v1', form, 413],
  ['/oauth/token', form, 413],
  ['/oauth2/api/v1/par', form, 413],
  ['/oauth2/api/v1/revoke', form, 413],
  ['/oauth2/api/v1/introspect', form, 413],
  ['/oauth2/api/v1/clients', json, 401],
  ['/api/identity/v1/users', json, 401],
  ['/authorization/v1/accounts/dev/groups', json, 401],
  ['/api/design/v1/simulations', json, 401],
  ['/api/v1/$batch', 'multipart/mixed; boundary=x', 401],
  ['/http/nothing', json, 404],
  ['/nothing', json, 404],
  ['/console/nothing', 'text/plain', 404],
  ['/.well-known/jwks.json', json, 404],
]

test('nobody has to take in more than 64 KiB of those who have not said who they are', async () => {
  for (const [path, type, expected] of paths) {
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: ${type}\r\n`
    // No byte of the body is sent: an answer means that the server does not wait for it.
    const declared = { method: 'POST', text: `${head}Content-Length: ${tooMuch}\r\n\r\n` }
    assert.equal((await pipeline.exchange([declared]))[0]?.status, expected, path)
    const begun = `${head}Transfer-Encoding: chunked\r\n\r\n${tooMuch.toString(16)}\r\n${'x'.repeat(tooMuch)}`
    assert.equal((await pipeline.exchange([{ method: 'POST', text: begun }]))[0]?.status, expected, `${path} in chunks`)
  }
})

/** What takes bodies and is not described in `/openapi.json`, each with keys that nothing has. */
const described = "IntegrationPackages('x')"
const undescribed: readonly (readonly [method: string, path: string])[] = [
  ['POST', 'IntegrationPackages'],
  ['PUT', described],
  ['PATCH', described],
  ['MERGE', described],
  ['DELETE', described],
  ['POST', `${described}/CustomTags`],
  ['PUT', `${described}/$links/CustomTags('x')`],
  ['POST', 'IntegrationDesigntimeArtifacts'],
  ['PUT', "IntegrationDesigntimeArtifacts(Id='x',Version='active')"],
  ['POST', "IntegrationDesigntimeArtifacts(Id='x',Version='active')/Resources"],
  ['PUT', "IntegrationDesigntimeArtifacts(Id='x',Version='active')/$links/Configurations('x')"],
  ['POST', 'IntegrationRuntimeArtifacts'],
  ['POST', "DeployIntegrationDesigntimeArtifact?Id='x'&Version='active'"],
  ['PUT', "CertificateResources('78')/$value"],
  ['POST', '$batch'],
]

type OpenApi = { paths: Record<string, Record<string, object>> }

test('nobody has to take in what is sent by somebody who may not do what it is for', async () => {
  await tenant.createClient({ id: 'guest', subscription: 'devtmn' })
  const platform = { kind: 'platform', scopes: ['hcp.readOAuthSettings'] }
  const { id, secret } = JSON.parse(ok(await tenant.administer('POST', '/oauth2/api/v1/clients', platform)).text)
  const issued = await tenant.request('/oauth2/apitoken/v1?grant_type=client_credentials', {
    ...{ method: 'POST', headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` } },
  })
  const tokens = [await tenant.token('guest'), JSON.parse(ok(issued).text).access_token as string]
  const { paths } = JSON.parse(ok(await tenant.request('/openapi.json')).text) as OpenApi
  const operations = [
    ...undescribed.flatMap(([method, path]) =>
      ['/api/v1', '/odata/api/v1'].map(at => [method, `${at}/${path}`] as const),
    ),
    ...Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter(method => method !== 'get' && method !== 'head')
        .map(method => [method.toUpperCase(), path.replace(/\{\w+\}/g, 'x')] as const),
    ),
  ]
  assert.ok(operations.length > 80, `found ${operations.length}`)
  for (const [method, path] of operations) {
    for (const token of tokens) {
      const text = `${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 60000000\r\n\r\n`
      const [answer] = await pipeline.exchange([{ method, text }])
      assert.ok([401, 403, 404, 405, 413].includes(answer?.status ?? 0), `${method} ${path}: ${answer?.head}`)
    }
  }
})

test('while another process holds the database the server says that it is not ready, and answers what needs no writing', async () => {
  await tenant.createClient({ id: 'patient' })
  const statusOf = async (path: string) => (await tenant.request(path)).status
  assert.equal(await statusOf('/readyz'), 200)
  const release = holdDatabase(tenant.server.dataDirectory)
  const issued = tenant.token('patient')
  const found = [await statusOf('/readyz'), await statusOf('/healthz'), await statusOf('/.well-known/jwks.json')]
  release()
  assert.deepEqual(found, [503, 200, 200])
  assert.match(await issued, /^[0-9a-f]{32}$/)
  assert.equal(await statusOf('/readyz'), 200)
})

test('a database that fails opens nothing, and tells nothing of itself', async () => {
  await tenant.createClient({ id: 'orders', subscription: 'devtmn' })
  const token = await tenant.token('orders')
  dropTables(tenant.server.dataDirectory, ['tokens', 'sessions', 'role_users', 'audit_log'])
  const basic = { authorization: `Basic ${btoa('orders:secret of orders')}` }
  const { user, password } = tenant.server.admin
  const form = (fields: Record<string, string>) => ({
    ...{ method: 'POST', headers: basic, body: new URLSearchParams(fields) },
  })
  const answers = await Promise.all([
    tenant.request('/oauth2/api/v1/token', form({ grant_type: 'client_credentials' })),
    tenant.request('/oauth2/api/v1/revoke', form({ token: 'f'.repeat(32) })),
    tenant.request('/oauth2/api/v1/introspect', form({ token: 'f'.repeat(32) })),
    tenant.request('/api/v1/IntegrationPackages', { headers: { authorization: `Bearer ${token}` } }),
    tenant.request('/oauth2', { method: 'POST', body: new URLSearchParams({ user, password }) }),
    tenant.request('/oauth2', { headers: { cookie: `JSESSIONID=${'A'.repeat(32)}` } }),
    tenant.request('/api/session/v1', { headers: { cookie: `JSESSIONID=${'A'.repeat(32)}` } }),
  ])
  for (const { status, text } of answers) {
    assert.equal(status, 500, text)
    assert.match(text, /The server failed\. Its log has the details under [0-9a-f-]{36}\./)
    assert.doesNotMatch(text, /sqlite|no such|table|\.ts\b|node:/i)
  }
})
