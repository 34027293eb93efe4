import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AssertionMaker, agreementTo, startTestServer, type TestServer, Visitor } from '@sluice/server/testing'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { Tenant } from '../tenant.ts'

let server: TestServer
let tenant: Tenant
const redirectUri = 'https://web.example/answer'

before(async () => {
  server = await startTestServer()
  tenant = new Tenant({ url: server.url, ...server.admin })
  const common = { subscription: 'deviflmap', secret: 's;ecr:et "%2B+" ü' }
  await tenant.createClient({ ...common, id: 'service' })
  const user = { ...common, grant: 'authorization_code', redirectUri } as const
  await tenant.createClient({ ...user, id: 'web' })
  await tenant.createClient({ ...user, id: 'app', confidential: false, secret: undefined })
})

after(() => server.close())

const secret = 's;ecr:et "%2B+" ü'

/** What the browser of a user who agrees brings back to the client. */
async function agree(url: URL): Promise<URL> {
  const visitor = new Visitor(server.url)
  const path = `${url.pathname}${url.search}`
  const consent = await visitor.signIn(path, server.admin)
  const { location } = await visitor.send(path, agreementTo(consent))
  return new URL(location)
}

const methods: readonly [name: string, id: string, authentication: openid.ClientAuth][] = [
  ['a confidential client', 'web', openid.ClientSecretBasic(secret)],
  ['a public client', 'app', openid.None()],
]

for (const [name, id, authentication] of methods) {
  test(`openid-client: ${name} finds the server, gets tokens of a user, and refreshes them`, async () => {
    const config = await openid.discovery(new URL(server.url), id, undefined, authentication, {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    })
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const expectedState = openid.randomState()
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
    })
    const tokens = await openid.authorizationCodeGrant(config, await agree(url), { pkceCodeVerifier, expectedState })
    assert.equal(tokens.expires_in, 3600)
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token ?? ''), { error: 'invalid_grant' })
    await assert.rejects(openid.refreshTokenGrant(config, next.refresh_token ?? ''), { error: 'invalid_grant' })
  })
}

test('openid-client: a client gets tokens of its own, asks about them, and gives them back', async () => {
  const authentication = openid.ClientSecretBasic(secret)
  const config = await openid.discovery(new URL(server.url), 'service', undefined, authentication, {
    algorithm: 'oauth2',
    execute: [openid.allowInsecureRequests],
  })
  const { access_token } = await openid.clientCredentialsGrant(config)
  assert.match(access_token, /^[0-9a-f]{32}$/)
  const { active, client_id, username } = await openid.tokenIntrospection(config, access_token)
  assert.deepEqual([active, client_id, username], [true, 'service', 'oauth_client_service'])
  await openid.tokenRevocation(config, access_token)
  assert.equal((await openid.tokenIntrospection(config, access_token)).active, false)
})

test('oauth4webapi: discovery, the code grant with issuer and PKCE, refresh, and client credentials', async () => {
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(server.url)
  const discovery = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
  const as = await oauth.processDiscoveryResponse(issuer, discovery)
  const client = { client_id: 'web' }
  const authentication = oauth.ClientSecretBasic(secret)
  const verifier = oauth.generateRandomCodeVerifier()
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = String(
    new URLSearchParams({
      response_type: 'code',
      client_id: 'web',
      redirect_uri: redirectUri,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 'state',
    }),
  )
  const answer = oauth.validateAuthResponse(as, client, await agree(url), 'state')
  const response = await oauth.authorizationCodeGrantRequest(
    ...([as, client, authentication, answer, redirectUri, verifier, insecure] as const),
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response)
  const refresh = await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token ?? '', insecure)
  assert.ok((await oauth.processRefreshTokenResponse(as, client, refresh)).refresh_token)
  const service = { client_id: 'service' }
  const own = await oauth.clientCredentialsGrantRequest(as, service, authentication, {}, insecure)
  assert.equal((await oauth.processClientCredentialsResponse(as, service, own)).token_type, 'bearer')
})

const saml2Bearer = 'urn:ietf:params:oauth:grant-type:saml2-bearer'

/** A provider that the server trusts from now on. */
async function trustedProvider(name: string): Promise<AssertionMaker> {
  const maker = new AssertionMaker({ audience: server.url, issuer: `https://${name}.example`, keyType: 'rsa' })
  const saml = { issuer: maker.issuer, certificates: [maker.certificate] }
  await tenant.send('POST', '/api/identity/v1/identity-providers', 201, { name, saml })
  return maker
}

test('openid-client: a client exchanges a SAML assertion for a token of its user', async () => {
  const provider = await trustedProvider('corporate')
  const config = await openid.discovery(new URL(server.url), 'service', undefined, openid.ClientSecretBasic(secret), {
    algorithm: 'oauth2',
    execute: [openid.allowInsecureRequests],
  })
  assert.ok(config.serverMetadata().grant_types_supported?.includes(saml2Bearer))
  const assertion = provider.encoded({ now: server.clock.now(), nameId: 'ada@example.com' })
  const { access_token, refresh_token } = await openid.genericGrantRequest(config, saml2Bearer, { assertion })
  assert.equal(refresh_token, undefined)
  const { active, username } = await openid.tokenIntrospection(config, access_token)
  assert.deepEqual([active, username], [true, 'ada@example.com'])
  await assert.rejects(openid.genericGrantRequest(config, saml2Bearer, { assertion }), {
    error: 'invalid_grant',
    error_description: 'The assertion was used before.',
  })
})

test('oauth4webapi: a client registered for codes exchanges a SAML assertion of which it is the issuer', async () => {
  const provider = await trustedProvider('partners')
  const insecure = { [oauth.allowInsecureRequests]: true }
  const as = { issuer: server.url, token_endpoint: `${server.url}/oauth2/api/v1/token` }
  const client = { client_id: 'web' }
  const assertion = provider.encoded({ now: server.clock.now(), issuer: 'web' })
  const parameters = { assertion, saml2idp: 'partners', token_format: 'jwtrfc' }
  const response = await oauth.genericTokenEndpointRequest(
    ...([as, client, oauth.ClientSecretBasic(secret), saml2Bearer, parameters, insecure] as const),
  )
  const { access_token } = await oauth.processGenericTokenEndpointResponse(as, client, response)
  assert.equal(JSON.parse(Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()).sub, 'ada')
})
