import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { flowText } from '@sluice/iflow/testing'
import { inDirectory } from '../src/store/each-database.test.ts'
import { clientCertificate, fetchWith, type KeyAndCertificate, startTestServer } from '../src/testing/index.ts'
import { selfSigned } from '../src/testing/self-signed.ts'
import { artifactZip } from './relay-flow.ts'
import { ok, Tenant } from './tenant.ts'

const day = 86_400_000

/** The status of a call, with a certificate or without. */
async function statusOf(url: string, pem?: KeyAndCertificate, headers: Record<string, string> = {}): Promise<number> {
  return (await fetchWith(pem)(url, { method: 'POST', headers, body: 'x' })).status
}

const https = { ComponentType: 'HTTPS', urlPath: '/hello', xsrfProtection: '0' }
const flow = flowText({
  processes: [
    {
      id: 'Main',
      nodes: [
        { id: 'Start', type: 'MessageStartEvent' },
        { id: 'End', type: 'MessageEndEvent' },
      ],
      flows: [{ from: 'Start', to: 'End' }],
    },
  ],
  channels: [{ step: 'Start', direction: 'Sender', properties: https }],
})

test('callers with a client certificate are the user that it is mapped to, with the roles of that user', () =>
  inDirectory(async dataDirectory => {
    const tenant = new Tenant(await startTestServer({ dataDirectory }))
    const now = tenant.server.clock.now()
    const pems = {
      sender: clientCertificate('sender', now - day, now + day),
      powerless: clientCertificate('powerless', now - day, now + day),
      expired: clientCertificate('expired', now - 2 * day, now - day),
      early: clientCertificate('early', now + day, now + 3 * day),
      unknown: clientCertificate('sender', now - day, now + day),
    }
    await tenant.deploy(await artifactZip('hello', flow, {}), 'hello')
    const mappings = '/api/v1/CertificateUserMappings'
    const map = async (User: string, { cert }: KeyAndCertificate) => {
      const body = { User, Certificate: Buffer.from(cert).toString('base64') }
      return JSON.parse(ok(await tenant.administer('POST', mappings, body)).text).d
    }
    const mapped = await map('other', pems.sender)
    assert.equal((await map('sender', pems.sender)).Id, mapped.Id, 'a certificate has one user')
    await map('powerless', pems.powerless)
    await map('sender', pems.expired)
    await map('sender', pems.early)
    const path = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
    ok(await tenant.administer('PUT', path, { users: [{ name: 'sender' }] }))
    await tenant.close()

    const [cert, key] = [join(dataDirectory, 'cert.pem'), join(dataDirectory, 'key.pem')]
    await writeFile(cert, selfSigned.cert)
    await writeFile(key, selfSigned.key)
    const flags = { 'tls-cert': cert, 'tls-key': key }
    const server = await startTestServer({ dataDirectory, flags: { ...flags, 'tls-client-certificates': 'request' } })
    const client = { id: 'vouched', name: 'vouched', subscription: 'deviflmap', tlsClientAuthSubjectDn: 'CN=a' }
    const body = JSON.stringify({ ...client, tokenEndpointAuthMethod: 'tls_client_auth' })
    const json = { authorization: server.admin.authorization, 'content-type': 'application/json' }
    const clients = `${server.url}/oauth2/api/v1/clients`
    const registered = await fetchWith(undefined)(clients, { method: 'POST', headers: json, body })
    assert.equal(registered.status, 400, 'without an authority nobody is vouched for')
    const url = `${server.url}/http/hello`
    const statuses = await Promise.all([
      statusOf(url, pems.sender),
      statusOf(url, pems.powerless),
      statusOf(url, pems.expired),
      statusOf(url, pems.early),
      statusOf(url, pems.unknown),
      statusOf(url),
      statusOf(url, pems.sender, { authorization: 'Bearer 0123' }),
      statusOf(`${server.url}/api/v1/IntegrationPackages`, pems.sender),
    ])
    assert.deepEqual(statuses, [200, 403, 401, 401, 401, 401, 401, 401])
    const headers = { authorization: server.admin.authorization }
    const remove = `${server.url}${mappings}('${mapped.Id}')`
    assert.equal(
      await statusOf(remove, undefined, { ...headers, 'x-http-method': 'DELETE' }),
      403,
      'Basic needs a CSRF token',
    )
    const edit = async (method: string, path: string, json: object) => {
      const options = {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(json),
      }
      return (await fetchWith(undefined)(`${server.url}/api/identity/v1/users${path}`, options)).status
    }
    assert.equal(await edit('POST', '', { name: 'sender', password: 'a password of theirs' }), 201)
    assert.equal(await statusOf(url, pems.sender), 200, 'a local user may have a certificate, too')
    const edited = { email: '', displayName: '', enabled: false }
    assert.equal(await edit('PUT', '/sender', edited), 200)
    assert.equal(await statusOf(url, pems.sender), 401, 'disabled')
    assert.equal(await edit('PUT', '/sender', { ...edited, enabled: true }), 200)
    assert.equal(await statusOf(url, pems.sender), 200, 'enabled again')
    server.clock.advance(2 * day)
    assert.equal(await statusOf(url, pems.sender), 401, 'expired meanwhile')
    await server.close()

    const deaf = await startTestServer({ dataDirectory, flags })
    assert.equal(await statusOf(`${deaf.url}/http/hello`, pems.sender), 401, 'certificates are not asked for')
    await deaf.close()
  }))

test('a token that is bound to a certificate is worth nothing with another one, nor without, at any API', () =>
  inDirectory(async dataDirectory => {
    const [cert, key] = [join(dataDirectory, 'cert.pem'), join(dataDirectory, 'key.pem')]
    await writeFile(cert, selfSigned.cert)
    await writeFile(key, selfSigned.key)
    const flags = { 'tls-cert': cert, 'tls-key': key, 'tls-client-certificates': 'request' }
    const server = await startTestServer({ dataDirectory, flags })
    const now = server.clock.now()
    const [own, other] = [1, 2].map(() => clientCertificate('robot', now - day, now + day))
    const send = async (path: string, headers: Record<string, string>, pem?: KeyAndCertificate, body?: string) => {
      const method = body === undefined ? 'GET' : 'POST'
      return fetchWith(pem)(`${server.url}${path}`, { method, headers, body })
    }
    const administer = (path: string, json: object, method = 'POST') =>
      fetchWith()(`${server.url}${path}`, {
        method,
        headers: { authorization: server.admin.authorization, 'content-type': 'application/json' },
        body: JSON.stringify(json),
      })
    const client = { id: 'robot', name: 'robot', subscription: 'devtmn', certificate: own?.cert }
    const made = await administer('/oauth2/api/v1/clients', {
      ...client,
      ...{ tokenEndpointAuthMethod: 'self_signed_tls_client_auth', tlsClientCertificateBoundAccessTokens: true },
    })
    assert.equal(made.status, 201)
    const roles = '/authorization/v1/accounts/dev/apps/devtmn/roles/users?roleName=AuthGroup.Administrator'
    assert.equal((await administer(roles, { users: [{ name: 'oauth_client_robot' }] }, 'PUT')).status, 201)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const boundary = { 'content-type': 'multipart/mixed; boundary=b' }
    const batch = '--b\r\nContent-Type: application/http\r\n\r\nGET IntegrationPackages HTTP/1.1\r\n\r\n\r\n--b--\r\n'
    const ask = 'grant_type=client_credentials&client_id=robot'
    assert.equal((await send('/oauth2/api/v1/token', form, other, ask)).status, 401)
    assert.equal((await send('/oauth2/api/v1/token', form, undefined, ask)).status, 401)
    for (const format of ['', '&token_format=jwtrfc']) {
      const answer = await send('/oauth2/api/v1/token', form, own, `${ask}${format}`)
      const { access_token } = (await answer.json()) as { access_token: string }
      const authorization = `Bearer ${access_token}`
      for (const [path, body] of [
        ['/api/v1/IntegrationPackages'],
        ['/itspaces/odata/api/v1/IntegrationPackages'],
        ['/api/monitoring/v1/usage/storage'],
        ['/metrics'],
        ['/api/v1/$batch', batch],
      ] as const) {
        const headers = { authorization, ...(body !== undefined && boundary) }
        const statuses = await Promise.all(
          [own, other, undefined].map(async pem => (await send(path, headers, pem, body)).status),
        )
        assert.deepEqual(statuses, [body === undefined ? 200 : 202, 401, 401], `${path}${format}`)
      }
      const asked = await send('/oauth2/api/v1/introspect', form, own, `client_id=robot&token=${access_token}`)
      assert.match(await asked.text(), /"active":true.*"cnf":\{"x5t#S256":"[\w-]{43}"\}/)
    }
    await server.close()
  }))
