import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { selfSigned } from '@sluice/server/testing'
import { type Answer, Tenant } from './tenant.ts'

const providers = '/api/identity/v1/identity-providers'
let tenant: Tenant

before(async () => {
  tenant = await Tenant.start()
  await tenant.administer('POST', '/authorization/v1/accounts/dev/groups', {
    groups: [{ name: 'Staff' }, { name: 'IT' }],
  })
})

after(() => tenant.close())

const body = ({ text }: Answer) => JSON.parse(text)
const base64 = selfSigned.cert.replace(/-----.*-----/g, '')
const saml = { issuer: 'https://idp.example', certificates: [selfSigned.cert] }
const oidc = { issuer: 'https://login.example', clientId: 'sluice', clientSecret: 'not to be seen' }

test('a SAML provider is registered, with or without the lines around its certificate, shown, edited and deleted', async () => {
  const name = 'https://idp.example/saml?x=1'
  const created = await tenant.administer('POST', providers, { name, saml: { ...saml, certificates: [base64] } })
  assert.equal(created.status, 201, created.text)
  const path = `${providers}/${encodeURIComponent(name)}`
  assert.equal(created.headers.get('location'), path)
  assert.deepEqual(body(created), {
    ...{ name, kind: 'saml', description: '', enabled: true, userIdPrefix: '', userIdSuffix: '' },
    saml: { issuer: 'https://idp.example', certificates: [`${selfSigned.cert}\n`], userIdAttribute: '' },
    certificates: [
      {
        subject: 'CN=localhost',
        validFrom: '2026-11-22T14:21:12.000Z',
        validUntil: '2126-10-29T14:21:12.000Z',
        sha256: body(created).certificates[0].sha256,
      },
    ],
    ...{ defaultGroups: [], assertionBasedGroups: [] },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', modifiedAt: '2026-01-01T00:00:00.000Z' },
  })
  assert.deepEqual(body(await tenant.administer('GET', path)), body(created))
  const mapping = {
    defaultGroups: ['staff'],
    assertionBasedGroups: [
      { group: 'IT', rules: [{ assertionAttribute: 'groups', operation: 'regexp', value: 'it-.*' }] },
    ],
  }
  tenant.server.clock.advance(1_000)
  const edited = await tenant.administer('PUT', path, { enabled: false, saml, ...mapping })
  assert.deepEqual(body(edited), {
    ...body(created),
    ...{ enabled: false, ...mapping, modifiedAt: '2026-01-01T00:00:01.000Z' },
  })
  assert.deepEqual(body(await tenant.administer('GET', providers)), {
    identityProviders: [body(edited)],
    localProvider: { name: tenant.server.url, tokenEndpoint: `${tenant.server.url}/oauth2/api/v1/token` },
  })
  assert.equal((await tenant.administer('DELETE', path)).status, 204)
  for (const method of ['GET', 'DELETE']) assert.equal((await tenant.administer(method, path)).status, 404)
  assert.equal((await tenant.administer('PUT', path, { enabled: true, saml })).status, 404)
})

test('an OpenID provider keeps its secret to itself', async () => {
  const created = await tenant.administer('POST', providers, { name: 'login', oidc })
  assert.equal(created.status, 201, created.text)
  assert.deepEqual(body(created).oidc, {
    ...{ issuer: 'https://login.example', clientId: 'sluice' },
    ...{ scopes: ['profile', 'email'], userNameClaim: 'preferred_username' },
  })
  assert.equal(body(created).redirectUri, `${tenant.server.url}/oauth2/sign-in/callback/login`)
  for (const path of [providers, `${providers}/LOGIN`]) {
    assert.doesNotMatch((await tenant.administer('GET', path)).text, /not to be seen/)
  }
  const taken = await tenant.administer('POST', providers, { name: 'LOGIN', oidc })
  assert.deepEqual([taken.status, body(taken).code], [409, 'identity-provider-exists'])
  const turned = await tenant.administer('PUT', `${providers}/login`, { enabled: true, saml })
  assert.deepEqual([turned.status, body(turned).code], [400, 'invalid-identity-provider'])
})

const rule = (value: string) => [{ group: 'IT', rules: [{ assertionAttribute: 'groups', operation: 'regexp', value }] }]
const weak = 'MIIBCjCBtQIUH4Jxt9tO2Jz0iF9iTuFMvTQm0y4wDQYJKoZIhvcNAQELBQAwCDEGMAQGA1UEAwwB'

const refused: readonly [what: string, stated: object, sentence: RegExp][] = [
  ['no kind', {}, /Expected either "saml" or "oidc"/],
  ['two kinds', { saml, oidc }, /Expected either "saml" or "oidc"/],
  ['no certificate', { saml: { ...saml, certificates: [] } }, /"saml.certificates"/],
  [
    'what is no certificate',
    { saml: { ...saml, certificates: ['*'] } },
    /"saml.certificates.0" to be a certificate in PEM/,
  ],
  [
    'half a certificate',
    { saml: { ...saml, certificates: [weak] } },
    /"saml.certificates.0" to be an X.509 certificate/,
  ],
  ['a private key', { saml: { ...saml, certificates: [selfSigned.key] } }, /"saml.certificates.0"/],
  ['an issuer of http', { oidc: { ...oidc, issuer: 'http://login.example' } }, /"oidc.issuer" to be an https URL/],
  ['an issuer with a query', { oidc: { ...oidc, issuer: 'https://login.example?a' } }, /"oidc.issuer"/],
  ['an issuer with a password', { oidc: { ...oidc, issuer: 'https://a:b@login.example' } }, /"oidc.issuer"/],
  ['an unknown default group', { saml, defaultGroups: ['Nobody'] }, /Expected the name of a group, found "Nobody"/],
  ['a pattern that looks back', { saml, assertionBasedGroups: rule('(a)\\1') }, /In a rule of group "IT": Expected/],
  [
    'an entry without rules',
    { saml, assertionBasedGroups: [{ group: 'IT', rules: [] }] },
    /"assertionBasedGroups.0.rules"/,
  ],
  ['a name that ends in a space', { name: 'idp ', saml }, /"name"/],
  ['a line break in the prefix', { saml, userIdPrefix: 'a\nb' }, /"userIdPrefix"/],
]

for (const [what, stated, sentence] of refused) {
  test(`${what} is refused`, async () => {
    const answer = await tenant.administer('POST', providers, { name: 'refused', ...stated })
    assert.equal(answer.status, 400, answer.text)
    assert.match(body(answer).detail, sentence)
  })
}

const metadata = (certificate: string) =>
  `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example"><IDPSSODescriptor><KeyDescriptor><X509Certificate xmlns="http://www.w3.org/2000/09/xmldsig#">${certificate}</X509Certificate></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>`

test('metadata say with what a provider is registered', async () => {
  const read = await tenant.administer('POST', '/api/identity/v1/saml-metadata', { metadata: metadata(base64) })
  assert.deepEqual(body(read), { issuer: 'https://idp.example', certificates: [`${selfSigned.cert}\n`] })
  for (const [wrong, sentence] of [
    ['<a></a>', /found that the root element is no EntityDescriptor/],
    [metadata('AAAA'), /Expected "metadata" with an X.509 certificate/],
    [`<!DOCTYPE a>${metadata(base64)}`, /document type/],
  ] as const) {
    const answer = await tenant.administer('POST', '/api/identity/v1/saml-metadata', { metadata: wrong })
    assert.deepEqual([answer.status, body(answer).code], [400, 'invalid-metadata'])
    assert.match(body(answer).detail, sentence)
  }
})

test('platform clients read and change them with their scopes, and nobody else does', async () => {
  const authorizationFor = async (scope: string) => {
    const client = body(
      await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes: [scope] }),
    )
    const answer = await tenant.request('/oauth2/apitoken/v1?grant_type=client_credentials', {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` },
    })
    return `Bearer ${body(answer).access_token}`
  }
  const callers: readonly [who: string, authorization: string, read: number, change: number][] = [
    ['a reader', await authorizationFor('hcp.readTrustSettings'), 200, 403],
    ['a manager', await authorizationFor('hcp.manageTrustSettings'), 200, 404],
    ['somebody else', await authorizationFor('hcp.manageOAuthSettings'), 403, 403],
    ['nobody', 'Bearer x', 401, 401],
  ]
  for (const [who, authorization, read, change] of callers) {
    const status = async (method: string, path: string) =>
      (await tenant.request(path, { method, headers: { authorization } })).status
    const found = [await status('GET', providers), await status('DELETE', `${providers}/nobody`)]
    assert.deepEqual(found, [read, change], who)
  }
})
