import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  attributesOf,
  type Claims,
  joined,
  neededClaims,
  type OidcProvider,
  shortText,
  subjectOf,
  userNameOf,
} from './claims.ts'

const provider = (userNameClaim: string, more: Partial<OidcProvider> = {}): OidcProvider => ({
  ...{ name: 'Corporate', description: '', enabled: true, userIdPrefix: '', userIdSuffix: '' },
  trust: { kind: 'oidc', issuer: 'https://login.example', clientId: 'sluice', scopes: [], userNameClaim },
  ...{ defaultGroups: [], assertionBasedGroups: [], createdAt: 0, modifiedAt: 0 },
  ...more,
})

const claims = (more: Record<string, unknown>): Claims => ({
  ...{ iss: 'https://login.example', aud: 'sluice', sub: '1', iat: 0, exp: 0 },
  ...more,
})

const attributes: readonly [name: string, claim: unknown, found: Readonly<Record<string, readonly string[]>>][] = [
  ['a text', 'it', { c: ['it'] }],
  ['a list', ['it', 'hr'], { c: ['it', 'hr'] }],
  ['numbers and truth values', [7, true], { c: ['7', 'true'] }],
  ['a claim inside of another', { roles: ['it'], more: { deep: 'x' } }, { 'c.roles': ['it'], 'c.more.deep': ['x'] }],
  ['a claim too deep inside', { a: { b: { c: 'x' } } }, {}],
  ['nothing', null, {}],
  ['a list of what is no value', [{ a: 1 }, null, ['x']], {}],
]

for (const [name, claim, expected] of attributes) {
  test(`attributes of ${name}`, () => {
    const found = [...attributesOf(claims({ c: claim }))].filter(([key]) => key.startsWith('c'))
    assert.deepEqual(Object.fromEntries(found), expected)
  })
}

test('a user has at most 2,000 values of attributes', () => {
  const found = attributesOf(claims({ c: Array.from({ length: 5_000 }, (_, index) => index) }))
  assert.equal([...found.values()].flat().length, 2_000)
})

test('the claims that rules look at are needed, and the one that holds the name', () => {
  const rules = ['groups', 'realm.roles'].map(
    assertionAttribute => ({ assertionAttribute, operation: 'equals', value: 'x' }) as const,
  )
  const assertionBasedGroups = [{ group: 'IT', rules }]
  assert.deepEqual(neededClaims(provider('sub', { assertionBasedGroups })), ['sub', 'groups', 'realm.roles'])
})

test('a name gets what the provider is registered with around it', () => {
  const corporate = provider('sub', { userIdPrefix: 'corp/', userIdSuffix: '@example.com' })
  assert.equal(userNameOf(corporate, claims({ sub: 'ann' })), 'corp/ann@example.com')
  const sneaky = provider('sub', { userIdPrefix: 'oauth_' })
  assert.throws(() => userNameOf(sneaky, claims({ sub: 'client_orders' })), /that of a client/)
})

const names: readonly [name: string, problem?: RegExp][] = [
  ['oauth_client_orders', /that of a client/],
  ['OAUTH_Client_orders', /that of a client/],
  ['oauth_client_', /that of a client/],
  ['ｏauth_client_orders', /normalization form/],
  ['oauth\u200b_client_orders', /a character that names do not have/],
  ['oauth_client_orders\u0000', /a character that names do not have/],
  ['\u00a0oauth_client_orders', /a character that names do not have/],
  ['oauth_client'],
  ['my_oauth_client_orders'],
  ['oauth-client_orders'],
]

for (const [name, problem] of names) {
  test(`RFC 9700 §4.15.1: a user may ${problem ? 'not ' : ''}be called ${JSON.stringify(name)}`, () => {
    const named = () => userNameOf(provider('name'), claims({ name }))
    if (problem) assert.throws(named, problem)
    else assert.equal(named(), name)
  })
}

test('an address is verified by whoever tells it', () => {
  const unverified = claims({ email: 'chief@example.com' })
  const other = { sub: '1', email: 'clerk@example.com', email_verified: true }
  assert.throws(() => userNameOf(provider('email'), joined(unverified, other)), /has not verified/)
  const same = joined(unverified, { ...other, email: 'chief@example.com' })
  assert.equal(userNameOf(provider('email'), same), 'chief@example.com')
  assert.equal(userNameOf(provider('email'), joined(claims({}), other)), 'clerk@example.com')
})

test('what is stored of a user is short, and nothing of it is invisible', () => {
  assert.deepEqual(['Ann Lee', 'a'.repeat(256), 'a\u0000b', 'a\nb', '\ud800', 7].map(shortText), [
    'Ann Lee',
    '',
    '',
    '',
    '',
    '',
  ])
  assert.equal(subjectOf(claims({ sub: 'auth0|5' })), 'auth0|5')
  for (const sub of ['', 'a'.repeat(256), 'a\u0000']) assert.throws(() => subjectOf(claims({ sub })), /claim "sub"/)
})
