import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { executeHttpRequest } from '@sap-cloud-sdk/http-client'
import { setGlobalLogLevel } from '@sap-cloud-sdk/util'
import { startTestServer, type TestServer } from '@sluice/server/testing'
import { Tenant } from '../tenant.ts'

// The SDK does not fetch tokens of OAuth2ClientCredentials destinations: the destination service does, and hands them out with
// the destination. What stands in for it here asks for tokens as that one does for a destination whose additional property
// `tokenService.addClientCredentialsInBody` is `false`, which the original needs: Basic, and the grant in a form.

let server: TestServer
let platform: Server
/** What the token endpoint answered to the stand-in. */
const tokenStatuses: number[] = []
const secret = 'a secret: of the destination'

before(async () => {
  setGlobalLogLevel('error')
  server = await startTestServer()
  const tenant = new Tenant({ url: server.url, ...server.admin })
  await tenant.importFlow('hello', fileURLToPath(new URL('../../examples/hello', import.meta.url)))
  await tenant.deploy('hello')
  await tenant.createClient({ id: 'destination', subscription: 'deviflmap', secret })
  await tenant.allowMessages('destination')
  platform = createServer((request, response) => {
    answer(request).then(
      body => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>(resolve => platform.listen(0, '127.0.0.1', resolve))
  bindServices(`http://localhost:${(platform.address() as AddressInfo).port}`)
})

after(async () => {
  await new Promise(resolve => platform.close(resolve))
  await server.close()
})

/** As an application in Cloud Foundry that is bound to the destination service and to XSUAA. */
function bindServices(url: string): void {
  const credentials = { clientid: 'application', clientsecret: 'x', url, tenantid: 'tenant', identityzone: 'tenant' }
  process.env.VCAP_SERVICES = JSON.stringify({
    destination: [{ name: 'destination', label: 'destination', tags: [], credentials: { ...credentials, uri: url } }],
    xsuaa: [{ name: 'xsuaa', label: 'xsuaa', tags: ['xsuaa'], credentials: { ...credentials, xsappname: 'app' } }],
  })
}

/** XSUAA gives the application a token for the destination service; that one has one destination. */
async function answer({ url = '' }: IncomingMessage): Promise<unknown> {
  if (url.startsWith('/oauth/token')) return { access_token: platformToken(), token_type: 'bearer', expires_in: 3600 }
  assert.match(url, /^\/destination-configuration\/v1\/destinations\/CPI/)
  const destinationConfiguration = {
    ...{ Name: 'CPI', Type: 'HTTP', URL: server.url, ProxyType: 'Internet', Authentication: 'OAuth2ClientCredentials' },
    ...{ tokenServiceURL: `${server.url}/oauth2/api/v1/token`, tokenServiceURLType: 'Dedicated' },
    ...{ clientId: 'destination', clientSecret: secret, 'tokenService.addClientCredentialsInBody': 'false' },
  }
  const found = { owner: { SubaccountId: 'tenant', InstanceId: null }, destinationConfiguration }
  return url.includes('skipTokenRetrieval=true') ? found : { ...found, authTokens: [await fetchToken()] }
}

async function fetchToken(): Promise<unknown> {
  const authorization = `Basic ${btoa(`destination:${secret}`)}`
  const body = 'grant_type=client_credentials'
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const response = await fetch(`${server.url}/oauth2/api/v1/token`, { method: 'POST', headers, body })
  tokenStatuses.push(response.status)
  const { access_token, token_type, expires_in } = (await response.json()) as Record<string, string>
  const value = `${token_type} ${access_token}`
  return {
    type: token_type,
    value: access_token,
    expires_in: String(expires_in),
    http_header: { key: 'Authorization', value },
  }
}

function platformToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const expires = Math.floor(Date.now() / 1000) + 3600
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ zid: 'tenant', exp: expires, iat: expires - 3600 })}.c2ln`
}

test('SAP Cloud SDK: a destination of type OAuth2ClientCredentials calls a flow', async () => {
  const request = { method: 'post', url: '/http/hello', data: { order: 1 } } as const
  for (let round = 0; round < 2; round++) {
    const { status, data } = await executeHttpRequest({ destinationName: 'CPI' }, request, { fetchCsrfToken: false })
    assert.deepEqual([status, data], [200, 'Hello, world!'])
  }
  assert.deepEqual(tokenStatuses, [200], 'the SDK keeps what it got')
})

test('SAP Cloud SDK: a destination whose client belongs to another application is refused', async () => {
  const tenant = new Tenant({ url: server.url, ...server.admin })
  await tenant.deleteClient('destination')
  await tenant.createClient({ id: 'destination', subscription: 'devtmn', secret })
  await assert.rejects(
    executeHttpRequest(
      { destinationName: 'CPI', useCache: false },
      { method: 'post', url: '/http/hello' },
      { fetchCsrfToken: false },
    ),
    { message: /401/ },
  )
})
