import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { platformScopes } from '../src/api/oauth/platform-scopes.ts'
import { inDirectory } from '../src/store/each-database.test.ts'
import { startTestServer } from '../src/testing/index.ts'
import { flowZip, Tenant } from './tenant.ts'

const publicUrl = 'https://sluice.example'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = publicKey.export({ format: 'jwk' })

const base64Url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function proof(tenant: Tenant, claims: Readonly<Record<string, unknown>>): string {
  const iat = Math.floor(tenant.server.clock.now() / 1000)
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk }
  const input = `${base64Url(header)}.${base64Url({ jti: randomUUID(), iat, ...claims })}`
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

async function tokenOf(
  tenant: Tenant,
  parameters = '',
  credentials = 'robot:secret',
  path = '/oauth2/api/v1/token',
): Promise<string> {
  const headers = {
    authorization: `Basic ${btoa(credentials)}`,
    dpop: proof(tenant, { htm: 'POST', htu: `${publicUrl}${path}` }),
  }
  const { text } = await tenant.request(`${path}?grant_type=client_credentials${parameters}`, {
    method: 'POST',
    headers,
  })
  const { token_type, access_token } = JSON.parse(text)
  assert.equal(token_type, 'DPoP', text)
  return access_token
}

const proofFor = (tenant: Tenant, token: string, more: Readonly<Record<string, unknown>> = {}) =>
  proof(tenant, {
    ...{ htm: 'POST', htu: `${publicUrl}/http/hello` },
    ath: createHash('sha256').update(token).digest('base64url'),
    ...more,
  })

/** A server behind a proxy, as it were: it is reached where its public URL does not say. */
async function setUp(dataDirectory?: string): Promise<Tenant> {
  const port = await freePort()
  const flags = { 'public-url': publicUrl, port: String(port) }
  const server = await startTestServer({ flags, ...(dataDirectory !== undefined && { dataDirectory }) })
  return new Tenant({ ...server, url: `http://localhost:${port}` })
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

let tenant: Tenant

before(async () => {
  tenant = await setUp()
  await tenant.deploy(await flowZip())
  const client = { id: 'robot', name: 'robot', subscription: 'deviflmap', secret: 'secret' }
  await tenant.administer('POST', '/oauth2/api/v1/clients', client)
  const role = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
  await tenant.administer('PUT', role, { users: [{ name: 'oauth_client_robot' }] })
})

after(() => tenant.close())

/** A call of the flow by its raw headers, which may come twice. */
function call(headers: readonly (readonly [string, string])[], path = '/http/hello') {
  return new Promise<{ status: number; challenge: string }>((resolve, reject) => {
    const request = httpRequest(`${tenant.server.url}${path}`, { method: 'POST', agent: false }, response => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, challenge: response.headers['www-authenticate'] ?? '' })
    })
    for (const name of new Set(headers.map(([name]) => name))) {
      request.setHeader(
        name,
        headers.filter(header => header[0] === name).map(([, value]) => value),
      )
    }
    request.on('error', reject).end('x')
  })
}

const header = (name: string, value: string) => [name, value] as const

for (const format of ['', '&token_format=jwtrfc']) {
  test(`a flow is called with a DPoP token for the public URL${format}`, async () => {
    const token = await tokenOf(tenant, format)
    const authorization = header('authorization', `DPoP ${token}`)
    assert.equal((await call([authorization, header('dpop', proofFor(tenant, token))])).status, 200)
    const withQuery = await call([authorization, header('dpop', proofFor(tenant, token))], '/http/hello?a=b')
    assert.equal(withQuery.status, 200)
  })
}

type Headers = readonly (readonly [string, string])[]

const thefts: readonly (readonly [what: string, headers: (token: string) => Headers, error: string])[] = [
  ['a stolen token without a proof', token => [header('authorization', `DPoP ${token}`)], 'invalid_dpop_proof'],
  [
    'a stolen token as Bearer, with a stolen proof',
    token => [header('authorization', `Bearer ${token}`), header('dpop', proofFor(tenant, token))],
    'invalid_token',
  ],
  [
    'two proofs',
    token => [
      header('authorization', `DPoP ${token}`),
      header('dpop', proofFor(tenant, token)),
      header('dpop', proofFor(tenant, token)),
    ],
    'invalid_dpop_proof',
  ],
  [
    'a proof for the address that the request says',
    token => [
      header('authorization', `DPoP ${token}`),
      header('host', 'evil.example'),
      header('x-forwarded-host', 'evil.example'),
      header('x-forwarded-proto', 'http'),
      header('dpop', proofFor(tenant, token, { htu: 'http://evil.example/http/hello' })),
    ],
    'invalid_dpop_proof',
  ],
  [
    'a proof for another flow',
    token => [
      header('authorization', `DPoP ${token}`),
      header('dpop', proofFor(tenant, token, { htu: `${publicUrl}/http/other` })),
    ],
    'invalid_dpop_proof',
  ],
  [
    'a token that was never issued',
    () => [header('authorization', `DPoP ${'0'.repeat(32)}`), header('dpop', proofFor(tenant, '0'.repeat(32)))],
    'invalid_token',
  ],
]

for (const [what, headers, error] of thefts) {
  test(`refused with a challenge: ${what}`, async () => {
    const { status, challenge } = await call(headers(await tokenOf(tenant)))
    assert.equal(status, 401)
    assert.match(challenge, new RegExp(`^DPoP realm="dev", error="${error}", algs="ES256 `))
  })
}

test('a caller without the role is told so by the scheme that it came with', async () => {
  const client = { id: 'guest', name: 'guest', subscription: 'deviflmap', secret: 'secret' }
  await tenant.administer('POST', '/oauth2/api/v1/clients', client)
  const token = await tokenOf(tenant, '', 'guest:secret')
  const bound = await call([header('authorization', `dpop ${token}`), header('dpop', proofFor(tenant, token))])
  assert.deepEqual(
    [bound.status, bound.challenge.split(', algs')[0]],
    [403, 'DPoP realm="dev", error="insufficient_scope"'],
  )
  const platform = { kind: 'platform', scopes: ['hcp.readAuditLogs'] }
  const { id, secret } = JSON.parse((await tenant.administer('POST', '/oauth2/api/v1/clients', platform)).text)
  const other = await tokenOf(tenant, '', `${id}:${secret}`, '/oauth2/apitoken/v1')
  const path = '/oauth2/api/v1/clients'
  const dpop = proofFor(tenant, other, { htm: 'GET', htu: `${publicUrl}${path}` })
  const { status, headers } = await tenant.request(path, { headers: { authorization: `DPoP ${other}`, dpop } })
  const challenge = headers.get('www-authenticate') ?? ''
  assert.deepEqual([status, challenge.split(', algs')[0]], [403, 'DPoP realm="dev", error="insufficient_scope"'])
})

/** A path of each API that takes tokens, and who gets them. */
const apis: readonly (readonly [path: string, client: 'platform' | 'api'])[] = [
  ['/api/v1/IntegrationPackages', 'api'],
  ['/itspaces/odata/api/v1/IntegrationPackages', 'api'],
  ['/api/monitoring/v1/usage/storage', 'api'],
  ['/metrics', 'api'],
  ['/oauth2/api/v1/clients', 'platform'],
  ['/api/identity/v1/users', 'platform'],
  ['/authorization/v1/accounts/dev/groups', 'platform'],
  ['/api/audit/v1/records', 'platform'],
  ['/auditlog/v1/accounts/dev/AuditLogRecords', 'platform'],
]

test('a bound token opens no API without its key, and a proof is for one address as it is spelt', async () => {
  const client = { id: 'reader', name: 'reader', subscription: 'devtmn', secret: 'secret' }
  await tenant.administer('POST', '/oauth2/api/v1/clients', client)
  await tenant.assign('reader', 'AuthGroup.Administrator', 'devtmn')
  const { text } = await tenant.administer('POST', '/oauth2/api/v1/clients', {
    ...{ kind: 'platform', scopes: platformScopes },
  })
  const { id, secret } = JSON.parse(text) as { id: string; secret: string }
  const tokens = {
    api: await tokenOf(tenant, '', 'reader:secret'),
    platform: await tokenOf(tenant, '', `${id}:${secret}`, '/oauth2/apitoken/v1'),
  }
  const get = async (path: string, headers: Readonly<Record<string, string>>) =>
    (await tenant.request(path, { headers })).status
  for (const [path, kind] of apis) {
    const token = tokens[kind]
    const proved = (claims: object) => ({
      authorization: `DPoP ${token}`,
      dpop: proofFor(tenant, token, { htm: 'GET', htu: `${publicUrl}${path}`, ...claims }),
    })
    assert.equal(await get(path, { authorization: `Bearer ${token}` }), 401, path)
    assert.equal(await get(path, { authorization: `DPoP ${token}` }), 401, path)
    const right = proved({})
    assert.equal(await get(path, { ...right, authorization: `Bearer ${token}` }), 401, path)
    assert.equal(await get(path, right), 200, path)
    assert.equal(await get(path, right), 401, `${path} again`)
    assert.notEqual(await get(`${path}?$top=1`, proved({ htu: `${publicUrl}${path}?$top=2` })), 401, path)
    for (const claims of [
      { htu: `${publicUrl}${path}/` },
      { htu: `${publicUrl}${path.toUpperCase()}` },
      { htu: `${publicUrl}/${path}` },
      { htu: `${publicUrl}/./${path.slice(1)}` },
      { htu: `${publicUrl}:8443${path}` },
      { htu: `${publicUrl.replace('https', 'http')}${path}` },
      { htu: path },
      { htm: 'get' },
      { htm: 'HEAD' },
      { ath: undefined },
    ]) {
      assert.equal(await get(path, proved(claims)), 401, `${path} ${JSON.stringify(claims)}`)
    }
  }
})

test('where the public URL is https, sessions travel by https alone', async () => {
  const { user, password } = tenant.server.admin
  const body = JSON.stringify({ user, password })
  const headers = { 'content-type': 'application/json' }
  const answer = await tenant.request('/api/session/v1', { method: 'POST', headers, body })
  assert.match(answer.headers.get('set-cookie') ?? '', /^JSESSIONID=\S+;.* Secure$/)
})

test('a proof is used up by a call, and is too old after a minute', async () => {
  const token = await tokenOf(tenant)
  const authorization = header('authorization', `DPoP ${token}`)
  const used = [authorization, header('dpop', proofFor(tenant, token))]
  const unused = [authorization, header('dpop', proofFor(tenant, token))]
  const answers = await Promise.all([call(used), call(used), call(used)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
  tenant.server.clock.advance(60_000)
  assert.equal((await call(unused)).status, 401)
})

test('what is refused is in the audit log', async () => {
  const send = (path: string, parameters: Record<string, string>, headers: Record<string, string> = {}) =>
    tenant.request(path, { method: 'POST', headers, body: new URLSearchParams(parameters) })
  const [grant, authorization] = [{ grant_type: 'client_credentials' }, `Basic ${btoa('robot:secret')}`]
  const assertion = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }
  await send('/oauth2/api/v1/token', { ...grant, ...assertion, client_assertion: 'a.b.c' })
  await send('/oauth2/api/v1/token', grant, { authorization, dpop: 'a.b.c' })
  await send('/oauth2/api/v1/par', { request_uri: 'urn:x' }, { authorization })
  const { text } = await tenant.administer('GET', '/api/audit/v1/records?outcome=failure&limit=3')
  const records: readonly Record<string, unknown>[] = JSON.parse(text).records
  const found = records.map(({ object, action, clientId, reason }) => [object, action, clientId, reason])
  assert.deepEqual(found.reverse(), [
    ['client-authentication', 'authenticate', undefined, 'the assertion is too long or no JWT'],
    ['access-token', 'issue', 'robot', 'the DPoP proof is no JWT'],
    ['authorization-code', 'issue', 'robot', 'Expected no request_uri in a pushed authorization request.'],
  ])
})

test('certificates in headers are not looked at', async () => {
  const client = { id: 'dressed', name: 'dressed', subscription: 'deviflmap', tlsClientAuthSubjectDn: 'CN=dressed' }
  const { text } = await tenant.administer('POST', '/oauth2/api/v1/clients', {
    ...client,
    tokenEndpointAuthMethod: 'tls_client_auth',
  })
  assert.match(text, /only with --tls-client-certificates request and --tls-client-ca/)
  const headers = { ssl_client_cert: 'x', 'x-ssl-client-cert': 'x', 'client-cert': ':x:' }
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'dressed' })
  assert.equal((await tenant.request('/oauth2/api/v1/token', { method: 'POST', headers, body })).status, 401)
})

test('a proof that was used before a restart is known after it', () =>
  inDirectory(async dataDirectory => {
    const first = await setUp(dataDirectory)
    const client = { id: 'robot', name: 'robot', subscription: 'deviflmap', secret: 'secret' }
    await first.administer('POST', '/oauth2/api/v1/clients', client)
    const dpop = proof(first, { htm: 'POST', htu: `${publicUrl}/oauth2/api/v1/token` })
    const ask = async (of: Tenant) => {
      const headers = { authorization: `Basic ${btoa('robot:secret')}`, dpop }
      const path = '/oauth2/api/v1/token?grant_type=client_credentials'
      return (await of.request(path, { method: 'POST', headers })).status
    }
    assert.equal(await ask(first), 200)
    await first.close()
    const second = await setUp(dataDirectory)
    assert.equal(await ask(second), 400)
    await second.close()
  }))
