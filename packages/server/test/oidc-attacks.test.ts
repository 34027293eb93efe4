import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { inDirectory } from '../src/store/each-database.test.ts'
import { fetchWith, startTestServer } from '../src/testing/index.ts'
import type { IdToken } from '../src/testing/openid-provider.ts'
import { selfSigned } from '../src/testing/self-signed.ts'
import { Wanderer } from '../src/testing/wanderer.ts'
import { type TrustingTenant, withTrustingTenant } from './trusting-tenant.ts'

let world: TrustingTenant
withTrustingTenant(started => {
  world = started
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
  ['of another issuer', token => ({ ...token, claims: { ...token.claims, iss: world.partner.issuer } })],
  ['of another sign-in', token => ({ ...token, claims: { ...token.claims, nonce: 'other' } })],
  ['of no sign-in', ({ claims: { nonce, ...claims }, ...token }) => ({ ...token, claims })],
  ['that has expired', token => ({ ...token, claims: { ...token.claims, exp: seconds() - 120 } })],
  ['that never expires', ({ claims: { exp, ...claims }, ...token }) => ({ ...token, claims })],
  ['of nobody', ({ claims: { sub, ...claims }, ...token }) => ({ ...token, claims })],
]

for (const [name, bend] of forgeries) {
  test(`an ID token ${name} lets nobody in`, async () => {
    world.corporate.bend = bend
    const person = new Wanderer()
    const refused = await person.open(world.begin())
    assert.equal(refused.status, 400, refused.text)
    assert.match(refused.text, /cannot be trusted/)
    assert.equal((await world.sessionOf(person)).status, 401)
  })
}

test('a sign-in is finished once, also where the browser still has what it kept', async () => {
  world.corporate.takesCodesAgain = true
  const person = new Wanderer()
  const back = await world.comeBack(person)
  const cookie = person.cookiesFor(back)
  assert.match(cookie, /^sign-in-[\w-]{8}=[\w-]+$/)
  assert.equal((await person.step(back)).status, 303)
  const again = await person.step(back)
  assert.deepEqual([again.status, /Sign in again/.test(again.text)], [400, true])
  const thief = new Wanderer()
  assert.equal((await thief.step(back, { cookie })).status, 400)
  assert.equal((await world.sessionOf(thief)).status, 401)
  assert.ok((await world.reasons()).includes('sign-in at corporate: the sign-in was finished before'))
})

test('what a browser keeps of a sign-in is for this server, these addresses and no script', async () => {
  const { headers } = await fetch(world.begin(), { redirect: 'manual' })
  const kept = /^sign-in-[\w-]{8}=[\w-]+; Path=\/oauth2\/sign-in; Max-Age=600; HttpOnly; SameSite=Lax$/
  assert.match(headers.getSetCookie().join(), kept)
  const person = new Wanderer()
  const back = await world.comeBack(person)
  const finished = await fetch(back, { redirect: 'manual', headers: { cookie: person.cookiesFor(back) } })
  const [session, ended] = finished.headers.getSetCookie()
  assert.match(session ?? '', /^JSESSIONID=[0-9A-F]{32}; Path=\/; HttpOnly; SameSite=Lax$/)
  assert.match(ended ?? '', /^sign-in-[\w-]{8}=; Path=\/oauth2\/sign-in; Max-Age=0; HttpOnly; SameSite=Lax$/)
})

test('with TLS no cookie of a sign-in travels without it', () =>
  inDirectory(async directory => {
    const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')]
    await writeFile(cert, selfSigned.cert)
    await writeFile(key, selfSigned.key)
    const server = await startTestServer({ flags: { 'tls-cert': cert, 'tls-key': key } })
    const oidc = { issuer: world.corporate.issuer, clientId: 'sluice' }
    const created = await fetchWith()(`${server.url}/api/identity/v1/identity-providers`, {
      method: 'POST',
      headers: { authorization: server.admin.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'idp', oidc }),
    })
    const begun = await fetchWith()(`${server.url}/oauth2/sign-in/start?provider=idp`)
    await server.close()
    assert.deepEqual([created.status, begun.status], [201, 303])
    assert.match(begun.headers.getSetCookie().join(), /; HttpOnly; SameSite=Lax; Secure$/)
  }))

test('the answer to a sign-in of another browser signs nobody in', async () => {
  const attacker = new Wanderer()
  const back = await world.comeBack(attacker)
  const victim = new Wanderer()
  const begun = await world.comeBack(victim)
  const asked = world.corporate.tokenRequests.length
  const pushed = await victim.step(back)
  assert.equal(pushed.status, 400)
  // The victim's own state with the attacker's code: PKCE and nonce do not fit.
  const mixed = new URL(begun)
  mixed.searchParams.set('code', new URL(back).searchParams.get('code') ?? '')
  assert.equal((await victim.step(mixed.href)).status, 400)
  assert.equal(world.corporate.tokenRequests.length, asked + 1)
  assert.equal((await world.sessionOf(victim)).status, 401)
})

const lost: readonly [name: string, bend: (query: URLSearchParams) => void][] = [
  ['without a state', query => query.delete('state')],
  ['with two states', query => query.append('state', query.get('state') ?? '')],
  ['with another state', query => query.set('state', 'a'.repeat(43))],
  ['without a code', query => query.delete('code')],
  ['with two codes', query => query.append('code', 'x')],
  ['of another issuer', query => query.set('iss', world.partner.issuer)],
  ['that does not tell the issuer', query => query.delete('iss')],
]

for (const [name, bend] of lost) {
  test(`an answer ${name} signs nobody in`, async () => {
    const person = new Wanderer()
    const back = new URL(await world.comeBack(person))
    bend(back.searchParams)
    const asked = world.corporate.tokenRequests.length
    assert.equal((await person.step(back.href)).status, 400)
    assert.equal(world.corporate.tokenRequests.length, asked, 'and no code goes anywhere')
    assert.equal((await world.sessionOf(person)).status, 401)
  })
}

test('what one provider answers is not taken to another (mix-up)', async () => {
  const person = new Wanderer()
  // The sign-in was begun with Partner, who sent the browser on to Corporate.
  const begun = new URL((await person.step(world.begin('Partner'))).next)
  const detour = new URL('/authorize', world.corporate.issuer)
  for (const [name, value] of begun.searchParams) detour.searchParams.set(name, value)
  detour.searchParams.set('redirect_uri', world.callback('corporate'))
  const back = (await person.step(detour.href)).next
  assert.ok(back.startsWith(world.callback('corporate')))
  const asked = world.partner.tokenRequests.length
  assert.equal((await person.step(back)).status, 400)
  assert.equal(world.partner.tokenRequests.length, asked, 'the code of Corporate stays here')
  assert.ok((await world.reasons()).includes('sign-in at corporate: the sign-in was begun with another provider'))
})

const elsewhere = [
  ...['https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example'],
  ...['/%09//evil.example/..//', 'javascript:alert(1)', 'oauth2', '', '/.//evil.example', `/${'a'.repeat(2_500)}`],
]

for (const address of elsewhere) {
  test(`nobody gets from here to ${JSON.stringify(address.slice(0, 40))}`, async () => {
    const person = new Wanderer()
    const back = await person.openUntil(world.begin('Corporate', address), world.callback())
    const { next } = await person.step(back)
    assert.equal(new URL(next).origin, world.tenant.server.url)
    assert.ok(!new URL(next).pathname.startsWith('//'), next)
    const ended = (provider: string) => `/oauth2/sign-in/ended?${new URLSearchParams({ provider, return_to: address })}`
    const { text } = await person.step(world.at(ended('corporate')))
    assert.match(text, /class="button primary" href="\/(?!\/)/)
    const strange = await person.step(world.at(ended('Call 0190 to unlock')))
    assert.equal(new URL(strange.next).origin, world.tenant.server.url)
  })
}

test('a session from before the sign-in does not become that of the user', async () => {
  const known = 'A'.repeat(32)
  const person = new Wanderer()
  const back = await world.comeBack(person)
  await person.step(back, { cookie: `${person.cookiesFor(back)}; JSESSIONID=${known}` })
  assert.equal((await world.sessionOf(person)).user, 'ann')
  assert.ok(!person.cookiesFor(world.at('/')).includes(known))
  const before = person.cookiesFor(world.at('/'))
  await person.open(world.begin())
  assert.equal((await new Wanderer().step(world.at('/api/session/v1'), { cookie: before })).status, 401, 'it has ended')
  assert.equal((await new Wanderer().step(world.at('/api/session/v1'), { cookie: `JSESSIONID=${known}` })).status, 401)
})

test('another site cannot have its visitors sign in', async () => {
  const refused = await new Wanderer().step(world.begin(), { 'sec-fetch-site': 'cross-site' })
  assert.deepEqual([refused.status, refused.next], [400, ''])
})

test('no log has a code, a state or a token', async () => {
  const person = new Wanderer()
  const back = await world.comeBack(person)
  await person.step(back)
  const lines = JSON.stringify(await world.tenant.accessLog())
  for (const value of new URL(back).searchParams.values()) {
    if (value.length > 20 && !value.startsWith('http')) assert.ok(!lines.includes(value))
  }
})

test('whoever takes longer than ten minutes begins again', async () => {
  const person = new Wanderer()
  const back = await world.comeBack(person)
  world.tenant.server.clock.advance(600_000)
  const late = await person.step(back)
  assert.equal(late.status, 400)
  assert.match(late.text, /took longer than ten minutes/)
})
