import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { agreementTo, csrfTokenOf, type Visit, Visitor } from '../src/testing/visitor.ts'
import { flowZip, Tenant } from './tenant.ts'

let tenant: Tenant

before(async () => {
  tenant = await Tenant.start()
  await tenant.deploy(await flowZip())
  const role = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
  await tenant.administer('PUT', role, { users: [{ name: 'admin' }] })
  const scopes = '/oauth2/api/v1/applications/deviflmap/scopes'
  await post(scopes, { id: 'read', description: 'Read <orders>', translations: { de: 'Aufträge lesen' } })
  await post(scopes, { id: 'write', description: 'Change orders' })
  await register({ id: 'web', name: 'Web <shop>', description: 'Of "ours"', secret: 'secret' })
  await register({ id: 'swift', secret: 'secret', skipConsent: true })
  await register({ id: 'app', confidential: false, redirectUri: 'com.example.app:/answer' })
})

after(() => tenant.close())

const authorize = (query: Readonly<Record<string, string>>) =>
  `/oauth2/api/v1/authorize?${new URLSearchParams({ response_type: 'code', ...query })}`

async function post(path: string, body: object): Promise<void> {
  const answer = await tenant.administer('POST', path, body)
  assert.equal(answer.status, 201, answer.text)
}

function register(client: Readonly<Record<string, unknown>> & { readonly id: string }): Promise<void> {
  const defaults = { name: client.id, subscription: 'deviflmap', grant: 'authorization_code' }
  return post('/oauth2/api/v1/clients', { ...defaults, redirectUri: 'https://web.example/answer', ...client })
}

async function requestToken(parameters: Readonly<Record<string, string>>, basic = 'web:secret') {
  const headers: Record<string, string> = basic === '' ? {} : { authorization: `Basic ${btoa(basic)}` }
  const body = new URLSearchParams({ grant_type: 'authorization_code', ...parameters })
  const { status, text } = await tenant.request('/oauth2/api/v1/token', { method: 'POST', headers, body })
  return { status, ...JSON.parse(text) }
}

const answered = ({ location }: Visit) => Object.fromEntries(new URL(location).searchParams)

test('a user signs in, agrees, and the client gets tokens that live through rotation and end together', async () => {
  const visitor = new Visitor(tenant.server.url)
  const path = authorize({ client_id: 'web', scope: 'read', state: 'x y' })
  const signIn = await visitor.open(path)
  assert.match(signIn.text, /<h1>Sign In<\/h1>[\s\S]*Web &lt;shop&gt;/)
  const consent = await visitor.signIn(path, tenant.server.admin)
  assert.match(consent.text, /Web &lt;shop&gt; will be able to:[\s\S]*<li>Read &lt;orders&gt;<\/li>/)
  assert.match(consent.text, /Of &quot;ours&quot;/)
  const agreed = await visitor.send(path, agreementTo(consent))
  assert.equal(agreed.status, 303)
  const { code = '', ...rest } = answered(agreed)
  assert.deepEqual(rest, { state: 'x y', iss: tenant.server.url })

  const first = await requestToken({ code })
  assert.deepEqual([first.status, first.scopes, first.expires_in], [200, ['read'], 3600])
  const [listed] = await tokensOf('web')
  assert.equal(listed.user, 'admin')
  const second = await requestToken({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  assert.equal(second.status, 200)
  assert.equal(await statusOf(second.access_token), 200, "the flow is called in the user's name, with the user's role")
  assert.equal((await requestToken({ code })).error, 'invalid_grant')
  assert.deepEqual([await statusOf(first.access_token), await statusOf(second.access_token)], [401, 401])
  assert.equal((await requestToken({ grant_type: 'refresh_token', refresh_token: second.refresh_token })).status, 400)
})

async function tokensOf(client: string) {
  const { text } = await tenant.administer('GET', `/oauth2/api/v1/tokens?clientId=${client}`)
  return JSON.parse(text).tokens
}

/** What the flow answers to a token. */
async function statusOf(token: string): Promise<number> {
  return (await tenant.call('/hello', token)).status
}

test('an administrator who revokes a token ends the refresh tokens beside it', async () => {
  const tokens = await requestToken({ code: await codeOfSwift() }, 'swift:secret')
  assert.equal(await statusOf(tokens.access_token), 200)
  const [{ id }] = await tokensOf('swift')
  assert.equal((await tenant.administer('DELETE', `/oauth2/api/v1/tokens/${id}`)).status, 204)
  assert.equal(await statusOf(tokens.access_token), 401)
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
  assert.equal((await requestToken(refresh, 'swift:secret')).error, 'invalid_grant')
})

async function codeOfSwift(): Promise<string> {
  const visitor = new Visitor(tenant.server.url)
  return answered(await visitor.signIn(authorize({ client_id: 'swift' }), tenant.server.admin)).code ?? ''
}

test('documented: a client that skips the consent page gets its code at once', async () => {
  assert.match(await codeOfSwift(), /^[0-9a-f]{40}$/)
})

test('a public client proves itself by PKCE', async () => {
  const verifier = 'v'.repeat(43)
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const visitor = new Visitor(tenant.server.url)
  const path = authorize({ client_id: 'app', code_challenge: challenge, code_challenge_method: 'S256' })
  const consent = await visitor.signIn(path, tenant.server.admin)
  const policy = consent.headers.get('content-security-policy') ?? ''
  assert.match(policy, /form-action 'self' com\.example\.app:;/)
  const agreed = await visitor.send(path, agreementTo(consent))
  assert.match(agreed.location, /^com\.example\.app:\/answer\?code=/)
  const code = /code=([0-9a-f]+)/.exec(agreed.location)?.[1] ?? ''
  assert.equal((await requestToken({ code, client_id: 'app', code_verifier: verifier }, '')).status, 200)
})

test('a user who does not agree sends the client away', async () => {
  const visitor = new Visitor(tenant.server.url)
  const path = authorize({ client_id: 'web', state: 's' })
  const consent = await visitor.signIn(path, tenant.server.admin)
  const denied = await visitor.send(path, { csrf_token: csrfTokenOf(consent), decision: 'deny' })
  assert.deepEqual([answered(denied).error, answered(denied).state], ['access_denied', 's'])
})

for (const [what, change, expected] of [
  ['name', { name: 'Web of somebody else' }, /Web of somebody else will be able to/],
  ['redirect URI', { redirectUri: 'https://other.example/answer' }, /Moving will be able to/],
  ['application', { subscription: 'devtmn' }, /data of application devtmn/],
] as const) {
  test(`who agreed to a client whose ${what} was changed while they read is asked again`, async () => {
    const client = { name: 'Moving', subscription: 'deviflmap', grant: 'authorization_code' }
    const registered = { ...client, redirectUri: 'https://web.example/answer' }
    await register({ id: 'moving', ...registered, confidential: false })
    const visitor = new Visitor(tenant.server.url)
    const query = { client_id: 'moving', code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' }
    const path = authorize(what === 'application' ? query : { ...query, scope: 'read' })
    const consent = await visitor.signIn(path, tenant.server.admin)
    const changed = await tenant.administer('PUT', '/oauth2/api/v1/clients/moving', {
      ...{ ...registered, confidential: false },
      ...change,
    })
    assert.equal(changed.status, 200, changed.text)
    const again = await visitor.send(path, agreementTo(consent))
    assert.deepEqual([again.status, again.location], [200, ''])
    assert.match(again.text, /role="alert">The client was changed while you read/)
    assert.match(again.text, expected)
    const agreed = await visitor.send(path, agreementTo(again))
    assert.equal(agreed.status, 303)
    assert.match(agreed.location, /^https:\/\/(web|other)\.example\/answer\?code=/)
    await tenant.administer('DELETE', '/oauth2/api/v1/clients/moving')
  })
}

test('who agrees without saying to what is asked again', async () => {
  const visitor = new Visitor(tenant.server.url)
  const path = authorize({ client_id: 'web' })
  const consent = await visitor.signIn(path, tenant.server.admin)
  const { status, location } = await visitor.send(path, { csrf_token: csrfTokenOf(consent), decision: 'allow' })
  assert.deepEqual([status, location], [200, ''])
})

test('a user may sign in as somebody else', async () => {
  const visitor = new Visitor(tenant.server.url)
  const path = authorize({ client_id: 'web' })
  const consent = await visitor.signIn(path, tenant.server.admin)
  await visitor.send(path, { csrf_token: csrfTokenOf(consent), decision: 'sign-out' })
  assert.match((await visitor.open(path)).text, /<h1>Sign In<\/h1>/)
})

test('a wrong password leaves the name in the form and starts no session', async () => {
  const visitor = new Visitor(tenant.server.url)
  const path = authorize({ client_id: 'web' })
  const answer = await visitor.send(path, { user: 'ann"><script>', password: 'wrong' })
  assert.equal(answer.status, 401)
  assert.match(
    answer.text,
    /role="alert">The user name or the password is wrong[\s\S]*value="ann&quot;&gt;&lt;script&gt;"/,
  )
  assert.equal(answer.headers.get('set-cookie'), null)
})

const forged: [behaviour: string, fields: Record<string, string>, headers: Record<string, string>, status: number][] = [
  ['sign-in from another site', { user: 'admin', password: 'x' }, { 'sec-fetch-site': 'cross-site' }, 403],
  ['sign-in from another subdomain', { user: 'admin', password: 'x' }, { 'sec-fetch-site': 'same-site' }, 403],
  ['consent from another site', { decision: 'allow' }, { 'sec-fetch-site': 'cross-site' }, 403],
  ['consent without the token of the session', { decision: 'allow' }, {}, 400],
  ['consent with a token of another session', { decision: 'allow', csrf_token: 'A'.repeat(32) }, {}, 400],
]

for (const [behaviour, fields, headers, status] of forged) {
  test(`RFC 6749 §10.12: ${behaviour} has no effect`, async () => {
    const visitor = new Visitor(tenant.server.url)
    const path = authorize({ client_id: 'web' })
    await visitor.signIn(path, tenant.server.admin)
    const answer = await visitor.send(path, fields, headers)
    assert.deepEqual([answer.status, answer.location], [status, ''])
  })
}

test('RFC 6749 §10.13: no page can be framed, none has a script, and none tells other sites where it was', async () => {
  const visitor = new Visitor(tenant.server.url)
  const pages = [
    await visitor.open(authorize({ client_id: 'web' })),
    await visitor.signIn(authorize({ client_id: 'web' }), tenant.server.admin),
    await visitor.open(authorize({ client_id: 'nobody' })),
  ]
  for (const { headers, text } of pages) {
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'self'; frame-ancestors 'none';/)
    assert.deepEqual([headers.get('x-frame-options'), headers.get('referrer-policy')], ['DENY', 'same-origin'])
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.doesNotMatch(text, /<script/)
  }
})

test('RFC 9700 §4.11.2: nobody is sent to an address that is not registered', async () => {
  for (const query of [{ client_id: 'nobody' }, { client_id: 'web', redirect_uri: 'https://evil.example/' }]) {
    const answer = await new Visitor(tenant.server.url).open(authorize(query))
    assert.deepEqual([answer.status, answer.location], [400, ''])
    assert.match(answer.text, /<h1>This request cannot be answered<\/h1>/)
  }
})

test('the pages speak German to whoever prefers it', async () => {
  const visitor = new Visitor(tenant.server.url)
  const path = authorize({ client_id: 'web', scope: 'read write' })
  await visitor.signIn(path, tenant.server.admin)
  const { text } = await visitor.open(path, { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.8' })
  assert.match(text, /<html lang="de">[\s\S]*<li>Aufträge lesen<\/li><li>Change orders<\/li>/)
})

test('a body that is no form, and one that is too long, are refused', async () => {
  const path = authorize({ client_id: 'web' })
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
  assert.equal((await tenant.request(path, json)).status, 415)
  const long = { method: 'POST', body: new URLSearchParams({ user: 'x'.repeat(70_000) }) }
  assert.equal((await tenant.request(path, long)).status, 413)
})

test('a form without a body asks to sign in, or is refused', async () => {
  const statuses: [path: string, status: number][] = [
    [authorize({ client_id: 'web' }), 401],
    ['/oauth2', 400],
    ['/oauth2/code', 400],
  ]
  for (const [path, status] of statuses) {
    assert.equal((await tenant.request(path, { method: 'POST' })).status, status, path)
  }
})

test('a client may send its users on to any other address', async () => {
  const { headers } = await new Visitor(tenant.server.url).open(authorize({ client_id: 'web' }))
  assert.match(headers.get('content-security-policy') ?? '', /form-action 'self' https:;/)
})

const ann = { user: 'ann', password: 'a password of ann' }
const passwordEndings: readonly (readonly [string, () => Promise<{ status: number }>])[] = [
  [
    'is changed',
    () => {
      const body = JSON.stringify({ ...ann, newPassword: 'another password' })
      const headers = { 'content-type': 'application/json' }
      return tenant.request('/api/session/v1/password', { method: 'POST', headers, body })
    },
  ],
  ['is reset', () => tenant.administer('PUT', '/api/identity/v1/users/ann/password', {})],
]

for (const [what, end] of passwordEndings) {
  test(`RFC 9700 §4.14.2: what a user allowed ends when the user's password ${what}`, async () => {
    await post('/api/identity/v1/users', { name: ann.user, password: ann.password, mustChangePassword: false })
    const { location } = await new Visitor(tenant.server.url).signIn(authorize({ client_id: 'swift' }), ann)
    const code = new URL(location).searchParams.get('code') ?? ''
    const { refresh_token } = await requestToken({ code }, 'swift:secret')
    assert.ok((await end()).status < 300)
    assert.equal(
      (await requestToken({ grant_type: 'refresh_token', refresh_token }, 'swift:secret')).error,
      'invalid_grant',
    )
    await tenant.administer('DELETE', '/api/identity/v1/users/ann')
  })
}
