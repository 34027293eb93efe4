import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { flowZip, Tenant } from './tenant.ts'

const path = '/api/session/v1'
const minute = 60_000
let tenant: Tenant

before(async () => {
  tenant = await Tenant.start()
})

after(() => tenant.close())

interface Browser {
  readonly cookie: string
  readonly token: string
}

function signIn(user: string, password: string, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ user, password })
  return tenant.request(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
}

async function signedIn(): Promise<Browser> {
  const { user, password } = tenant.server.admin
  const answer = await signIn(user, password)
  assert.equal(answer.status, 201, answer.text)
  const cookie = answer.headers.get('set-cookie') ?? ''
  assert.match(cookie, /^JSESSIONID=[0-9A-F]{32}; Path=\/; HttpOnly; SameSite=Lax$/)
  return { cookie: cookie.split(';')[0] ?? '', token: answer.headers.get('x-csrf-token') ?? '' }
}

const newPackage = (id: string) => ({
  method: 'POST',
  body: JSON.stringify({ Id: id, Name: id, ShortText: id }),
})

test('a user who signed in reads without a token and changes with one, on every API', async () => {
  const { cookie, token } = await signedIn()
  const described = JSON.parse((await tenant.request(path, { headers: { cookie } })).text)
  assert.deepEqual([described.user, described.subaccount], ['admin', 'dev'])
  assert.ok(described.roles.some((role: object) => JSON.stringify(role).includes('"WebToolingWorkspace.Write"')))

  const reads = [path, '/api/v1/IntegrationPackages', '/oauth2/api/v1/clients', '/authorization/v1/accounts/dev/groups']
  for (const read of reads) {
    const { status, headers } = await tenant.request(read, { headers: { cookie } })
    assert.deepEqual([status, headers.get('cache-control')], [200, 'no-store'], read)
  }

  const json = { cookie, 'content-type': 'application/json' }
  const changes: readonly [string, RequestInit][] = [
    ['/api/v1/IntegrationPackages', newPackage('session')],
    ['/oauth2/api/v1/clients', { method: 'POST', body: '{"id":"s","name":"s","subscription":"deviflmap"}' }],
    ['/authorization/v1/accounts/dev/groups', { method: 'POST', body: '{"groups":[{"name":"g"}]}' }],
  ]
  for (const [change, init] of changes) {
    const refused = await tenant.request(change, { ...init, headers: json })
    assert.deepEqual([refused.status, refused.headers.get('x-csrf-token')], [403, 'Required'], change)
    const forged = await tenant.request(change, { ...init, headers: { ...json, 'x-csrf-token': '0'.repeat(32) } })
    assert.equal(forged.status, 403, change)
    const done = await tenant.request(change, { ...init, headers: { ...json, 'x-csrf-token': token } })
    assert.ok(done.status < 300, `${change}: ${done.status} ${done.text}`)
  }
})

test('messages and tokens want credentials, whoever is signed in', async () => {
  const { cookie, token } = await signedIn()
  assert.equal((await tenant.deploy(await flowZip({ id: 'called', address: '/called' }), 'called')).status, 'SUCCESS')
  const headers = { cookie, 'x-csrf-token': token }
  assert.equal((await tenant.request('/http/called', { method: 'POST', headers })).status, 401)
  const asked = '/oauth2/api/v1/token?grant_type=client_credentials'
  assert.equal((await tenant.request(asked, { method: 'POST', headers })).status, 401)
})

test('wrong credentials are refused without saying which is wrong', async () => {
  const [user, password] = await Promise.all([signIn('nobody', 'x'), signIn('admin', 'x')])
  assert.equal(user.status, 401)
  assert.deepEqual(JSON.parse(user.text), JSON.parse(password.text))
  assert.equal(user.headers.get('set-cookie'), null)
  const form = { 'content-type': 'text/plain' }
  assert.equal((await signIn('admin', tenant.server.admin.password, form)).status, 415)
})

test('sign-in gives a session of its own, whatever the browser brought', async () => {
  const first = await signedIn()
  const { user, password } = tenant.server.admin
  const again = await signIn(user, password, { cookie: first.cookie })
  assert.notEqual(again.headers.get('set-cookie')?.split(';')[0], first.cookie)
  assert.equal((await tenant.request(path, { headers: { cookie: first.cookie } })).status, 401)
})

test('sign-out ends the session for good, and needs the token', async () => {
  const { cookie, token } = await signedIn()
  assert.equal((await tenant.request(path, { method: 'DELETE', headers: { cookie } })).status, 403)
  const ended = await tenant.request(path, { method: 'DELETE', headers: { cookie, 'x-csrf-token': token } })
  assert.equal(ended.status, 204)
  assert.match(ended.headers.get('set-cookie') ?? '', /^JSESSIONID=; .*Max-Age=0$/)
  assert.equal((await tenant.request(path, { headers: { cookie } })).status, 401)
})

test('a session lasts while it is used, and 12 hours at most', async () => {
  const { clock } = tenant.server
  const { cookie } = await signedIn()
  const status = async () => (await tenant.request('/api/v1/IntegrationPackages', { headers: { cookie } })).status
  for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
    assert.equal(await status(), 200, `${minutes} minutes`)
    clock.advance(20 * minute)
  }
  assert.equal(await status(), 401)
  const unused = await signedIn()
  clock.advance(30 * minute)
  assert.equal((await tenant.request(path, { headers: { cookie: unused.cookie } })).status, 401)
})

test('a page that asks in the background is not challenged to show a dialog', async () => {
  const challenge = async (headers: Record<string, string>) =>
    (await tenant.request('/api/v1/IntegrationPackages', { headers })).headers.get('www-authenticate')
  assert.match((await challenge({})) ?? '', /Basic/)
  assert.doesNotMatch((await challenge({ 'x-requested-with': 'XMLHttpRequest' })) ?? '', /Basic/)
})
