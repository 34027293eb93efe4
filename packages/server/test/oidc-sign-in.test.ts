import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { type IdToken, OpenIdProvider } from '../src/testing/openid-provider.ts'
import { Wanderer } from '../src/testing/wanderer.ts'
import { ok, Tenant } from './tenant.ts'

let tenant: Tenant
let corporate: OpenIdProvider
let partner: OpenIdProvider

before(async () => {
  tenant = await Tenant.start()
  corporate = await OpenIdProvider.start()
  // As providers are that do not know RFC 9207.
  partner = await OpenIdProvider.start({ authorization_response_iss_parameter_supported: false })
  await administer('POST', '/authorization/v1/accounts/dev/groups', { groups: [{ name: 'Staff' }, { name: 'IT' }] })
  const roleOf = (group: string, application: string, name: string) =>
    administer('PUT', `/authorization/v1/accounts/dev/groups/roles?groupName=${group}`, {
      roles: [{ name, applicationName: application, providerAccount: 'dev' }],
    })
  await roleOf('Staff', 'deviflmap', 'ESBMessaging.send')
  await roleOf('IT', 'cockpit', 'Administrator')
  await register('Corporate', corporate)
  await register('Partner', partner)
})

after(async () => {
  await tenant.close()
  await corporate.close()
  await partner.close()
})

beforeEach(() => {
  Object.assign(corporate, pristine())
  Object.assign(partner, pristine(), { user: { sub: '9', preferred_username: 'pat' } })
})

const pristine = () => ({
  user: { sub: '1', preferred_username: 'ann' },
  userInfo: {},
  bend: (token: IdToken) => token,
  bendAnswer: () => {},
  failsWith: undefined,
  takesCodesAgain: false,
})

async function administer(method: string, path: string, json?: unknown) {
  return ok(await tenant.administer(method, path, json))
}

const body = (issuer: string, more: Record<string, unknown> = {}) => ({
  enabled: true,
  oidc: { issuer, clientId: 'sluice', clientSecret: 'a secret', scopes: [], ...more },
  defaultGroups: ['Staff'],
  assertionBasedGroups: [
    { group: 'IT', rules: [{ assertionAttribute: 'realm.groups', operation: 'equals', value: 'it' }] },
  ],
})

async function register(name: string, { issuer }: OpenIdProvider) {
  await administer('POST', '/api/identity/v1/identity-providers', { name, ...body(issuer) })
}

async function update(name: string, json: Record<string, unknown>) {
  await administer('PUT', `/api/identity/v1/identity-providers/${name}`, json)
}

const at = (path: string) => `${tenant.server.url}${path}`
const start = (provider = 'Corporate', returnTo = '/oauth2') =>
  at(`/oauth2/sign-in/start?${new URLSearchParams({ provider, return_to: returnTo })}`)
const callback = (provider = 'corporate') => at(`/oauth2/sign-in/callback/${provider}`)

/** Goes to the provider and comes back, but does not open the address to which it comes back. */
const comeBack = (person: Wanderer, provider = 'Corporate') =>
  person.openUntil(start(provider), callback(provider.toLowerCase()))

async function sessionOf(person: Wanderer): Promise<{ status: number; user?: string; roles?: { role: string }[] }> {
  const { status, text } = await person.step(at('/api/session/v1'))
  return { status, ...JSON.parse(text) }
}

async function reasons(): Promise<string[]> {
  return (await tenant.accessLog()).flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
}

test('a person signs in at the provider that the page offers, and is where they wanted to be', async () => {
  const person = new Wanderer()
  const page = await person.open(at('/oauth2'))
  const link = /<a class="button" href="([^"]+)">Sign in with Corporate<\/a>/.exec(page.text)?.[1] ?? ''
  const arrived = await person.open(at(link.replaceAll('&amp;', '&')))
  assert.deepEqual([arrived.url, arrived.status], [at('/oauth2'), 200])
  assert.match(arrived.text, /You are signed in as ann/)
  assert.equal(corporate.tokenRequests.at(-1)?.get('redirect_uri'), callback())
})

test('the groups that the provider gives count, as of the last sign-in', async () => {
  const person = new Wanderer()
  const users = () => person.step(at('/api/identity/v1/users')).then(({ status }) => status)
  corporate.user = { ...corporate.user, realm: { groups: ['hr', 'it'] } }
  await person.open(start())
  const { roles = [] } = await sessionOf(person)
  assert.deepEqual(roles.map(({ role }) => role).sort(), ['Administrator', 'ESBMessaging.send'])
  assert.equal(await users(), 200)
  corporate.user = { sub: '1', preferred_username: 'ann' }
  await new Wanderer().open(start())
  assert.equal(await users(), 403, 'also in the session from before')
  // Some providers tell groups at the UserInfo endpoint only.
  corporate.userInfo = { realm: { groups: 'it' } }
  await new Wanderer().open(start())
  assert.equal(await users(), 200)
  corporate.userInfo = {}
  await new Wanderer().open(start())
})

test('a client gets a token for a user who signs in at a provider', async () => {
  const redirectUri = 'http://localhost:9/back'
  const shop = { id: 'shop', name: 'Shop', subscription: 'deviflmap', grant: 'authorization_code', redirectUri }
  await administer('POST', '/oauth2/api/v1/clients', { ...shop, secret: 's', skipConsent: true })
  const person = new Wanderer()
  const ask = '/oauth2/api/v1/authorize?response_type=code&client_id=shop&state=a%26b'
  assert.match((await person.open(at(ask))).text, /Sign in with Corporate/)
  const back = new URL(await person.openUntil(start('Corporate', ask), redirectUri))
  assert.equal(back.searchParams.get('state'), 'a&b')
  const code = back.searchParams.get('code') ?? ''
  const redeemed = await tenant.request('/oauth2/api/v1/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('shop:s')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code }),
  })
  const { access_token, refresh_token } = JSON.parse(ok(redeemed).text)
  assert.equal((await tenant.call('/nowhere', access_token)).status, 404)
  const tokens = JSON.parse((await administer('GET', '/oauth2/api/v1/tokens?user=ann')).text).tokens
  assert.equal(tokens.length, 1)

  await update('Corporate', { ...body(corporate.issuer), enabled: false })
  assert.equal((await sessionOf(person)).status, 401, 'disabling the provider ends the session')
  assert.equal(JSON.parse((await administer('GET', '/oauth2/api/v1/tokens?user=ann')).text).tokens.length, 0)
  const refreshed = await tenant.request('/oauth2/api/v1/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('shop:s')}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
  })
  assert.equal(refreshed.status, 400, 'and the refresh token')
  assert.equal((await new Wanderer().open(start())).status, 404)
  assert.doesNotMatch((await new Wanderer().open(at('/oauth2'))).text, /Sign in with Corporate/)
  await update('Corporate', body(corporate.issuer))
})

test('a name belongs to the account that came with it first, until the provider becomes another', async () => {
  await new Wanderer().open(start())
  corporate.user = { sub: '2', preferred_username: 'ANN' }
  const second = await new Wanderer().open(start())
  assert.equal(second.status, 403)
  assert.match(second.text, /Another account has signed in with your user name before/)
  partner.user = { sub: '1', preferred_username: 'ann' }
  assert.equal((await new Wanderer().open(start('Partner'))).status, 403, 'of another provider, too')
  const created = await tenant.administer('POST', '/api/identity/v1/users', { name: 'Ann' })
  assert.equal(created.status, 409, 'no local user either')

  const person = new Wanderer()
  corporate.user = { sub: '1', preferred_username: 'ann' }
  await person.open(start())
  const another = await OpenIdProvider.start()
  await update('Corporate', body(another.issuer))
  assert.equal((await sessionOf(person)).status, 401)
  another.user = { sub: '2', preferred_username: 'Ann' }
  const arrived = await person.open(start())
  assert.match(arrived.text, /You are signed in as Ann/)
  await update('Corporate', body(corporate.issuer))
  await another.close()
})

const unusable: readonly [name: string, user: Record<string, unknown>, text: RegExp, claim?: string][] = [
  ['of a client', { preferred_username: 'OAuth_Client_orders' }, /belongs to somebody else/],
  ['of a local user', { preferred_username: 'ADMIN' }, /belongs to somebody else/],
  ['that is not told', {}, /does not tell a user name/],
  ['that is empty', { preferred_username: '' }, /does not tell a user name/],
  ['that is no text', { preferred_username: ['ann'] }, /does not tell a user name/],
  ['with a line break', { preferred_username: 'ann\nadmin' }, /does not tell a user name/],
  ['with a space before it', { preferred_username: ' admin' }, /does not tell a user name/],
  ['with a semicolon', { preferred_username: 'ann;admin' }, /does not tell a user name/],
  ['longer than 255 characters', { preferred_username: 'a'.repeat(256) }, /does not tell a user name/],
  ['that is an unverified address', { email: 'eve@example.com' }, /does not tell a user name/, 'email'],
  ['that is a text in place of verification', { email: 'eve@x.example', email_verified: 'true' }, /does not/, 'email'],
]

for (const [name, user, text, userNameClaim] of unusable) {
  test(`a name ${name} lets nobody in`, async () => {
    if (userNameClaim) await update('Corporate', body(corporate.issuer, { userNameClaim }))
    corporate.user = { sub: '7', ...user }
    const person = new Wanderer()
    const refused = await person.open(start())
    assert.equal(refused.status, 403)
    assert.match(refused.text, text)
    assert.equal((await sessionOf(person)).status, 401)
    if (userNameClaim) await update('Corporate', body(corporate.issuer))
  })
}

test('a verified address is a name where the provider is set so', async () => {
  await update('Corporate', body(corporate.issuer, { userNameClaim: 'email' }))
  corporate.user = { sub: '5', email: 'eve@example.com', email_verified: true }
  assert.match((await new Wanderer().open(start())).text, /You are signed in as eve@example.com/)
  await update('Corporate', body(corporate.issuer))
})

const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const seconds = () => Math.floor(Date.now() / 1000)
const forgeries: readonly [name: string, bend: (token: IdToken) => IdToken][] = [
  ['without a signature', token => ({ ...token, header: { alg: 'none' } })],
  ['signed with another key', token => ({ ...token, key: otherKey })],
  ['of a key that the provider does not have', token => ({ ...token, header: { alg: 'ES256', kid: 'two' } })],
  ['whose key comes with it', token => ({ ...token, key: otherKey, header: { ...token.header, kid: 'two', jwk: {} } })],
  ['with an algorithm that is not that of the key', token => ({ ...token, header: { ...token.header, alg: 'HS256' } })],
  ['for another client', token => ({ ...token, claims: { ...token.claims, aud: 'other' } })],
  ['for several clients', token => ({ ...token, claims: { ...token.claims, aud: ['sluice', 'other'], azp: 'other' } })],
  ['of another issuer', token => ({ ...token, claims: { ...token.claims, iss: partner.issuer } })],
  ['of another sign-in', token => ({ ...token, claims: { ...token.claims, nonce: 'other' } })],
  ['of no sign-in', ({ claims: { nonce, ...claims }, ...token }) => ({ ...token, claims })],
  ['that has expired', token => ({ ...token, claims: { ...token.claims, exp: seconds() - 120 } })],
  ['that never expires', ({ claims: { exp, ...claims }, ...token }) => ({ ...token, claims })],
  ['of nobody', ({ claims: { sub, ...claims }, ...token }) => ({ ...token, claims })],
]

for (const [name, bend] of forgeries) {
  test(`an ID token ${name} lets nobody in`, async () => {
    corporate.bend = bend
    const person = new Wanderer()
    const refused = await person.open(start())
    assert.equal(refused.status, 400, refused.text)
    assert.match(refused.text, /cannot be trusted/)
    assert.equal((await sessionOf(person)).status, 401)
  })
}

test('a sign-in is finished once, also where the browser still has what it kept', async () => {
  corporate.takesCodesAgain = true
  const person = new Wanderer()
  const back = await comeBack(person)
  const cookie = person.cookiesFor(back)
  assert.match(cookie, /^sign-in-[\w-]{8}=[\w-]+$/)
  assert.equal((await person.step(back)).status, 303)
  const again = await person.step(back)
  assert.deepEqual([again.status, /Sign in again/.test(again.text)], [400, true])
  const thief = new Wanderer()
  assert.equal((await thief.step(back, { cookie })).status, 400)
  assert.equal((await sessionOf(thief)).status, 401)
  assert.ok((await reasons()).includes('sign-in at corporate: the sign-in was finished before'))
})

test('the answer to a sign-in of another browser signs nobody in', async () => {
  const attacker = new Wanderer()
  const back = await comeBack(attacker)
  const victim = new Wanderer()
  const begun = await comeBack(victim)
  const asked = corporate.tokenRequests.length
  const pushed = await victim.step(back)
  assert.equal(pushed.status, 400)
  // The victim's own state with the attacker's code: PKCE and nonce do not fit.
  const mixed = new URL(begun)
  mixed.searchParams.set('code', new URL(back).searchParams.get('code') ?? '')
  assert.equal((await victim.step(mixed.href)).status, 400)
  assert.equal(corporate.tokenRequests.length, asked + 1)
  assert.equal((await sessionOf(victim)).status, 401)
})

const lost: readonly [name: string, bend: (query: URLSearchParams) => void][] = [
  ['without a state', query => query.delete('state')],
  ['with two states', query => query.append('state', query.get('state') ?? '')],
  ['with another state', query => query.set('state', 'a'.repeat(43))],
  ['without a code', query => query.delete('code')],
  ['with two codes', query => query.append('code', 'x')],
  ['of another issuer', query => query.set('iss', partner.issuer)],
  ['that does not tell the issuer', query => query.delete('iss')],
]

for (const [name, bend] of lost) {
  test(`an answer ${name} signs nobody in`, async () => {
    const person = new Wanderer()
    const back = new URL(await comeBack(person))
    bend(back.searchParams)
    const asked = corporate.tokenRequests.length
    assert.equal((await person.step(back.href)).status, 400)
    assert.equal(corporate.tokenRequests.length, asked, 'and no code goes anywhere')
    assert.equal((await sessionOf(person)).status, 401)
  })
}

test('what one provider answers is not taken to another (mix-up)', async () => {
  const person = new Wanderer()
  // The sign-in was begun with Partner, who sent the browser on to Corporate.
  const begun = new URL((await person.step(start('Partner'))).next)
  const detour = new URL('/authorize', corporate.issuer)
  for (const [name, value] of begun.searchParams) detour.searchParams.set(name, value)
  detour.searchParams.set('redirect_uri', callback('corporate'))
  const back = (await person.step(detour.href)).next
  assert.ok(back.startsWith(callback('corporate')))
  const asked = partner.tokenRequests.length
  assert.equal((await person.step(back)).status, 400)
  assert.equal(partner.tokenRequests.length, asked, 'the code of Corporate stays here')
  assert.ok((await reasons()).includes('sign-in at corporate: the sign-in was begun with another provider'))
})

const elsewhere = [
  ...['https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example'],
  ...['/%09//evil.example/..//', 'javascript:alert(1)', 'oauth2', '', '/.//evil.example', `/${'a'.repeat(2_500)}`],
]

for (const address of elsewhere) {
  test(`nobody gets from here to ${JSON.stringify(address.slice(0, 40))}`, async () => {
    const person = new Wanderer()
    const back = await person.openUntil(start('Corporate', address), callback())
    const { next } = await person.step(back)
    assert.equal(new URL(next).origin, tenant.server.url)
    assert.ok(!new URL(next).pathname.startsWith('//'), next)
    assert.equal((await person.step(at(`/oauth2/sign-in/ended?return_to=${encodeURIComponent(address)}`))).status, 200)
  })
}

test('a session from before the sign-in does not become that of the user', async () => {
  const known = 'A'.repeat(32)
  const person = new Wanderer()
  const back = await comeBack(person)
  await person.step(back, { cookie: `${person.cookiesFor(back)}; JSESSIONID=${known}` })
  assert.equal((await sessionOf(person)).user, 'ann')
  assert.ok(!person.cookiesFor(at('/')).includes(known))
  assert.equal((await new Wanderer().step(at('/api/session/v1'), { cookie: `JSESSIONID=${known}` })).status, 401)
})

test('another site cannot have its visitors sign in', async () => {
  const refused = await new Wanderer().step(start(), { 'sec-fetch-site': 'cross-site' })
  assert.deepEqual([refused.status, refused.next], [400, ''])
})

test('whoever takes longer than ten minutes begins again', async () => {
  const person = new Wanderer()
  const back = await comeBack(person)
  tenant.server.clock.advance(600_000)
  const late = await person.step(back)
  assert.equal(late.status, 400)
  assert.match(late.text, /took longer than ten minutes/)
})

test('a person who does not want to is told so', async () => {
  corporate.bendAnswer = ({ searchParams }) => {
    searchParams.delete('code')
    searchParams.set('error', 'access_denied')
    searchParams.set('error_description', '<script>')
  }
  const refused = await new Wanderer().open(start())
  assert.equal(refused.status, 403)
  assert.doesNotMatch(refused.text, /<script/)
  assert.ok((await reasons()).includes('sign-in at corporate: the provider answered access_denied'))
})

test('a provider that is away, or is none, is an error of its own', async () => {
  corporate.failsWith = 503
  const person = new Wanderer()
  const back = `${callback()}?code=x`
  assert.equal((await person.step(back)).status, 400)
  corporate.failsWith = undefined
  const begun = await comeBack(person)
  corporate.failsWith = 503
  const away = await person.step(begun)
  assert.equal(away.status, 502)
  assert.match(away.text, /does not answer as it should/)
  const gone = await OpenIdProvider.start()
  await register('Gone', gone)
  await gone.close()
  assert.equal((await person.open(start('Gone'))).status, 502)
  const liar = await OpenIdProvider.start({ issuer: corporate.issuer })
  await register('Liar', liar)
  assert.equal((await person.open(start('Liar'))).status, 502)
  await liar.close()
  const flood = await OpenIdProvider.start({ padding: 'x'.repeat(2_000_000) })
  await register('Flood', flood)
  assert.equal((await person.open(start('Flood'))).status, 502)
  await flood.close()
  for (const name of ['Nobody', '']) assert.equal((await person.open(start(name))).status, 404)
})

test('a person who signs out is told that the provider may still know them', async () => {
  const person = new Wanderer()
  await person.open(start())
  const { text } = await person.open(at('/oauth2'))
  const csrf = /name="csrf_token" value="([0-9A-F]{32})"/.exec(text)?.[1] ?? ''
  const left = await fetch(at('/oauth2'), {
    method: 'POST',
    body: new URLSearchParams({ csrf_token: csrf }),
    headers: { cookie: person.cookiesFor(at('/oauth2')) },
    redirect: 'manual',
  })
  const ended = await person.open(new URL(left.headers.get('location') ?? '', at('/')).href)
  assert.match(ended.text, /At Corporate you may still be signed in/)
  const out = /href="([^"]+)">Sign out at Corporate, too/.exec(ended.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const { origin, pathname, searchParams } = new URL(out)
  assert.deepEqual([origin, pathname], [corporate.issuer, '/logout'])
  assert.equal(searchParams.get('client_id'), 'sluice')
  assert.equal(searchParams.get('post_logout_redirect_uri'), at('/'))
  assert.equal((await sessionOf(person)).status, 401)
})

test('no log has a code, a state or a token', async () => {
  const person = new Wanderer()
  const back = await comeBack(person)
  await person.step(back)
  const lines = JSON.stringify(await tenant.accessLog())
  for (const value of new URL(back).searchParams.values()) {
    if (value.length > 20 && !value.startsWith('http')) assert.ok(!lines.includes(value))
  }
})
