import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import {
  agreementTo,
  clientCertificate,
  fetchWith,
  selfSigned,
  startTestServer,
  type TestServer,
  Visitor,
} from '@sluice/server/testing'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { Tenant } from '../tenant.ts'

const redirectUri = 'https://web.example/answer'
const insecure = { [oauth.allowInsecureRequests]: true }

const algorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  Ed25519: { name: 'Ed25519' },
} as const

type Algorithm = keyof typeof algorithms

function generate(alg: Algorithm): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (alg === 'ES384') return generateKeyPairSync('ec', { namedCurve: 'P-384' })
  return alg === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 })
}

/** The public half as clients are registered, the private half as the libraries want it. */
async function keyPair(alg: Algorithm) {
  const { publicKey, privateKey } = generate(alg)
  const bytes = privateKey.export({ type: 'pkcs8', format: 'der' })
  const imported = await webcrypto.subtle.importKey('pkcs8', new Uint8Array(bytes), algorithms[alg], false, ['sign'])
  return { jwk: { ...publicKey.export({ format: 'jwk' }), kid: alg }, privateKey: imported as CryptoKey }
}

let server: TestServer
let tenant: Tenant
let keys: Readonly<Record<Algorithm, Awaited<ReturnType<typeof keyPair>>>>

const create = (on: Tenant, client: Readonly<Record<string, unknown>> & { readonly id: string }) =>
  on.send('POST', '/oauth2/api/v1/clients', 201, { name: client.id, subscription: 'devtmn', ...client })

before(async () => {
  server = await startTestServer()
  tenant = new Tenant({ url: server.url, ...server.admin })
  const names = Object.keys(algorithms) as Algorithm[]
  keys = Object.fromEntries(await Promise.all(names.map(async alg => [alg, await keyPair(alg)]))) as typeof keys
  const tokenEndpointAuthMethod = 'private_key_jwt'
  const jwks = { keys: Object.values(keys).map(({ jwk }) => jwk) }
  const code = { grant: 'authorization_code', redirectUri, requirePushedAuthorizationRequests: true }
  await create(tenant, { id: 'service', tokenEndpointAuthMethod, jwks })
  await create(tenant, { id: 'web', tokenEndpointAuthMethod, jwks, ...code, dpopBoundAccessTokens: true })
  await create(tenant, { id: 'app', confidential: false, ...code, dpopBoundAccessTokens: true })
  const role = '/authorization/v1/accounts/dev/apps/devtmn/roles/users?roleName=AuthGroup.IntegrationDeveloper'
  await tenant.send('PUT', role, 201, { users: [{ name: 'admin' }] })
})

/** The libraries read the clock of the machine. */
function setClock(on: TestServer): void {
  on.clock.advance(Date.now() - on.clock.now())
}

beforeEach(() => setClock(server))
after(() => server.close())

/** What the browser of a user who agrees brings back to the client. */
async function agree(url: URL): Promise<URL> {
  const visitor = new Visitor(server.url)
  const path = `${url.pathname}${url.search}`
  const consent = await visitor.signIn(path, server.admin)
  const { location } = await visitor.send(path, agreementTo(consent))
  return new URL(location)
}

const discover = (id: string, authentication: openid.ClientAuth) =>
  openid.discovery(new URL(server.url), id, undefined, authentication, {
    algorithm: 'oauth2',
    execute: [openid.allowInsecureRequests],
  })

for (const alg of Object.keys(algorithms) as Algorithm[]) {
  test(`openid-client: private_key_jwt with ${alg}, at the token, introspection and revocation endpoints`, async () => {
    const config = await discover('service', openid.PrivateKeyJwt({ key: keys[alg].privateKey, kid: alg }))
    const { access_token } = await openid.clientCredentialsGrant(config)
    const { active, client_id } = await openid.tokenIntrospection(config, access_token)
    assert.deepEqual([active, client_id], [true, 'service'])
    await openid.tokenRevocation(config, access_token)
    assert.equal((await openid.tokenIntrospection(config, access_token)).active, false)
  })
}

const clients: readonly (readonly [id: string, authentication: () => openid.ClientAuth])[] = [
  ['web', () => openid.PrivateKeyJwt(keys.ES256.privateKey)],
  ['app', () => openid.None()],
]

for (const [id, authentication] of clients) {
  test(`openid-client: ${id} pushes its request, gets DPoP tokens of a user, calls the API, and refreshes them`, async () => {
    const config = await discover(id, authentication())
    const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair())
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const expectedState = openid.randomState()
    const parameters = {
      redirect_uri: redirectUri,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      dpop_jkt: await DPoP.calculateThumbprint(),
    }
    const url = await openid.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })
    assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri'])
    const checks = { pkceCodeVerifier, expectedState }
    const tokens = await openid.authorizationCodeGrant(config, await agree(url), checks, undefined, { DPoP })
    assert.equal(tokens.token_type, 'dpop')
    const api = new URL(`${server.url}/api/v1/IntegrationPackages?$top=1`)
    const call = (token: string, handle?: openid.DPoPHandle) =>
      openid.fetchProtectedResource(config, token, api, 'GET', null, undefined, handle ? { DPoP: handle } : undefined)
    assert.equal((await call(tokens.access_token, DPoP)).status, 200)
    await assert.rejects(call(tokens.access_token), 'as Bearer')
    const stranger = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair())
    await assert.rejects(call(tokens.access_token, stranger), 'with a proof by another key')
    const refresh = tokens.refresh_token ?? ''
    if (id === 'app') {
      await assert.rejects(openid.refreshTokenGrant(config, refresh, undefined, { DPoP: stranger }), {
        error: 'invalid_grant',
      })
    }
    const next = await openid.refreshTokenGrant(config, refresh, undefined, { DPoP })
    assert.equal((await call(next.access_token, DPoP)).status, 200)
    const revisited = await fetch(url, { redirect: 'manual' })
    assert.equal(revisited.status, 400, 'the request_uri was answered')
  })
}

test('oauth4webapi: a pushed request and DPoP for a user, private_key_jwt and DPoP for the client', async () => {
  const issuer = new URL(server.url)
  const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
  const as = await oauth.processDiscoveryResponse(issuer, discovery)
  const client: oauth.Client = { client_id: 'web' }
  const authentication = oauth.PrivateKeyJwt(keys.PS256.privateKey)
  const options = { DPoP: oauth.DPoP(client, await oauth.generateKeyPair('ES256')), ...insecure }
  const verifier = oauth.generateRandomCodeVerifier()
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: 'web',
    redirect_uri: redirectUri,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 'state',
  })
  const answered = await oauth.pushedAuthorizationRequest(as, client, authentication, parameters, options)
  const { request_uri } = await oauth.processPushedAuthorizationResponse(as, client, answered)
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = String(new URLSearchParams({ client_id: 'web', request_uri }))
  const answer = oauth.validateAuthResponse(as, client, await agree(url), 'state')
  const response = await oauth.authorizationCodeGrantRequest(
    ...([as, client, authentication, answer, redirectUri, verifier, options] as const),
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response)
  assert.equal(tokens.token_type, 'dpop')
  const api = new URL(`${server.url}/api/v1/IntegrationPackages?$top=1`)
  const called = await oauth.protectedResourceRequest(tokens.access_token, 'GET', api, undefined, null, options)
  assert.equal(called.status, 200)
  const service = { client_id: 'service' }
  const own = await oauth.clientCredentialsGrantRequest(as, service, authentication, {}, options)
  assert.equal((await oauth.processClientCredentialsResponse(as, service, own)).token_type, 'dpop')
})

test('openid-client: mutual TLS by a registered certificate and by an authority, with tokens bound to them', async () => {
  const now = Date.now()
  const own = clientCertificate('own', now - 60_000, now + 600_000)
  const vouched = clientCertificate('vouched', now - 60_000, now + 600_000)
  const files = { 'tls-cert': selfSigned.cert, 'tls-key': selfSigned.key, 'tls-client-ca': vouched.cert }
  const flags: Record<string, string> = { 'tls-client-certificates': 'request' }
  for (const [flag, content] of Object.entries(files)) {
    flags[flag] = join(server.dataDirectory, flag)
    await writeFile(flags[flag], content)
  }
  const secure = await startTestServer({ flags })
  setClock(secure)
  const register = async (client: object) => {
    const headers = { authorization: secure.admin.authorization, 'content-type': 'application/json' }
    const body = JSON.stringify({ subscription: 'devtmn', tlsClientCertificateBoundAccessTokens: true, ...client })
    const { status } = await fetchWith()(`${secure.url}/oauth2/api/v1/clients`, { method: 'POST', headers, body })
    assert.equal(status, 201)
  }
  const tls = { tokenEndpointAuthMethod: 'self_signed_tls_client_auth', certificate: own.cert }
  await register({ id: 'own', name: 'own', ...tls })
  const pki = { tokenEndpointAuthMethod: 'tls_client_auth', tlsClientAuthSubjectDn: 'CN=vouched' }
  await register({ id: 'vouched', name: 'vouched', ...pki })
  try {
    for (const [id, certificate, other] of [
      ['own', own, vouched],
      ['vouched', vouched, own],
    ] as const) {
      const customFetch = (mine: typeof own | undefined) => ({
        [openid.customFetch]: fetchWith(mine) as openid.CustomFetch,
      })
      const configOf = (mine: typeof own | undefined) =>
        openid.discovery(new URL(secure.url), id, { use_mtls_endpoint_aliases: true }, openid.TlsClientAuth(), {
          algorithm: 'oauth2',
          ...customFetch(mine),
        })
      const config = await configOf(certificate)
      const { access_token, token_type } = await openid.clientCredentialsGrant(config)
      assert.equal(token_type, 'bearer')
      const { cnf } = await openid.tokenIntrospection(config, access_token)
      assert.equal(typeof cnf?.['x5t#S256'], 'string')
      await assert.rejects(
        configOf(other).then(wrong => openid.clientCredentialsGrant(wrong)),
        { status: 401 },
      )
      await assert.rejects(
        configOf(undefined).then(bare => openid.clientCredentialsGrant(bare)),
        { status: 401 },
      )
      const api = `${secure.url}/api/v1/IntegrationPackages`
      const headers = { authorization: `Bearer ${access_token}` }
      const statuses = []
      for (const mine of [certificate, other, undefined])
        statuses.push((await fetchWith(mine)(api, { headers })).status)
      assert.deepEqual(statuses, [403, 401, 401], 'without a role, stolen, stolen')
    }
  } finally {
    await secure.close()
  }
})
