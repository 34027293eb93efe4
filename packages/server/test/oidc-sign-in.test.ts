import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OpenIdProvider } from '../src/testing/openid-provider.ts'
import { Wanderer } from '../src/testing/wanderer.ts'
import { ok } from './tenant.ts'
import { type TrustingTenant, withTrustingTenant } from './trusting-tenant.ts'

let world: TrustingTenant
withTrustingTenant(started => {
  world = started
})

test('a person signs in at the provider that the page offers, and is where they wanted to be', async () => {
  const person = new Wanderer()
  const page = await person.open(world.at('/oauth2'))
  const link = /<a class="button" href="([^"]+)">Sign in with Corporate<\/a>/.exec(page.text)?.[1] ?? ''
  const arrived = await person.open(world.at(link.replaceAll('&amp;', '&')))
  assert.deepEqual([arrived.url, arrived.status], [world.at('/oauth2'), 200])
  assert.match(arrived.text, /You are signed in as ann/)
  assert.equal(world.corporate.tokenRequests.at(-1)?.get('redirect_uri'), world.callback())
})

test('the providers that can be chosen are listed for whoever is about to sign in', async () => {
  const { status, text } = await new Wanderer().step(world.at('/api/session/v1/providers'))
  const path = (name: string) => `/oauth2/sign-in/start?provider=${name}&return_to=%2F`
  const providers = ['Corporate', 'Partner'].map(name => ({ name, path: path(name) }))
  assert.deepEqual([status, JSON.parse(text)], [200, { providers }])
})

test('the groups that the provider gives count, as of the last sign-in', async () => {
  const person = new Wanderer()
  const users = () => person.step(world.at('/api/identity/v1/users')).then(({ status }) => status)
  world.corporate.user = { ...world.corporate.user, realm: { groups: ['hr', 'it'] } }
  await person.open(world.begin())
  const { user, provider, roles = [] } = await world.sessionOf(person)
  assert.deepEqual([user, provider], ['ann', 'corporate'])
  assert.deepEqual(roles.map(({ role }) => role).sort(), ['Administrator', 'ESBMessaging.send'])
  assert.equal(await users(), 200)
  world.corporate.user = { sub: '1', preferred_username: 'ann' }
  await new Wanderer().open(world.begin())
  assert.equal(await users(), 403, 'also in the session from before')
  // Some providers tell groups at the UserInfo endpoint only.
  world.corporate.userInfo = { realm: { groups: 'it' } }
  await new Wanderer().open(world.begin())
  assert.equal(await users(), 200)
  world.corporate.userInfo = {}
  await new Wanderer().open(world.begin())
})

test('a client gets a token for a user who signs in at a provider', async () => {
  const redirectUri = 'http://localhost:9/back'
  const shop = { id: 'shop', name: 'Shop', subscription: 'deviflmap', grant: 'authorization_code', redirectUri }
  await world.administer('POST', '/oauth2/api/v1/clients', { ...shop, secret: 's', skipConsent: true })
  const person = new Wanderer()
  const ask = '/oauth2/api/v1/authorize?response_type=code&client_id=shop&state=a%26b'
  assert.match((await person.open(world.at(ask))).text, /Sign in with Corporate/)
  const back = new URL(await person.openUntil(world.begin('Corporate', ask), redirectUri))
  assert.equal(back.searchParams.get('state'), 'a&b')
  const code = back.searchParams.get('code') ?? ''
  const redeemed = await world.tenant.request('/oauth2/api/v1/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('shop:s')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code }),
  })
  const { access_token, refresh_token } = JSON.parse(ok(redeemed).text)
  assert.equal((await world.tenant.call('/nowhere', access_token)).status, 404)
  const tokens = JSON.parse((await world.administer('GET', '/oauth2/api/v1/tokens?user=ann')).text).tokens
  assert.equal(tokens.length, 1)

  await world.update('Corporate', { ...world.trust(world.corporate.issuer), enabled: false })
  assert.equal((await world.sessionOf(person)).status, 401, 'disabling the provider ends the session')
  assert.equal(JSON.parse((await world.administer('GET', '/oauth2/api/v1/tokens?user=ann')).text).tokens.length, 0)
  const refreshed = await world.tenant.request('/oauth2/api/v1/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('shop:s')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
  })
  assert.equal(refreshed.status, 400, 'and the refresh token')
  assert.equal((await new Wanderer().open(world.begin())).status, 404)
  assert.doesNotMatch((await new Wanderer().open(world.at('/oauth2'))).text, /Sign in with Corporate/)
  await world.update('Corporate', world.trust(world.corporate.issuer))
})

test('a name belongs to the account that came with it first, until the provider becomes another', async () => {
  await new Wanderer().open(world.begin())
  world.corporate.user = { sub: '2', preferred_username: 'ANN' }
  const second = await new Wanderer().open(world.begin())
  assert.equal(second.status, 403)
  assert.match(second.text, /Another account has signed in with your user name before/)
  world.partner.user = { sub: '1', preferred_username: 'ann' }
  assert.equal((await new Wanderer().open(world.begin('Partner'))).status, 403, 'of another provider, too')
  const created = await world.tenant.administer('POST', '/api/identity/v1/users', { name: 'Ann' })
  assert.equal(created.status, 409, 'no local user either')

  const person = new Wanderer()
  world.corporate.user = { sub: '1', preferred_username: 'ann' }
  await person.open(world.begin())
  const another = await OpenIdProvider.start()
  await world.update('Corporate', world.trust(another.issuer))
  assert.equal((await world.sessionOf(person)).status, 401)
  another.user = { sub: '2', preferred_username: 'Ann' }
  const arrived = await person.open(world.begin())
  assert.match(arrived.text, /You are signed in as Ann/)
  await world.update('Corporate', world.trust(world.corporate.issuer))
  await another.close()
})

const unusable: readonly [name: string, user: Record<string, unknown>, text: RegExp, claim?: string][] = [
  ['of a client', { preferred_username: 'OAuth_Client_orders' }, /does not tell a user name/],
  ['of a local user', { preferred_username: 'ADMIN' }, /belongs to somebody else/],
  ['that is not told', {}, /does not tell a user name/],
  ['that is empty', { preferred_username: '' }, /does not tell a user name/],
  ['that is no text', { preferred_username: ['ann'] }, /does not tell a user name/],
  ['with a line break', { preferred_username: 'ann\nadmin' }, /does not tell a user name/],
  ['with a space before it', { preferred_username: ' admin' }, /does not tell a user name/],
  ['with a semicolon', { preferred_username: 'ann;admin' }, /does not tell a user name/],
  ['longer than 128 characters', { preferred_username: 'a'.repeat(129) }, /does not tell a user name/],
  ['that is an unverified address', { email: 'eve@example.com' }, /does not tell a user name/, 'email'],
  ['that is a text in place of verification', { email: 'eve@x.example', email_verified: 'true' }, /does not/, 'email'],
]

for (const [name, user, text, userNameClaim] of unusable) {
  test(`a name ${name} lets nobody in`, async () => {
    if (userNameClaim) await world.update('Corporate', world.trust(world.corporate.issuer, { userNameClaim }))
    world.corporate.user = { sub: '7', ...user }
    const person = new Wanderer()
    const refused = await person.open(world.begin())
    assert.equal(refused.status, 403)
    assert.match(refused.text, text)
    assert.equal((await world.sessionOf(person)).status, 401)
    if (userNameClaim) await world.update('Corporate', world.trust(world.corporate.issuer))
  })
}

test('a verified address is a name where the provider is set so', async () => {
  await world.update('Corporate', world.trust(world.corporate.issuer, { userNameClaim: 'email' }))
  world.corporate.user = { sub: '5', email: 'eve@example.com', email_verified: true }
  assert.match((await new Wanderer().open(world.begin())).text, /You are signed in as eve@example.com/)
  await world.update('Corporate', world.trust(world.corporate.issuer))
})

test('a person who does not want to is told so', async () => {
  world.corporate.bendAnswer = ({ searchParams }) => {
    searchParams.delete('code')
    searchParams.set('error', 'access_denied')
    searchParams.set('error_description', '<script>')
  }
  const refused = await new Wanderer().open(world.begin())
  assert.equal(refused.status, 403)
  assert.doesNotMatch(refused.text, /<script/)
  assert.ok((await world.reasons()).includes('sign-in at corporate: the provider answered access_denied'))
})

test('a provider that is away, or is none, is an error of its own', async () => {
  world.corporate.failsWith = 503
  const person = new Wanderer()
  const back = `${world.callback()}?code=x`
  assert.equal((await person.step(back)).status, 400)
  world.corporate.failsWith = undefined
  const begun = await world.comeBack(person)
  world.corporate.failsWith = 503
  const away = await person.step(begun)
  assert.equal(away.status, 502)
  assert.match(away.text, /does not answer as it should/)
  const gone = await OpenIdProvider.start()
  await world.register('Gone', gone)
  await gone.close()
  assert.equal((await person.open(world.begin('Gone'))).status, 502)
  const liar = await OpenIdProvider.start({ issuer: world.corporate.issuer })
  await world.register('Liar', liar)
  assert.equal((await person.open(world.begin('Liar'))).status, 502)
  await liar.close()
  const flood = await OpenIdProvider.start({ padding: 'x'.repeat(2_000_000) })
  await world.register('Flood', flood)
  assert.equal((await person.open(world.begin('Flood'))).status, 502)
  await flood.close()
  for (const name of ['Nobody', '']) assert.equal((await person.open(world.begin(name))).status, 404)
})

test('a provider whose configuration lacks an address, or has none, is away, and signing out goes on without it', async () => {
  const mute = await OpenIdProvider.start({ authorization_endpoint: undefined })
  await world.register('Mute', mute)
  assert.equal((await new Wanderer().open(world.begin('Mute'))).status, 502)
  await mute.close()
  const odd = await OpenIdProvider.start({ end_session_endpoint: 'no address' })
  await world.register('Odd', odd)
  const ended = await new Wanderer().open(world.at('/oauth2/sign-in/ended?provider=odd&return_to=%2Foauth2'))
  assert.equal(ended.status, 200)
  assert.doesNotMatch(ended.text, /Sign out at Odd/)
  await odd.close()
})

test('a person who signs out is told that the provider may still know them', async () => {
  const person = new Wanderer()
  await person.open(world.begin())
  const { text } = await person.open(world.at('/oauth2'))
  const csrf = /name="csrf_token" value="([0-9A-F]{32})"/.exec(text)?.[1] ?? ''
  const left = await fetch(world.at('/oauth2'), {
    method: 'POST',
    body: new URLSearchParams({ csrf_token: csrf }),
    headers: { cookie: person.cookiesFor(world.at('/oauth2')) },
    redirect: 'manual',
  })
  const ended = await person.open(new URL(left.headers.get('location') ?? '', world.at('/')).href)
  assert.match(ended.text, /At Corporate you may still be signed in/)
  const out = /href="([^"]+)">Sign out at Corporate, too/.exec(ended.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const { origin, pathname, searchParams } = new URL(out)
  assert.deepEqual([origin, pathname], [world.corporate.issuer, '/logout'])
  assert.equal(searchParams.get('client_id'), 'sluice')
  assert.equal(searchParams.get('post_logout_redirect_uri'), world.at('/'))
  assert.equal((await world.sessionOf(person)).status, 401)
})

test('users of providers are listed, and forgotten with all that they have', async () => {
  const person = new Wanderer()
  world.corporate.user = { sub: '77', preferred_username: 'Mia', email: 'mia@example.com', name: 'Mia Roth' }
  await person.open(world.begin())
  const users = '/api/identity/v1/external-users'
  const mia = {
    ...{ name: 'Mia', provider: 'Corporate', subject: '77', email: 'mia@example.com', displayName: 'Mia Roth' },
    signedInAt: new Date(world.tenant.server.clock.now()).toISOString(),
  }
  const read = async (path: string) => JSON.parse((await world.administer('GET', path)).text)
  assert.deepEqual(await read(`${users}?search=ROTH`), { users: [mia], count: 1 })
  assert.deepEqual(await read(`${users}/mia`), mia)
  const mapped = '/api/identity/v1/mapped-groups?user=MIA'
  assert.deepEqual(await read(mapped), { groups: [{ group: 'Staff', provider: 'Corporate' }] })
  const roles = '/authorization/v1/accounts/dev/users/roles?userId=Mia'
  await world.administer('PUT', roles, { roles: [{ name: 'Administrator', applicationName: 'cockpit' }] })

  await world.administer('DELETE', `${users}/mia`)
  assert.equal((await world.sessionOf(person)).status, 401)
  assert.deepEqual([await read(mapped), await read(roles)], [{ groups: [] }, { roles: [] }])
  assert.equal((await world.tenant.administer('DELETE', `${users}/mia`)).status, 404)
  world.corporate.user = { sub: '78', preferred_username: 'Mia' }
  assert.match((await new Wanderer().open(world.begin())).text, /You are signed in as Mia/)
})

test('sign-ins that succeed and those that fail are in the audit log', async () => {
  await new Wanderer().open(world.begin())
  await new Wanderer().open(world.callback())
  const query = new URLSearchParams({ object: 'user-session', action: 'sign-in' })
  const { records } = JSON.parse((await world.administer('GET', `/api/audit/v1/records?${query}`)).text)
  const told = records.map(({ user, method, reason }: Record<string, string>) => [user, method, reason])
  assert.deepEqual(
    told.find(([user]: string[]) => user === 'ann'),
    ['ann', 'openid-connect', undefined],
  )
  assert.ok(told.some(([, , reason]: string[]) => reason?.endsWith('this browser has begun no sign-in')))
})
