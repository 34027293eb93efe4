import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IdentityProvider } from '../api/identity-providers.ts'
import { draftOf, emptyDraft, missingFields, updateOf } from './provider-draft.ts'

const pem = (content: string) => `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----\n`
const common = {
  description: 'Everybody',
  enabled: false,
  userIdPrefix: 'corp-',
  userIdSuffix: '.x',
  defaultGroups: ['Staff'],
  assertionBasedGroups: [
    { group: 'IT', rules: [{ assertionAttribute: 'groups', operation: 'equals', value: 'it' } as const] },
  ],
}
const times = { createdAt: '2026-01-01T00:00:00Z', modifiedAt: '2026-01-01T00:00:00Z' }
const saml = { issuer: 'https://idp.example', certificates: [pem('AAAA'), pem('BBBB')], userIdAttribute: 'mail' }
const oidc = { issuer: 'https://login.example', clientId: 'a', scopes: ['email', 'x'], userNameClaim: 'sub' }

const providers: readonly IdentityProvider[] = [
  { name: 'saml', kind: 'saml', ...common, saml, ...times },
  { name: 'oidc', kind: 'oidc', ...common, oidc, ...times },
]

for (const provider of providers) {
  test(`a ${provider.kind} provider that is not changed is sent as it is`, () => {
    const sent = updateOf(draftOf(provider))
    const trimmed = { ...saml, certificates: saml.certificates.map(text => text.trim()) }
    assert.deepEqual(sent, { ...common, ...(provider.kind === 'saml' ? { saml: trimmed } : { oidc }) })
    assert.deepEqual(missingFields(draftOf(provider)), [])
  })
}

test('a certificate may be base64 only, and a secret is sent when it was typed', () => {
  assert.deepEqual(updateOf({ ...emptyDraft('saml'), certificates: ' AAAA\n' }).saml?.certificates, ['AAAA'])
  assert.equal(updateOf({ ...emptyDraft('oidc'), clientSecret: ' x ' }).oidc?.clientSecret, ' x ')
  assert.equal('clientSecret' in (updateOf(emptyDraft('oidc')).oidc ?? {}), false)
})

test('what must not be empty is said for each kind', () => {
  assert.deepEqual(missingFields(emptyDraft('saml')), ['name', 'issuer', 'certificates'])
  assert.deepEqual(missingFields({ ...emptyDraft('oidc'), userNameClaim: ' ' }), [
    'name',
    'issuer',
    'clientId',
    'userNameClaim',
  ])
})
