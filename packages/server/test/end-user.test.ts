import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { client, inDirectory, token } from '../src/store/each-database.test.ts'
import { damageClient } from '../src/store/testing/damage-client.ts'
import { openStore, startTestServer, TestClock } from '../src/testing/index.ts'
import { csrfTokenOf, Visitor } from '../src/testing/visitor.ts'
import { ok, Tenant } from './tenant.ts'

let tenant: Tenant
const script = '<script>alert(1)</script>'

before(async () => {
  tenant = await Tenant.start()
  await tenant.administer('POST', '/oauth2/api/v1/applications/deviflmap/scopes', { id: 'read', description: script })
  const client = { subscription: 'deviflmap', grant: 'authorization_code', confidential: false }
  await tenant.administer('POST', '/oauth2/api/v1/clients', { ...client, id: 'phone', name: `Phone ${script}` })
})

after(() => tenant.close())

async function redeem(code: string) {
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: 'phone', code })
  const { status, text } = await tenant.request('/oauth2/api/v1/token', { method: 'POST', body })
  return { status, ...JSON.parse(text) }
}

let users = 0

/** A user of whom no client has a token. */
async function newUser() {
  users += 1
  const user = { name: `user-${users}`, password: 'a password of theirs' }
  ok(await tenant.administer('POST', '/api/identity/v1/users', { ...user, mustChangePassword: false }))
  return { user: user.name, password: user.password }
}

/** Has the page make a code, as `visitor`, who is signed in. */
async function codeOf(visitor: Visitor): Promise<string> {
  const chosen = await visitor.open('/oauth2/code?client_id=phone')
  const fields = { csrf_token: csrfTokenOf(chosen), client_id: 'phone', scope: 'read' }
  const { text } = await visitor.send('/oauth2/code', fields)
  assert.match(text, /<svg class="qr" role="img" aria-label="The code as a QR code"/)
  return /<p class="code">([0-9a-f]{40})<\/p>/.exec(text)?.[1] ?? assert.fail(text)
}

test('documented: a user gets a code for another device, sees its token, and revokes it', async () => {
  const visitor = new Visitor(tenant.server.url)
  assert.match((await visitor.signIn('/oauth2', await newUser())).text, /No client has an access token of yours/)
  assert.match((await visitor.open('/oauth2/code')).text, /<option value="phone">Phone &lt;script&gt;/)
  const { status, scopes, access_token } = await redeem(await codeOf(visitor))
  assert.deepEqual([status, scopes], [200, ['read']])

  const page = await visitor.open('/oauth2')
  assert.match(page.text, /<td>Phone &lt;script&gt;[\s\S]*<td>deviflmap<\/td>/)
  assert.doesNotMatch(page.text, /<script/)
  assert.doesNotMatch(page.text, new RegExp(access_token))
  const revoke = /name="revoke" value="(\d+)"/.exec(page.text)?.[1] ?? ''
  const revoked = await visitor.send('/oauth2', { csrf_token: csrfTokenOf(page), revoke })
  assert.deepEqual([revoked.status, revoked.location], [303, '/oauth2'])
  assert.match((await visitor.open('/oauth2')).text, /No client has an access token of yours/)
})

test('the page says how long a code is good', async () => {
  const client = { id: 'watch', name: 'Watch', subscription: 'deviflmap', grant: 'authorization_code' }
  const visitor = new Visitor(tenant.server.url)
  await visitor.signIn('/oauth2', tenant.server.admin)
  for (const [minutes, expected] of [
    [2, 'within 2 minutes'],
    [60, 'within 10 minutes'],
  ] as const) {
    const tokenLifetime = { value: minutes, unit: 'minutes' }
    await tenant.administer('POST', '/oauth2/api/v1/clients', { ...client, confidential: false, tokenLifetime })
    const chosen = await visitor.open('/oauth2/code?client_id=watch')
    const { text } = await visitor.send('/oauth2/code', { csrf_token: csrfTokenOf(chosen), client_id: 'watch' })
    assert.match(text, new RegExp(expected))
    await tenant.administer('DELETE', '/oauth2/api/v1/clients/watch')
  }
})

test('a user revokes what a client has only a refresh token for', async () => {
  const visitor = new Visitor(tenant.server.url)
  const user = await newUser()
  await visitor.signIn('/oauth2', user)
  const { refresh_token } = await redeem(await codeOf(visitor))
  tenant.server.clock.advance(7_200_000)
  const page = await visitor.signIn('/oauth2', user)
  const revoke = /name="revoke" value="(\d+)"/.exec(page.text)?.[1] ?? assert.fail(page.text)
  await visitor.send('/oauth2', { csrf_token: csrfTokenOf(page), revoke })
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'phone', refresh_token })
  assert.equal((await tenant.request('/oauth2/api/v1/token', { method: 'POST', body })).status, 400)
  assert.match((await visitor.open('/oauth2')).text, /No client has an access token of yours/)
})

test("nobody revokes somebody else's token", async () => {
  const admin = new Visitor(tenant.server.url)
  await admin.signIn('/oauth2', tenant.server.admin)
  await redeem(await codeOf(admin))
  const revoke = /name="revoke" value="(\d+)"/.exec((await admin.open('/oauth2')).text)?.[1] ?? ''

  const ann = { name: 'ann', password: 'a password of ann', mustChangePassword: false }
  const created = await tenant.administer('POST', '/api/identity/v1/users', ann)
  assert.equal(created.status, 201, created.text)
  const visitor = new Visitor(tenant.server.url)
  const page = await visitor.signIn('/oauth2', { user: 'ann', password: ann.password })
  await visitor.send('/oauth2', { csrf_token: csrfTokenOf(page), revoke })
  assert.match((await admin.open('/oauth2')).text, /name="revoke"/)
})

test('a user sees and revokes tokens that came of no authorization', () =>
  inDirectory(async dataDirectory => {
    const store = await openStore({ dataDirectory })
    const issuedAt = new TestClock().now()
    await store.clients.create(client('bearer', { name: 'By assertion', tokenLifetimeSeconds: 3600 }), undefined)
    for (const [seed, user] of ['admin', 'ann'].entries()) {
      await store.tokens.insert(token(seed, 'bearer', { user, issuedAt }))
    }
    await store.close()
    const server = await startTestServer({ dataDirectory })
    try {
      const visitor = new Visitor(server.url)
      const page = await visitor.signIn('/oauth2', server.admin)
      assert.match(page.text, /<td>By assertion<\/td><td>deviflmap<\/td>/)
      const ids = [...page.text.matchAll(/name="revoke" value="([0-9a-f]+)"/g)].map(([, id]) => id ?? '')
      assert.equal(ids.length, 1)
      const foreign = Buffer.from(token(1, 'bearer').key).toString('hex')
      await visitor.send('/oauth2', { csrf_token: csrfTokenOf(page), revoke: foreign })
      await visitor.send('/oauth2', { csrf_token: csrfTokenOf(page), revoke: ids[0] ?? '' })
      assert.match((await visitor.open('/oauth2')).text, /No client has an access token of yours/)
      const headers = { authorization: server.admin.authorization }
      const left = await (await fetch(`${server.url}/oauth2/api/v1/tokens`, { headers })).text()
      assert.deepEqual(
        JSON.parse(left).tokens.map(({ user }: { user: string }) => user),
        ['ann'],
      )
    } finally {
      await server.close()
    }
  }))

for (const path of ['/oauth2', '/oauth2/code']) {
  test(`a form of another site has no effect on ${path}`, async () => {
    const visitor = new Visitor(tenant.server.url)
    await visitor.signIn(path, tenant.server.admin)
    const fields = { client_id: 'phone', revoke: '00' }
    assert.equal((await visitor.send(path, fields, { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await visitor.send(path, fields)).status, 400)
  })
}

test('another sign-in in the same browser ends the session before it', async () => {
  const visitor = new Visitor(tenant.server.url)
  const statusWith = async (cookie: string) => (await tenant.request('/api/session/v1', { headers: { cookie } })).status
  await visitor.signIn('/oauth2', tenant.server.admin)
  const before = visitor.cookie
  assert.equal(await statusWith(before), 200)
  await visitor.signIn('/oauth2', tenant.server.admin)
  assert.deepEqual([await statusWith(before), await statusWith(visitor.cookie)], [401, 200])
})

test('a user signs out', async () => {
  const visitor = new Visitor(tenant.server.url)
  const page = await visitor.signIn('/oauth2', tenant.server.admin)
  await visitor.send('/oauth2', { csrf_token: csrfTokenOf(page) })
  assert.match((await visitor.open('/oauth2')).text, /<h1>Sign In<\/h1>/)
})

test('documented: the pages have the colours, the logo and the links of the branding', async () => {
  const branding = {
    colors: { background: '#112233', button: '#445566', buttonText: '#FFFFFF' },
    links: { privacyPolicy: 'https://example.com/privacy?a=1&b=2' },
  }
  await tenant.administer('PUT', '/oauth2/api/v1/branding', branding)
  const { text } = await new Visitor(tenant.server.url).open('/oauth2')
  assert.match(text, /<a href="https:\/\/example\.com\/privacy\?a=1&amp;b=2">Privacy Policy<\/a>/)
  assert.match((await tenant.request('/oauth2/pages.css')).text, /--background: #112233;/)
})

test('a client has the name it was given in the language of the page', async () => {
  const german = { 'accept-language': 'de' }
  const client = { subscription: 'deviflmap', grant: 'authorization_code', id: 'van', name: 'Van' }
  const texts = { redirectUri: 'https://van.example/', description: 'Delivers' }
  const translations = { de: { name: 'Lieferwagen <b>' }, fr: { name: 'Camionnette' } }
  await tenant.administer('POST', '/oauth2/api/v1/clients', { ...client, ...texts, translations })
  const visitor = new Visitor(tenant.server.url)
  await visitor.signIn('/oauth2', tenant.server.admin)
  for (const path of ['/oauth2/code', '/oauth2/api/v1/authorize?response_type=code&client_id=van']) {
    assert.match((await visitor.open(path, german)).text, /Lieferwagen &lt;b&gt;/, path)
    assert.match((await visitor.open(path, { 'accept-language': 'en' })).text, /Van/, path)
  }
})

test('lists of tokens need the clients that they name, and no others', async () => {
  await tenant.createClient({ id: 'damaged' })
  await tenant.createClient({ id: 'sound' })
  await tenant.token('sound')
  const visitor = new Visitor(tenant.server.url)
  await visitor.signIn('/oauth2', tenant.server.admin)
  await redeem(await codeOf(visitor))
  const repair = damageClient(tenant.server.dataDirectory, 'damaged')
  const names = async (list: 'tokens' | 'authorizations') =>
    JSON.parse(ok(await tenant.administer('GET', `/oauth2/api/v1/${list}`)).text)[list].map(
      ({ clientId }: { clientId: string }) => clientId,
    )
  try {
    assert.ok((await names('tokens')).includes('sound'))
    assert.ok((await names('authorizations')).includes('phone'))
    assert.match((await visitor.open('/oauth2')).text, /<td>Phone &lt;script&gt;/)
  } finally {
    repair()
  }
})
