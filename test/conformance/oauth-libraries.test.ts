import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { agreementTo, startTestServer, type TestServer, Visitor } from '@sluice/server/testing'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { Tenant } from '../tenant.ts'

let server: TestServer
const redirectUri = 'https://web.example/answer'

before(async () => {
  server = await startTestServer()
  const tenant = new Tenant({ url: server.url, ...server.admin })
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
