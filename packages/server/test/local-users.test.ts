import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createDigests } from '../src/identity/digests.ts'
import { createSecretHashers } from '../src/identity/secret-hasher.ts'
import { inDirectory } from '../src/store/each-database.test.ts'
import { openStore, startTestServer } from '../src/testing/index.ts'
import { type Answer, Tenant } from './tenant.ts'

const users = '/api/identity/v1/users'
const session = '/api/session/v1'
let tenant: Tenant

before(async () => {
  tenant = await Tenant.start()
})

after(() => tenant.close())

const body = ({ text }: Answer) => JSON.parse(text)
const post = (path: string, json: object) =>
  tenant.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  })
const signIn = (user: string, password: string) => post(session, { user, password })
const changePassword = (user: string, password: string, newPassword: string) =>
  post(`${session}/password`, { user, password, newPassword })
const basic = (user: string, password: string) => ({
  headers: { authorization: `Basic ${btoa(`${user}:${password}`)}` },
})
const create = async (name: string, more: object = {}) => {
  const created = await tenant.administer('POST', users, { name, ...more })
  assert.equal(created.status, 201, created.text)
  return body(created)
}
const ready = (name: string, password = 'long enough') => create(name, { password, mustChangePassword: false })

test('a user is created with a password shown once, and gets in after changing it', async () => {
  const created = await create('Ada', { email: 'ada@example.com', displayName: 'Ada Lovelace' })
  assert.match(created.password, /^[\w-]{16}$/)
  assert.equal(created.mustChangePassword, true)
  const shown = body(await tenant.administer('GET', `${users}/ada`))
  const { password, ...rest } = created
  assert.deepEqual(shown, rest)

  const refused = await signIn('ada', password)
  assert.deepEqual([refused.status, body(refused).code], [403, 'password-change-required'])
  assert.equal(refused.headers.get('set-cookie'), null)
  assert.equal((await tenant.request('/api/v1/IntegrationPackages', basic('ada', password))).status, 401)

  const changed = await changePassword('ada', password, 'analytical engine')
  assert.deepEqual([changed.status, body(changed).user], [201, 'Ada'], changed.text)
  assert.ok(changed.headers.get('x-csrf-token'))
  const now = new Date(tenant.server.clock.now()).toISOString()
  assert.equal((await signIn('ADA', 'analytical engine')).status, 201)
  assert.equal((await signIn('ada', password)).status, 401)
  // Known, but without a role.
  assert.equal((await tenant.request('/api/v1/IntegrationPackages', basic('ada', 'analytical engine'))).status, 403)
  const { signedInAt, mustChangePassword } = body(await tenant.administer('GET', `${users}/ada`))
  assert.deepEqual([signedInAt, mustChangePassword], [now, false])
})

test('a password that was hashed with less work is changed by its user', () =>
  inDirectory(async dataDirectory => {
    const { secrets } = createSecretHashers(createDigests())
    const store = await openStore({ dataDirectory })
    const first = await secrets.hash('set by somebody')
    await store.users.create({ name: 'ann', createdAt: 0, mustChangePassword: true }, first)
    await store.close()
    const older = new Tenant(await startTestServer({ dataDirectory }))
    const json = { user: 'ann', password: 'set by somebody', newPassword: 'chosen by ann' }
    const headers = { 'content-type': 'application/json' }
    const change = { method: 'POST', headers, body: JSON.stringify(json) }
    const changed = await older.request(`${session}/password`, change)
    await older.close()
    assert.equal(changed.status, 201, changed.text)
  }))

test('users are found by part of name, address or display name, and paged', async () => {
  for (const name of ['list-a', 'list-b', 'list-c'])
    await create(name, { displayName: `Ünal ${name}`, email: 'u_1@x.de' })
  const names = async (query: string) => {
    const found = body(await tenant.administer('GET', `${users}?${query}`))
    return [found.users.map(({ name }: { name: string }) => name).join(), found.count]
  }
  assert.deepEqual(await names('search=LIST-'), ['list-a,list-b,list-c', 3])
  assert.deepEqual(await names('search=list-&top=1&skip=1'), ['list-b', 3])
  assert.deepEqual(await names(`search=${encodeURIComponent('ÜNAL list-c')}`), ['list-c', 1])
  assert.deepEqual(await names('search=u_1@'), ['list-a,list-b,list-c', 3])
  assert.deepEqual(await names('search=li%25'), ['', 0])
  assert.deepEqual(await names(`search=${encodeURIComponent("' or 1=1 --")}`), ['', 0])
})

const wrongUsers: readonly (readonly [string, object, number, RegExp])[] = [
  ['no name', {}, 400, /"name"/],
  ['an empty name', { name: '' }, 400, /"name"/],
  ['a name that Basic cannot carry', { name: 'a:b' }, 400, /"name"/],
  ['a name with a blank at its end', { name: 'ab ' }, 400, /"name"/],
  ['a name that lists cannot carry', { name: 'a;b' }, 400, /"name"/],
  ["the name of a client's user", { name: 'OAuth_Client_hello' }, 400, /"oauth_client_"/],
  ['a name that is taken', { name: 'ADMIN' }, 409, /unused name/],
  ['something that is no address', { name: 'x', email: 'nowhere' }, 400, /"email"/],
  ['a display name of two lines', { name: 'x', displayName: 'a\nb' }, 400, /"displayName"/],
  ['a short password', { name: 'x', password: 'short' }, 400, /"password" to have 8 to 512/],
  ['an over-long password', { name: 'x', password: 'abcdef'.repeat(100) }, 400, /"password" to have 8 to 512/],
  ['a password of few characters', { name: 'x', password: 'abababababab' }, 400, /"password".*different/],
  ['a password that is a run', { name: 'x', password: '123456789' }, 400, /"password".*run/],
  ['a password that is a row of keys', { name: 'x', password: 'qwertyuiop' }, 400, /"password".*run/],
  ['a password that is the name', { name: 'somebody', password: 'Somebody' }, 400, /"password".*name/],
  ['a password that is the address', { name: 'x', email: 'eve@x.org', password: 'EVE@x.org' }, 400, /"password".*mail/],
  ['a field that is not known', { name: 'x', role: 'Administrator' }, 400, /"role"/],
]

for (const [what, json, status, detail] of wrongUsers) {
  test(`${what} is refused`, async () => {
    const answer = await tenant.administer('POST', users, json)
    assert.equal(answer.status, status, answer.text)
    assert.match(body(answer).detail, detail)
  })
}

/** Signed in as a local user, with the request that shows it. */
async function signedIn(name: string, password = 'long enough') {
  const answer = await signIn(name, password)
  assert.equal(answer.status, 201, answer.text)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return async () => (await tenant.request(session, { headers: { cookie } })).status
}

const endings: readonly (readonly [string, (name: string) => Promise<Answer>])[] = [
  ['deleting', name => tenant.administer('DELETE', `${users}/${name}`)],
  ['disabling', name => tenant.administer('PUT', `${users}/${name}`, { enabled: false })],
  ['setting a password', name => tenant.administer('PUT', `${users}/${name}/password`, { password: 'another one' })],
  ['changing the password', name => changePassword(name, 'long enough', 'another one')],
]

for (const [index, [what, end]] of endings.entries()) {
  test(`${what} ends the sessions of a user, and lets the old password in no more`, async () => {
    const name = `ending-${index}`
    await ready(name)
    const status = await signedIn(name)
    const others = await signedIn('admin', tenant.server.admin.password)
    assert.equal(await status(), 200)
    assert.ok((await end(name)).status < 300)
    assert.deepEqual([await status(), await others()], [401, 200])
    assert.equal((await signIn(name, 'long enough')).status, 401)
    assert.equal((await tenant.request(users, basic(name, 'long enough'))).status, 401)
  })
}

test('a user who is enabled again has roles and password as before', async () => {
  await ready('pause', 'long enough')
  const path = '/authorization/v1/accounts/dev/users/roles?userId=pause'
  await tenant.administer('PUT', path, { roles: [{ name: 'AuthGroup.ReadOnly', applicationName: 'devtmn' }] })
  const read = async () => (await tenant.request('/api/v1/IntegrationPackages', basic('pause', 'long enough'))).status
  assert.equal(await read(), 200)
  await tenant.administer('PUT', `${users}/pause`, { enabled: false, displayName: 'P.' })
  assert.equal(await read(), 401)
  const enabled = await tenant.administer('PUT', `${users}/pause`, { enabled: true, displayName: 'P.' })
  assert.deepEqual([body(enabled).enabled, body(enabled).displayName], [true, 'P.'])
  assert.equal(await read(), 200)
})

test('whoever gets the name of a deleted user inherits nothing', async () => {
  await ready('heir')
  const path = '/authorization/v1/accounts/dev'
  await tenant.administer('POST', `${path}/groups`, { groups: [{ name: 'Heirs' }] })
  await tenant.administer('PUT', `${path}/groups/users?groupName=Heirs`, { users: [{ name: 'heir' }] })
  const roles = [{ name: 'AuthGroup.ReadOnly', applicationName: 'devtmn' }]
  await tenant.administer('PUT', `${path}/users/roles?userId=heir`, { roles })
  await signedIn('heir')
  const gone = await tenant.administer('DELETE', `${users}/HEIR`)
  assert.deepEqual([gone.status, body(gone)], [200, { roles: 1, groups: 1, sessions: 1, tokens: 0 }])
  await ready('heir')
  assert.deepEqual(body(await tenant.administer('GET', `${path}/users/roles?userId=heir`)).roles, [])
  assert.deepEqual(body(await tenant.administer('GET', `${path}/users/groups?userId=heir`)).groups, [])
  assert.equal((await tenant.administer('DELETE', `${users}/nobody`)).status, 404)
})

test('the last administrator can be neither deleted nor disabled, be it by a group', async () => {
  const refused = async () => {
    const deleted = await tenant.administer('DELETE', `${users}/admin`)
    const disabled = await tenant.administer('PUT', `${users}/admin`, { enabled: false })
    return [deleted, disabled].map(answer => `${answer.status} ${body(answer).code}`)
  }
  assert.deepEqual(await refused(), ['409 last-administrator', '409 last-administrator'])
  await ready('second')
  const path = '/authorization/v1/accounts/dev/groups'
  await tenant.administer('POST', path, { groups: [{ name: 'Admins' }] })
  await tenant.administer('PUT', `${path}/users?groupName=Admins`, { users: [{ name: 'second' }] })
  const roles = [{ name: 'Administrator', applicationName: 'cockpit' }]
  assert.ok((await tenant.administer('PUT', `${path}/roles?groupName=Admins`, { roles })).status < 300)
  await tenant.administer('PUT', `${users}/second`, { enabled: false })
  assert.deepEqual(await refused(), ['409 last-administrator', '409 last-administrator'], 'one who is disabled is none')
  await tenant.administer('PUT', `${users}/second`, { enabled: true })
  const off = await tenant.administer('PUT', `${users}/admin`, { enabled: false })
  assert.equal(off.status, 200)
  const on = { ...basic('second', 'long enough'), method: 'PUT', body: '{"enabled":true}' }
  const headers = { ...on.headers, 'content-type': 'application/json' }
  assert.equal((await tenant.request(`${users}/admin`, { ...on, headers })).status, 200)
})

test('a new password must differ from the old one and follow the rules', async () => {
  await ready('stubborn')
  for (const [password, detail] of [
    ['long enough', /another than before/],
    ['stubborn', /"newPassword".*name/],
    ['short', /"newPassword" to have 8/],
  ] as const) {
    const answer = await changePassword('stubborn', 'long enough', password)
    assert.equal(answer.status, 400)
    assert.match(body(answer).detail, detail)
  }
  assert.equal((await changePassword('stubborn', 'wrong', 'a new password')).status, 401)
  assert.equal((await changePassword('nobody', 'wrong', 'a new password')).status, 401)
  assert.equal((await signIn('stubborn', 'long enough')).status, 201)
})

test('platform clients administer users with their scopes, and nobody else does', async () => {
  await ready('plain')
  const tokenFor = async (scope: string) => {
    const client = body(
      await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes: [scope] }),
    )
    const url = '/oauth2/apitoken/v1?grant_type=client_credentials'
    const issued = await tenant.request(url, { method: 'POST', ...basic(client.id, client.secret) })
    return body(issued).access_token as string
  }
  const status = async (authorization: string, method: string) =>
    (
      await tenant.request(`${users}/plain`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(method === 'PUT' && { body: '{"enabled":true}' }),
      })
    ).status
  const callers: readonly (readonly [string, string, number, number])[] = [
    ['a reader', `Bearer ${await tokenFor('hcp.readTrustSettings')}`, 200, 403],
    ['a manager', `Bearer ${await tokenFor('hcp.manageTrustSettings')}`, 200, 200],
    ['somebody else', `Bearer ${await tokenFor('hcp.manageOAuthSettings')}`, 403, 403],
    ['a user without a role', basic('plain', 'long enough').headers.authorization, 403, 403],
    ['nobody', 'Bearer x', 401, 401],
  ]
  for (const [who, authorization, read, change] of callers) {
    assert.deepEqual([await status(authorization, 'GET'), await status(authorization, 'PUT')], [read, change], who)
  }
})

test('the last administrator keeps the role, however it would be lost', async () => {
  const path = '/authorization/v1/accounts/dev'
  const role = 'roleName=Administrator'
  await tenant.administer('POST', `${path}/groups`, { groups: [{ name: 'Rulers' }] })
  await tenant.administer('PUT', `${path}/groups/users?groupName=Rulers`, { users: [{ name: 'admin' }] })
  const byGroup = { groups: [{ name: 'Rulers' }] }
  const lose = async (...ways: readonly string[]) => {
    for (const way of ways) {
      const refused = await tenant.administer('DELETE', path + way)
      assert.deepEqual([refused.status, body(refused).code], [409, 'last-administrator'], way)
    }
  }
  const unassign = [`/apps/cockpit/roles/users?${role}&users=admin`, '/users/roles?userId=admin&roles=*']
  await tenant.administer('DELETE', `${path}/apps/cockpit/roles/groups?${role}&groups=*`)
  await lose(...unassign)
  assert.equal((await tenant.administer('PUT', `${path}/apps/cockpit/roles/groups?${role}`, byGroup)).status, 201)
  assert.equal((await tenant.administer('DELETE', path + unassign[0])).status, 200)
  const groups = [
    '/groups?groups=Rulers',
    '/groups/users?groupName=Rulers&users=*',
    '/users/groups?userId=admin&groups=*',
  ]
  await lose(...groups, `/apps/cockpit/roles/groups?${role}&groups=Rulers`, '/groups/roles?groupName=Rulers&roles=*')
  assert.equal((await tenant.administer('GET', users)).status, 200)
})
