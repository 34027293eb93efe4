import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import { agreementTo, csrfTokenOf, type Visit, Visitor } from '../src/testing/visitor.ts'
import { type Answer, flowZip, ok, Tenant } from './tenant.ts'

let tenant: Tenant
const clients = '/oauth2/api/v1/clients'
const authorize = (clientId: string) => `/oauth2/api/v1/authorize?response_type=code&client_id=${clientId}`
const redirectUri = 'https://web.example/answer'
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

before(async () => {
  tenant = await Tenant.start()
  await tenant.deploy(await flowZip())
  const role = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
  await tenant.administer('PUT', role, { users: ['admin', 'oauth_client_robot'].map(name => ({ name })) })
  await register({ id: 'web', grant: 'authorization_code', redirectUri, secret: 'secret' })
  const jwks = { keys: [keys.publicKey.export({ format: 'jwk' })] }
  await register({ id: 'robot', tokenEndpointAuthMethod: 'private_key_jwt', jwks })
})

after(() => tenant.close())

const register = async (client: { id: string; [field: string]: unknown }) =>
  ok(await tenant.administer('POST', clients, { name: client.id, subscription: 'deviflmap', ...client }))

/** Begins them all before the first is answered. */
const together = <Value>(count: number, work: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

const basic = (id: string, secret = 'secret') => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

const post = (path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  tenant.request(path, { method: 'POST', headers, body: new URLSearchParams(fields) })

const token = (fields: Readonly<Record<string, string>>, id = 'web') => post('/oauth2/api/v1/token', fields, basic(id))

const read = ({ text }: Answer) => JSON.parse(text) as { access_token: string; refresh_token: string }

const succeeded = <Kind extends { readonly status: number }>(answers: readonly Kind[]): Kind[] =>
  answers.filter(({ status }) => status >= 200 && status < 300)

/** That none failed by a mistake of the server. */
function noneFailed(answers: readonly { readonly status: number; readonly text: string }[]): void {
  const failed = answers.find(({ status }) => status >= 500)
  assert.equal(failed, undefined, failed?.text)
}

async function codeOf(clientId = 'web'): Promise<string> {
  const visitor = new Visitor(tenant.server.url)
  const consent = await visitor.signIn(authorize(clientId), tenant.server.admin)
  return codeIn(await visitor.send(authorize(clientId), agreementTo(consent))) ?? assert.fail('no code')
}

const codeIn = ({ location }: Visit) => (location === '' ? undefined : new URL(location).searchParams.get('code'))

/** How many of these tokens still do something. */
async function livingOf(answers: readonly Answer[], clientId = 'web'): Promise<number> {
  const issued = succeeded(answers).map(read)
  const calls = await Promise.all(issued.map(({ access_token }) => tenant.call('/hello', access_token)))
  const renewals = issued.filter(({ refresh_token }) => refresh_token !== undefined)
  const refreshed: Answer[] = []
  for (const { refresh_token } of renewals) {
    refreshed.push(await token({ grant_type: 'refresh_token', refresh_token }, clientId))
  }
  return succeeded([...calls, ...refreshed]).length
}

const ends: readonly (readonly [what: string, end: () => Promise<Answer>])[] = [
  ['all of the user is revoked', () => tenant.administer('DELETE', '/oauth2/api/v1/tokens?user=admin')],
  ['all of the client is revoked', () => tenant.administer('DELETE', '/oauth2/api/v1/tokens?clientId=web')],
  ['everything is revoked', () => tenant.administer('DELETE', '/oauth2/api/v1/tokens?all=true')],
]

for (const [what, end] of ends) {
  test(`nothing comes of codes and refresh tokens that are used while ${what}`, async () => {
    const codes = await together(4, () => codeOf())
    const first = read(ok(await token({ grant_type: 'authorization_code', code: await codeOf() })))
    const [ended, ...answers] = await Promise.all([
      end(),
      ...codes.map(code => token({ grant_type: 'authorization_code', code })),
      token({ grant_type: 'refresh_token', refresh_token: first.refresh_token }),
    ])
    ok(ended)
    noneFailed(answers)
    const late = await Promise.all(codes.map(code => token({ grant_type: 'authorization_code', code })))
    assert.equal(await livingOf([...answers, ...late]), 0)
  })
}

test('nothing is left of a client that is deleted while it asks for tokens', async () => {
  const round = async (index: number) => {
    const id = `gone${index}`
    await register({ id, grant: 'authorization_code', redirectUri, secret: 'secret' })
    const { refresh_token } = read(ok(await token({ grant_type: 'authorization_code', code: await codeOf(id) }, id)))
    const code = await codeOf(id)
    const [deleted, ...answers] = await Promise.all([
      tenant.administer('DELETE', `${clients}/${id}`),
      ...['refresh_token', 'authorization_code'].map(grant_type => token({ grant_type, refresh_token, code }, id)),
      post('/oauth2/api/v1/revoke', { token: refresh_token }, basic(id)),
    ])
    ok(deleted)
    noneFailed(answers)
    const won = succeeded(answers).filter(({ text }) => text !== '')
    await register({ id, grant: 'authorization_code', redirectUri, secret: 'secret' })
    assert.equal(await livingOf(won, id), 0)
  }
  for (let index = 0; index < 3; index++) await round(index)
})

test('a consent that is given while its user signs out gives a code before the end or none', async () => {
  for (let round = 0; round < 5; round++) {
    const visitor = new Visitor(tenant.server.url)
    const consent = await visitor.signIn(authorize('web'), tenant.server.admin)
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => visitor.send(authorize('web'), agreementTo(consent))),
      visitor.send('/oauth2', { csrf_token: csrfTokenOf(consent) }),
      ...Array.from({ length: 4 }, () => visitor.send(authorize('web'), agreementTo(consent))),
    ])
    noneFailed(answers)
    for (const { status, location } of answers) assert.ok([303, 400].includes(status), `${status} ${location}`)
    const late = await visitor.send(authorize('web'), agreementTo(consent))
    assert.equal(codeIn(late), undefined)
  }
})

test('a pushed request is answered once, however many pages of it are open', async () => {
  const fields = { response_type: 'code', client_id: 'web', redirect_uri: redirectUri }
  const pushed = await post('/oauth2/api/v1/par', fields, basic('web'))
  const { request_uri } = JSON.parse(ok(pushed).text) as { request_uri: string }
  const path = `/oauth2/api/v1/authorize?${new URLSearchParams({ client_id: 'web', request_uri })}`
  const visitor = new Visitor(tenant.server.url)
  const agreement = agreementTo(await visitor.signIn(path, tenant.server.admin))
  const answers = await together(50, () => visitor.send(path, agreement))
  noneFailed(answers)
  assert.equal(answers.filter(answer => codeIn(answer)).length, 1)
})

const base64Url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function signed(header: object, payload: object, key: KeyObject = keys.privateKey): string {
  const input = `${base64Url({ alg: 'ES256', ...header })}.${base64Url(payload)}`
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

const seconds = () => Math.floor(tenant.server.clock.now() / 1000)

function assertion(): Readonly<Record<string, string>> {
  const claims = { iss: 'robot', sub: 'robot', aud: tenant.server.url, jti: randomUUID(), exp: seconds() + 60 }
  return {
    client_assertion: signed({}, claims),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  }
}

const robotToken = (dpop?: string) =>
  post('/oauth2/api/v1/token', { grant_type: 'client_credentials', ...assertion() }, dpop === undefined ? {} : { dpop })

const proof = (claims: object) => {
  const jwk: JsonWebKey = keys.publicKey.export({ format: 'jwk' })
  return signed({ typ: 'dpop+jwt', jwk }, { jti: randomUUID(), iat: seconds(), htm: 'POST', ...claims })
}

test('an assertion and a proof are good for one of 100 requests at a time, at whichever endpoints they come', async () => {
  const claimed = assertion()
  const asked = await together(100, async index => {
    if (index % 3 === 0) return post('/oauth2/api/v1/introspect', { token: 'x', ...claimed })
    if (index % 3 === 1) return post('/oauth2/api/v1/revoke', { token: 'x', ...claimed })
    return post('/oauth2/api/v1/token', { grant_type: 'client_credentials', ...claimed })
  })
  noneFailed(asked)
  assert.equal(succeeded(asked).length, 1)
  const ofToken = proof({ htu: `${tenant.server.url}/oauth2/api/v1/token` })
  const bound = succeeded(await together(20, () => robotToken(ofToken)))
  assert.equal(bound.length, 1)
  const { access_token } = read(bound[0] ?? assert.fail())
  const ath = createHash('sha256').update(access_token).digest('base64url')
  const ofCall = proof({ htu: `${tenant.server.url}/http/hello`, ath })
  const headers = { authorization: `DPoP ${access_token}`, dpop: ofCall }
  const calls = await together(100, () => tenant.call('/hello', undefined, { headers }))
  noneFailed(calls)
  assert.equal(succeeded(calls).length, 1)
})

test('a secret that is removed while it is used is worth nothing from then on', async () => {
  await register({ id: 'rotating', secret: 'first secret' })
  const added = ok(await tenant.administer('POST', `${clients}/rotating/secrets`, { secret: 'second secret' }))
  const { id } = JSON.parse(added.text) as { id: string }
  const ask = (secret: string) =>
    post('/oauth2/api/v1/token', { grant_type: 'client_credentials' }, basic('rotating', secret))
  const [removed, ...answers] = await Promise.all([
    tenant.administer('DELETE', `${clients}/rotating/secrets/${id}`),
    ...Array.from({ length: 50 }, () => ask('second secret')),
  ])
  assert.equal(removed.status, 204)
  noneFailed(answers)
  assert.deepEqual([(await ask('second secret')).status, (await ask('first secret')).status], [401, 200])
})

test('of 8 clients whose IDs differ in case alone, registered at a time, there is one', async () => {
  const answers = await together(8, index => {
    const id = [...'caseless'].map((letter, at) => ((index >> at) & 1 ? letter.toUpperCase() : letter)).join('')
    const name = { name: id, subscription: 'deviflmap', secret: 'secret' }
    return tenant.administer('POST', clients, { id, ...name })
  })
  noneFailed(answers)
  assert.equal(succeeded(answers).length, 1)
})

test('two administrators who remove each other at a time do not both go', async () => {
  const create = { password: 'a good password', mustChangePassword: false }
  const users = '/api/identity/v1/users'
  const roles = '/authorization/v1/accounts/dev/apps/cockpit/roles/users?roleName=Administrator'
  ok(await tenant.administer('POST', users, { name: 'other', ...create }))
  ok(await tenant.administer('PUT', roles, { users: [{ name: 'other' }] }))
  const other = { authorization: `Basic ${btoa('other:a good password')}`, 'content-type': 'application/json' }
  const disable = { method: 'PUT', headers: other, body: '{"enabled":false}' }
  const answers = await Promise.all([
    tenant.administer('PUT', `${users}/other`, { enabled: false }),
    tenant.request(`${users}/admin`, disable),
    tenant.administer('DELETE', `${roles}&users=other`),
    tenant.request(`${roles}&users=admin`, { method: 'DELETE', headers: other }),
  ])
  noneFailed(answers)
  const left = await Promise.all([
    tenant.administer('GET', clients),
    tenant.request(clients, { headers: { authorization: other.authorization } }),
  ])
  assert.ok(left.some(({ status }) => status === 200))
})
