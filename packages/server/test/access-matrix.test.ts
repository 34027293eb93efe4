import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { platformScopes } from '../src/api/oauth/platform-scopes.ts'
import { flowZip, ok, Tenant } from './tenant.ts'

let tenant: Tenant

before(async () => {
  tenant = await Tenant.start()
  await tenant.deploy(await flowZip())
  for (const id of ['sender', 'stranger']) await tenant.createClient({ id })
  await tenant.assign('sender')
  await tenant.createClient({ id: 'nobody', subscription: 'devtmn' })
})

after(() => tenant.close())

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function platformClient(...scopes: string[]) {
  const { text } = ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes }))
  const { id, secret } = JSON.parse(text) as { id: string; secret: string }
  const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` }
  const path = '/oauth2/apitoken/v1?grant_type=client_credentials'
  const answer = ok(await tenant.request(path, { method: 'POST', headers }))
  return { id, token: (JSON.parse(answer.text) as { access_token: string }).access_token }
}

interface Operation {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly requestBody?: object
}

/** All operations that want somebody, as the server describes them. */
async function guardedOperations(): Promise<Operation[]> {
  const { paths } = JSON.parse((await tenant.request('/openapi.json')).text) as {
    paths: Record<string, Record<string, Pick<Operation, 'security' | 'requestBody'>>>
  }
  const known: Readonly<Record<string, string>> = { subaccount: 'dev', account: 'dev', app: 'deviflmap' }
  return Object.entries(paths).flatMap(([template, operations]) => {
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '1')
    return Object.entries(operations)
      .map(([method, { security, ...more }]) => ({
        name: `${method} ${template}`,
        method: method.toUpperCase(),
        path,
        security,
        ...more,
      }))
      .filter(({ security }) => security.length > 0 && !security.some(way => 'client' in way))
  })
}

const scopesOf = ({ security }: Operation) => security.flatMap(({ platformToken = [] }) => platformToken)

async function statusOf({ method, path }: Operation, headers: Readonly<Record<string, string>>): Promise<number> {
  return (await tenant.request(path, { method, headers })).status
}

test('no operation lets in a caller without credentials, or whose token is for something else', async () => {
  const [sender, nobody, platform] = [
    await tenant.token('sender'),
    await tenant.token('nobody'),
    (await platformClient(...platformScopes)).token,
  ]
  const operations = await guardedOperations()
  assert.ok(operations.length > 60, `${operations.length} operations`)
  for (const operation of operations) {
    const isOfPlatform = scopesOf(operation).length > 0
    const isOfSession = operation.path.startsWith('/api/session/')
    // Nobody to sign out is no mistake.
    const unknown = operation.name === 'delete /api/session/v1' ? 204 : 401
    assert.equal(await statusOf(operation, {}), unknown, operation.name)
    assert.equal(await statusOf(operation, bearer(sender)), unknown, `${operation.name} with a token for flows`)
    const ofApi = isOfPlatform || isOfSession ? unknown : 403
    assert.equal(await statusOf(operation, bearer(nobody)), ofApi, `${operation.name} without a role`)
    if (!isOfPlatform) {
      assert.equal(await statusOf(operation, bearer(platform)), unknown, `${operation.name} with a platform token`)
    }
  }
})

test('no operation lets in a user without the role', async () => {
  const ada = { name: 'ada', password: 'lovelace 1815', mustChangePassword: false }
  ok(await tenant.administer('POST', '/api/identity/v1/users', ada))
  const headers = { authorization: `Basic ${btoa(`${ada.name}:${ada.password}`)}` }
  for (const operation of await guardedOperations()) {
    if (operation.path.startsWith('/api/session/')) continue
    assert.equal(await statusOf(operation, headers), 403, operation.name)
  }
})

const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
const bodies = ['', 'null', '[]', '0', '"text"', '{', '\u0000', '{"a":1}', '{"__proto__":{"a":1}}', deep]

test('a body that is not what an operation wants is the mistake of whoever sent it', async () => {
  const headers = { authorization: tenant.server.admin.authorization, 'content-type': 'application/json' }
  for (const { method, path, name, requestBody } of await guardedOperations()) {
    if (requestBody === undefined) continue
    for (const body of bodies) {
      const { status, text } = await tenant.request(path, { method, headers, body })
      assert.ok(status >= 400 && status < 500, `${name} with ${body.slice(0, 30)}: ${status} ${text.slice(0, 200)}`)
    }
  }
})

test('no operation lets in a platform client that has all scopes but those of the operation', async () => {
  const operations = (await guardedOperations()).filter(operation => scopesOf(operation).length > 0)
  const clients = new Map<string, Promise<{ token: string }>>()
  for (const operation of operations) {
    const needed = scopesOf(operation)
    const others = platformScopes.filter(scope => !needed.includes(scope))
    const client = clients.get(`${needed}`) ?? platformClient(...others)
    clients.set(`${needed}`, client)
    assert.equal(await statusOf(operation, bearer((await client).token)), 403, operation.name)
  }
  assert.ok(clients.size > 5, `${clients.size} kinds of operations`)
})

test('a platform client makes no client that may do more than itself, and gets hold of none', async () => {
  const trust = await platformClient('hcp.manageTrustSettings')
  const { token } = await platformClient('hcp.manageOAuthSettings', 'hcp.readAuditLogs')
  const post = async (path: string, json: object) => {
    const headers = { ...bearer(token), 'content-type': 'application/json' }
    return (await tenant.request(path, { method: 'POST', headers, body: JSON.stringify(json) })).status
  }
  const make = (...scopes: string[]) => post('/oauth2/api/v1/clients', { kind: 'platform', scopes })
  assert.deepEqual(
    {
      another: await make('hcp.manageTrustSettings'),
      more: await make('hcp.manageOAuthSettings', 'hcp.manageAuditLogs'),
      secret: await post(`/oauth2/api/v1/clients/${trust.id}/secrets`, {}),
      same: await make('hcp.manageOAuthSettings'),
      less: await make('hcp.readAuditLogs'),
    },
    { another: 403, more: 403, secret: 403, same: 201, less: 201 },
  )
  const listed = JSON.parse((await tenant.administer('GET', `/oauth2/api/v1/clients/${trust.id}/secrets`)).text)
  assert.equal(listed.secrets.length, 1)
})

const otherSites: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbour', { 'sec-fetch-site': 'same-site' }],
  ['a browser without Fetch Metadata', { origin: 'https://evil.example' }],
  ['a sandboxed page', { origin: 'null' }],
]

test('no page of another site has a browser change anything, neither by its session nor by a password that it keeps', async () => {
  const { admin, url } = tenant.server
  const { user, password } = admin
  const body = JSON.stringify({ user, password })
  const headers = { 'content-type': 'application/json' }
  const answer = ok(await tenant.request('/api/session/v1', { method: 'POST', headers, body }))
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const changes = (await guardedOperations()).filter(({ method }) => method !== 'GET')
  assert.ok(changes.length > 40, `${changes.length} changes`)
  for (const operation of changes) {
    assert.equal(await statusOf(operation, { cookie }), 403, operation.name)
    if (operation.path.startsWith('/api/session/')) continue
    for (const [what, more] of otherSites) {
      const status = await statusOf(operation, { authorization: admin.authorization, ...more })
      assert.equal(status, 403, `${operation.name} from ${what}`)
    }
  }
  const rotate = (more: object) =>
    tenant.request('/oauth2/api/v1/signing-keys/rotate', {
      ...{ method: 'POST', headers: { authorization: admin.authorization, ...more } },
    })
  assert.equal((await rotate({ 'sec-fetch-site': 'same-origin', origin: url })).status, 200)
})

test('what a form of another site can send is taken for nothing, whatever its type', async () => {
  const { user, password, authorization } = tenant.server.admin
  const operations = (await guardedOperations()).filter(({ method }) => method === 'POST')
  const forms = [
    ['text/plain', JSON.stringify({ user, password, name: 'x', groups: [], roles: [] })],
    ['text/plain; charset=application/json', '{}'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'],
    ['application/x-www-form-urlencoded', `user=${user}&password=${password}`],
    ['', '{}'],
  ] as const
  const statuses: Record<string, number> = {}
  for (const { method, path } of [...operations, { method: 'POST', path: '/api/session/v1' }]) {
    for (const [type, body] of forms) {
      const headers = { authorization, ...(type !== '' && { 'content-type': type }) }
      // A body of bytes has no type of its own.
      const answer = await tenant.request(path, { method, headers, body: Buffer.from(body) })
      // What takes any type wants a token (403).
      if (![400, 403, 415].includes(answer.status)) statuses[`${path} ${type}`] = answer.status
    }
  }
  assert.deepEqual(statuses, {})
})

test('what anybody may keep for others comes without a session and without the token of one', async () => {
  for (const path of ['/.well-known/jwks.json', '/.well-known/oauth-authorization-server', '/oauth2/pages.css', '/']) {
    const { headers } = await tenant.request(path, { headers: { 'x-csrf-token': 'Fetch' } })
    assert.deepEqual([headers.get('cache-control'), headers.has('x-csrf-token')], ['no-store', true], path)
    const plain = await tenant.request(path)
    assert.deepEqual([plain.headers.has('set-cookie'), plain.headers.has('x-csrf-token')], [false, false], path)
  }
})
