import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LocalChanges } from '../../store/changes.ts'
import { TestClock } from '../../testing/test-clock.ts'
import type { OidcProvider } from './claims.ts'
import { OidcClients } from './oidc-clients.ts'

const pending = { provider: 'cloud', state: 's', nonce: 'n', codeVerifier: 'v', returnTo: '/', expiresAt: 1 }

/** Issuers at which the library takes the configuration of another one. */
const services: readonly [where: string, issuer: string, found: string][] = [
  ['Entra ID', 'https://login.microsoftonline.com/common/v2.0', 'https://login.microsoftonline.com/{tenantid}/v2.0'],
  ['Azure AD B2C', 'https://shop.b2clogin.com/shop/policy/v2.0', 'https://shop.b2clogin.com/another/v2.0'],
]

for (const [where, issuer, found] of services) {
  test(`no issuer of ${where} stands for its other tenants`, async t => {
    const at = (path: string) => `https://login.example/${path}`
    const endpoints = { authorization_endpoint: at('authorize'), token_endpoint: at('token'), jwks_uri: at('keys') }
    const answer = JSON.stringify({ issuer: found, ...endpoints })
    const headers = { 'content-type': 'application/json' }
    t.mock.method(globalThis, 'fetch', async () => new Response(answer, { headers }))
    const clients = new OidcClients({
      providers: { findClientSecret: async () => undefined },
      changes: new LocalChanges(),
      clock: new TestClock(),
      redirectUri: () => 'https://tenant.example/callback',
    })
    const provider: OidcProvider = {
      ...{ name: 'cloud', description: '', enabled: true, userIdPrefix: '', userIdSuffix: '' },
      trust: { kind: 'oidc', issuer, clientId: 'sluice', scopes: [], userNameClaim: 'sub' },
      ...{ defaultGroups: [], assertionBasedGroups: [], createdAt: 0, modifiedAt: 0 },
    }
    await assert.rejects(clients.authorizationUrl(provider, pending), /found another issuer/)
    clients.close()
  })
}
