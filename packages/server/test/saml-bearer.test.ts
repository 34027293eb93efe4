import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AssertionMaker } from '@sluice/server/testing'
import { flowZip, ok, Tenant } from './tenant.ts'

const providers = '/api/identity/v1/identity-providers'
const authorizations = '/authorization/v1/accounts/dev'
const day = 86_400_000
let tenant: Tenant
let provider: AssertionMaker

before(async () => {
  tenant = await Tenant.start()
  provider = new AssertionMaker({ audience: tenant.server.url })
  ok((await tenant.deploy(await flowZip())).upload)
  await tenant.createClient({ id: 'partner' })
  await tenant.administer('POST', `${authorizations}/groups`, { groups: [{ name: 'Senders' }] })
  const role = `${authorizations}/apps/deviflmap/roles/groups?roleName=ESBMessaging.send`
  ok(await tenant.administer('PUT', role, { groups: [{ name: 'Senders' }] }))
  await trust('corporate', provider, {
    assertionBasedGroups: [
      { group: 'Senders', rules: [{ assertionAttribute: 'groups', operation: 'regexp', value: '(?i)flow-.*' }] },
    ],
  })
})

after(() => tenant.close())

const trust = async (name: string, { issuer, certificate }: AssertionMaker, more: object = {}) =>
  ok(await tenant.administer('POST', providers, { name, saml: { issuer, certificates: [certificate] }, ...more }))

async function exchange(
  assertion: string,
  { more = {}, at = tenant }: { more?: Readonly<Record<string, string>>; at?: Tenant } = {},
) {
  const { status, text } = await at.request('/oauth2/api/v1/token', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('partner:secret of partner')}` },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer',
      assertion,
      ...more,
    }),
  })
  return { status, ...(JSON.parse(text) as { access_token: string; error?: string; error_description?: string }) }
}

const now = () => tenant.server.clock.now()
const sender = (nameId: string) => ({ now: now(), nameId, attributes: { groups: ['flow-senders'] } })

test('a user of a trusted provider calls a flow by the groups that its attributes give, as long as they do', async () => {
  const first = await exchange(provider.encoded(sender('ada@corp.example')))
  assert.equal(first.status, 200, first.error_description)
  assert.match(first.access_token, /^[0-9a-f]{32}$/)
  assert.equal((await tenant.call('/hello', first.access_token)).status, 200)
  const jwt = await exchange(provider.encoded(sender('ada@corp.example')), { more: { token_format: 'jwtrfc' } })
  assert.equal((await tenant.call('/hello', jwt.access_token)).status, 200)
  const without = await exchange(provider.encoded({ now: now(), nameId: 'ADA@corp.example' }))
  assert.equal((await tenant.call('/hello', without.access_token)).status, 403)
  assert.equal((await tenant.call('/hello', first.access_token)).status, 403)
})

test('administrators see and revoke the token', async () => {
  const { access_token } = await exchange(provider.encoded(sender('eve')))
  assert.equal((await tenant.call('/hello', access_token)).status, 200)
  const listed = JSON.parse(ok(await tenant.administer('GET', '/oauth2/api/v1/tokens?user=eve')).text)
  assert.equal(listed.tokens.length, 1)
  ok(await tenant.administer('DELETE', `/oauth2/api/v1/tokens/${encodeURIComponent(listed.tokens[0].id)}`))
  assert.equal((await tenant.call('/hello', access_token)).status, 401)
})

test('an assertion is good for one of 50 requests at the same time, and for none after a restart', async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sluice-saml-'))
  try {
    const first = await Tenant.start({ dataDirectory })
    const { url } = first.server
    const local = new AssertionMaker({ audience: url })
    const assertion = local.encoded()
    await first.createClient({ id: 'partner' })
    const saml = { issuer: local.issuer, certificates: [local.certificate] }
    ok(await first.administer('POST', providers, { name: 'corporate', saml }))
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(assertion, { at: first })))
    const accepted = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ error }) => error === 'invalid_grant')
    await first.close()
    const second = await Tenant.start({ dataDirectory, flags: { port: new URL(url).port } })
    const again = await exchange(assertion, { at: second })
    await second.close()
    assert.deepEqual([accepted.length, refused.length, again.error], [1, 49, 'invalid_grant'])
    assert.equal(again.error_description, 'The assertion was used before.')
  } finally {
    await rm(dataDirectory, { recursive: true })
  }
})

test('one assertion is not good at two providers that share a certificate', async () => {
  const twins = new AssertionMaker({ audience: tenant.server.url, issuer: 'https://twins.example' })
  for (const name of ['one', 'other']) await trust(name, twins)
  const assertion = twins.encoded({ now: now() })
  const ambiguous = await exchange(assertion)
  assert.match(ambiguous.error_description ?? '', /more than one identity provider/)
  assert.equal((await exchange(assertion, { more: { saml2idp: 'one' } })).status, 200)
  assert.equal((await exchange(assertion, { more: { saml2idp: 'other' } })).error, 'invalid_grant')
})

test('the client may be the issuer, as the documentation of the original has it', async () => {
  assert.equal((await exchange(provider.encoded({ ...sender('bob'), issuer: 'partner' }))).status, 200)
  assert.equal((await exchange(provider.encoded({ ...sender('bob'), issuer: 'another' }))).error, 'invalid_grant')
})

test('a provider that is disabled, deleted or given another certificate vouches for nobody, and its groups count no more', async () => {
  const { issuer, certificate } = provider
  const body = JSON.parse(ok(await tenant.administer('GET', `${providers}/corporate`)).text)
  const { assertionBasedGroups } = body
  const put = (more: object) =>
    tenant.administer('PUT', `${providers}/corporate`, {
      ...{ enabled: true, saml: { issuer, certificates: [certificate] }, assertionBasedGroups },
      ...more,
    })
  const token = await exchange(provider.encoded(sender('gina')))
  assert.equal((await tenant.call('/hello', token.access_token)).status, 200)
  ok(await put({ enabled: false }))
  assert.equal((await exchange(provider.encoded(sender('gina')))).error, 'invalid_grant')
  assert.equal((await tenant.call('/hello', token.access_token)).status, 401, 'its tokens have ended')
  const another = new AssertionMaker({ audience: tenant.server.url })
  ok(await put({ saml: { issuer, certificates: [another.certificate] } }))
  assert.equal((await exchange(provider.encoded(sender('gina')))).error, 'invalid_grant')
  ok(await put({ saml: { issuer, certificates: [another.certificate, certificate] } }))
  assert.equal((await exchange(provider.encoded(sender('gina')))).status, 200)
  assert.equal((await exchange(another.encoded(sender('gina')))).status, 200)
})

const jwtFormats = ['jwtrfc', 'jwt'].map(token_format => ({ more: { token_format } }))

/** The answers to calls of a flow with each of the tokens. */
const called = (tokens: readonly { readonly access_token: string }[]) =>
  Promise.all(tokens.map(async ({ access_token }) => (await tenant.call('/hello', access_token)).status))

test('JWTs for assertions end with the word of the provider, and do not come back with it', async () => {
  const other = new AssertionMaker({ audience: tenant.server.url, issuer: 'https://ending.example' })
  const saml = { issuer: other.issuer, certificates: [other.certificate] }
  const defaultGroups = ['Senders']
  await trust('ending', other, { defaultGroups })
  const put = async (more: object) =>
    ok(await tenant.administer('PUT', `${providers}/ending`, { enabled: true, saml, defaultGroups, ...more }))
  const forJwts = () =>
    Promise.all(jwtFormats.map(format => exchange(other.encoded({ now: now(), nameId: 'ina' }), format)))
  const ends: readonly [what: string, end: () => Promise<unknown>, again: () => Promise<unknown>][] = [
    ['disabled', () => put({ enabled: false }), () => put({})],
    ['its users get other names', () => put({ userIdPrefix: 'x-' }), () => put({})],
    ['the user is forgotten', () => tenant.administer('DELETE', '/api/identity/v1/external-users/ina'), async () => {}],
    [
      'deleted',
      () => tenant.administer('DELETE', `${providers}/ending`),
      () => trust('ending', other, { defaultGroups }),
    ],
  ]
  for (const [what, end, again] of ends) {
    const jwts = await forJwts()
    assert.deepEqual(await called(jwts), [200, 200], what)
    await put({ description: 'something else' })
    assert.deepEqual(await called(jwts), [200, 200], what)
    await end()
    assert.deepEqual(await called(jwts), [401, 401], what)
    await again()
    assert.deepEqual(await called(jwts), [401, 401], what)
    tenant.server.clock.advance(1)
  }
})

test('no token is left of assertions that come in the moment in which their provider is disabled', async () => {
  const other = new AssertionMaker({ audience: tenant.server.url, issuer: 'https://racing.example' })
  const saml = { issuer: other.issuer, certificates: [other.certificate] }
  const defaultGroups = ['Senders']
  await trust('racing', other, { defaultGroups })
  const set = (enabled: boolean) =>
    tenant.administer('PUT', `${providers}/racing`, { enabled, saml, defaultGroups }).then(ok)
  for (let round = 0; round < 5; round++) {
    const assertions = Array.from({ length: 12 }, () => other.encoded({ now: now(), nameId: 'kim' }))
    const formats = [{}, ...jwtFormats]
    const exchanges = assertions.map((assertion, index) => exchange(assertion, formats[index % formats.length]))
    await Promise.race(exchanges)
    const disabling = set(false)
    const issued = (await Promise.all(exchanges)).filter(({ status }) => status === 200)
    await disabling
    await set(true)
    assert.deepEqual(
      (await called(issued)).filter(status => status !== 401),
      [],
    )
  }
})

test('users that assertions name are listed, and forgotten with all that they have', async () => {
  const users = '/api/identity/v1/external-users'
  const { access_token } = await exchange(provider.encoded(sender('Mia')))
  assert.equal((await tenant.call('/hello', access_token)).status, 200)
  const mia = JSON.parse(ok(await tenant.administer('GET', `${users}/mia`)).text)
  const signedInAt = new Date(now()).toISOString()
  assert.deepEqual(mia, { name: 'Mia', provider: 'corporate', subject: '', email: '', displayName: '', signedInAt })
  const local = await tenant.administer('POST', '/api/identity/v1/users', { name: 'mia' })
  assert.equal(local.status, 409, 'no local user gets the roles of somebody else')
  ok(await tenant.administer('DELETE', `${users}/MIA`))
  assert.equal((await tenant.call('/hello', access_token)).status, 401)
  assert.equal((await tenant.administer('GET', `${users}/mia`)).status, 404)
  ok(await tenant.administer('POST', '/api/identity/v1/users', { name: 'mia' }))
})

test('a certificate that is not valid now is that of nobody', async () => {
  const shortLived = new AssertionMaker({
    audience: tenant.server.url,
    issuer: 'https://short.example',
    validTo: now() + day,
  })
  await trust('short-lived', shortLived)
  assert.equal((await exchange(shortLived.encoded({ now: now() }))).status, 200)
  tenant.server.clock.advance(day)
  assert.equal((await exchange(shortLived.encoded({ now: now() }))).error, 'invalid_grant')
})

const strangers: readonly [who: string, nameId: string][] = [
  ['a local user', 'Admin'],
  ['a client', 'oauth_client_partner'],
  ['a client in other letters', 'OAUTH_client_partner'],
]

for (const [who, nameId] of strangers) {
  test(`a provider cannot vouch for ${who}`, async () => {
    const { error, error_description } = await exchange(provider.encoded({ now: now(), nameId }))
    assert.equal(error, 'invalid_grant')
    assert.match(error_description ?? '', /names no user, or one that this server does not take/)
    const reasons = (await tenant.accessLog()).map(({ reason }) => reason)
    assert.match(reasons.at(-1) ?? '', /^the user name is that of a (local user|client)$/)
  })
}

test('what is no signed assertion is refused without a word of it in answer or log', async () => {
  const attempts = ['secret-text', Buffer.from('<!DOCTYPE secret-text>').toString('base64url'), 'A'.repeat(60_000)]
  for (const assertion of [...attempts, Buffer.from(provider.unsigned()).toString('base64url')]) {
    const { status, error, error_description } = await exchange(assertion)
    assert.deepEqual([status, error], [400, 'invalid_grant'])
    assert.doesNotMatch(error_description ?? '', /secret-text/)
  }
  assert.doesNotMatch(JSON.stringify(await tenant.accessLog()), /secret-text/)
})
