import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { agreementTo, Visitor } from '../src/testing/visitor.ts'
import { startProcess } from './server-process.ts'
import { flowZip, ok, Tenant } from './tenant.ts'

const secrets = {
  client: 'zq7-secret-of-the-client',
  wrong: 'zq7-wrong-secret',
  inBody: 'zq7-secret-in-a-body',
  inQuery: 'zq7-secret-in-an-address',
  password: 'zq7-password-of-ann',
  wrongPassword: 'zq7-wrong-password',
  assertion: 'zq7.assertion.of-a-client',
  body: 'zq7-body-of-a-message',
  damaged: 'zq7-in-damaged-json',
}
const verifier = 'zq7-verifier-of-at-least-forty-three-characters'
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** All that the server answers to `fetch`, heads included. */
async function recorded(run: (answers: string[]) => Promise<void>): Promise<string[]> {
  const answers: string[] = []
  const send = globalThis.fetch
  globalThis.fetch = async (...request) => {
    const response = await send(...request)
    answers.push(`${JSON.stringify([...response.headers])}\n${await response.clone().text()}`)
    return response
  }
  try {
    await run(answers)
  } finally {
    globalThis.fetch = send
  }
  return answers
}

const basic = (secret: string) => ({ authorization: `Basic ${btoa(`web:${secret}`)}` })

/** Everything that clients and users do; gives what they were answered and nobody else may read. */
async function useEverything(tenant: Tenant): Promise<string[]> {
  const { url } = tenant.server
  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const { text } = await tenant.request(path, { method: 'POST', headers, body: new URLSearchParams(fields) })
    return text === '' ? {} : JSON.parse(text)
  }
  const token = (fields: Record<string, string>, secret = secrets.client) =>
    post('/oauth2/api/v1/token', fields, basic(secret))
  await tenant.createClient({ id: 'orders', secret: secrets.client })
  const client = { id: 'web', name: 'Web', subscription: 'deviflmap', secret: secrets.client }
  const code = { grant: 'authorization_code', redirectUri: 'https://web.example/answer' }
  ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { ...client, ...code }))
  const { text } = ok(
    await tenant.administer('POST', '/oauth2/api/v1/clients', { kind: 'platform', scopes: ['hcp.readOAuthSettings'] }),
  )
  const generated = JSON.parse(text) as { id: string; secret: string }
  const ann = { name: 'ann', password: secrets.password, mustChangePassword: false }
  ok(await tenant.administer('POST', '/api/identity/v1/users', ann))
  await tenant.assign('orders')

  await token({ grant_type: 'client_credentials' }, secrets.wrong)
  await post('/oauth2/api/v1/token', {
    grant_type: 'client_credentials',
    client_id: 'web',
    client_secret: secrets.inBody,
  })
  await post(`/oauth2/api/v1/token?grant_type=client_credentials&client_id=web&client_secret=${secrets.inQuery}`, {})
  const clientAssertion = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }
  await token({ grant_type: 'client_credentials', ...clientAssertion, client_assertion: secrets.assertion })
  const saml = 'urn:ietf:params:oauth:grant-type:saml2-bearer'
  await token({ grant_type: saml, assertion: Buffer.from(secrets.assertion).toString('base64url') })
  const damaged = {
    method: 'POST',
    headers: { authorization: tenant.server.admin.authorization, 'content-type': 'application/json' },
  }
  await tenant.request('/oauth2/api/v1/clients', { ...damaged, body: `{"secret":"${secrets.damaged}` })

  const visitor = new Visitor(url)
  const query = { response_type: 'code', client_id: 'web', code_challenge: challenge, code_challenge_method: 'S256' }
  const path = `/oauth2/api/v1/authorize?${new URLSearchParams(query)}`
  await visitor.send(path, { user: 'ann', password: secrets.wrongPassword })
  const consent = await visitor.signIn(path, { user: 'ann', password: secrets.password })
  const { location } = await visitor.send(path, agreementTo(consent))
  const issued = new URL(location).searchParams.get('code') ?? ''
  const first = await token({ grant_type: 'authorization_code', code: issued, code_verifier: verifier })
  const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  for (const kind of ['access_token', 'refresh_token']) {
    await post('/oauth2/api/v1/introspect', { token: second[kind] }, basic(secrets.client))
  }
  await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
  await post('/oauth2/api/v1/revoke', { token: second.access_token }, basic(secrets.client))
  await visitor.open('/oauth2')

  const [opaque, jwt] = [
    await tenant.token('orders', '', secrets.client),
    await tenant.token('orders', '&token_format=jwtrfc', secrets.client),
  ]
  const statuses: number[] = []
  for (const bearer of [opaque, jwt, second.access_token]) {
    statuses.push((await tenant.call('/hello', bearer, { body: secrets.body })).status)
    await tenant.call(`/hello?access_token=${bearer}`, undefined, { body: secrets.body })
    await tenant.request(`/oauth2/api/v1/clients?access_token=${bearer}`)
  }
  assert.deepEqual(statuses, [200, 200, 401])
  await tenant.administer('GET', '/oauth2/api/v1/tokens')
  await tenant.administer('GET', '/oauth2/api/v1/clients')
  const session = visitor.cookie.replace('JSESSIONID=', '')
  return [
    ...[issued, first.access_token, first.refresh_token, second.access_token, second.refresh_token, opaque],
    ...[generated.secret, session, jwt.slice(-80)],
  ]
}

/** What the server has written: files by their names, and its standard error. */
async function writtenTo(directory: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(directory.length), await readFile(path))
  }
  return files
}

test('no secret, token, code or body of a message is in any log, file or answer where it does not belong', async () => {
  const data = await mkdtemp(join(tmpdir(), 'sluice-leaks-'))
  let log = ''
  const server = await startProcess(data, { SLUICE_LOG_LEVEL: 'debug' }, text => {
    log += text
  })
  try {
    const tenant = new Tenant(server.described)
    await tenant.upload(await flowZip())
    await tenant.administer('POST', "/api/v1/DeployIntegrationDesigntimeArtifact?Id='hello'&Version='active'")
    while ((await tenant.call('/hello', undefined)).status === 404);
    let issued: string[] = []
    const answers = await recorded(async () => {
      issued = await useEverything(tenant)
    })
    server.process.kill('SIGTERM')
    await once(server.process, 'exit')
    assert.ok(
      issued.every(text => text.length >= 32),
      'expected every step to succeed',
    )

    const written = new Map([...(await writtenTo(data)), ['standard error', Buffer.from(log)]])
    assert.ok(
      [...written.keys()].some(name => name.startsWith('/log/')),
      [...written.keys()].join(),
    )
    for (const [name, bytes] of written) {
      for (const text of [...Object.values(secrets), verifier]) assert.ok(!bytes.includes(text), `${text} in ${name}`)
      // Five characters may be told; no ten of them stand there by chance.
      for (const text of issued) {
        assert.ok(!bytes.includes(text.slice(0, 10)), `${text} in ${name}`)
        assert.ok(!bytes.includes(text.slice(-10)), `${text} in ${name}`)
      }
    }
    for (const text of Object.values(secrets)) assert.ok(!answers.some(answer => answer.includes(text)), text)
    for (const text of issued) {
      assert.equal(answers.filter(answer => answer.includes(text)).length, 1, `${text} is answered once`)
    }
  } finally {
    server.process.kill('SIGKILL')
    await rm(data, { recursive: true, force: true })
  }
})
