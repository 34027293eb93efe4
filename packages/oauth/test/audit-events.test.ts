import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  introspectionEndpoint,
  type OAuthAuditEvent,
  type OAuthRequest,
  pushedAuthorizationEndpoint,
  revocationEndpoint,
} from '../src/index.ts'
import { codeOf, firstTokens, type Values, webClient } from './authorization.ts'
import { clientKey } from './client-keys.ts'
import { answerOf, assertion, form } from './proofs.ts'
import { application, basic, World } from './world.ts'

const key = clientKey()
const address = '192.0.2.1'
const method = 'self_signed_tls_client_auth'

const world = () =>
  new World({ extensions: true, certificateMethods: [method] })
    .register(application())
    .register(webClient())
    .register(application({ id: 'own', keyAuthentication: { method, certificates: [] } }), undefined)
    .register(application({ id: 'robot', keyAuthentication: { method: 'private_key_jwt', keys: [] } }), undefined)

const certificate = () => ({
  ...{ thumbprint: 'mine', isTrusted: false, validFrom: 0, validTo: Date.UTC(2027, 0, 1) },
  hasName: () => false,
})

const orders = basic('orders', 'pa55-word')
const web = basic('web', 'pa55-word')

/** What the audit log is told of one request. */
async function told(
  here: World,
  endpoint: 'token' | 'revoke' | 'introspect' | 'par',
  parameters: Values,
  more: Partial<OAuthRequest> = {},
): Promise<OAuthAuditEvent[]> {
  const request = { method: 'POST', query: '', authorization: undefined, address, ...form(parameters), ...more }
  here.events.length = 0
  const services = { revoke: revocationEndpoint, introspect: introspectionEndpoint, par: pushedAuthorizationEndpoint }
  await answerOf(here, endpoint === 'token' ? here.request(request) : services[endpoint](request, here.context))
  return here.events
}

type Asked = Parameters<typeof told> extends [World, ...infer Rest] ? Rest : never
const grant = { grant_type: 'client_credentials' }

const refused: readonly (readonly [what: string, asked: (here: World) => Asked, event: Partial<OAuthAuditEvent>])[] = [
  [
    'a wrong secret',
    () => ['token', grant, { authorization: basic('orders', 'hunter2') }],
    { object: 'client-authentication', action: 'authenticate', clientId: 'orders' },
  ],
  [
    'no secret',
    () => ['revoke', { token: 'x', client_id: 'orders' }],
    { object: 'client-authentication', action: 'authenticate', clientId: 'orders' },
  ],
  [
    'a secret in the body',
    () => ['introspect', { token: 'x', client_id: 'orders', client_secret: 'pa55-word' }],
    { object: 'client-authentication', action: 'authenticate', clientId: 'orders' },
  ],
  [
    'a wrong certificate',
    () => ['token', { ...grant, client_id: 'own' }, { certificate }],
    { object: 'client-authentication', action: 'authenticate', clientId: 'own' },
  ],
  [
    'a wrong assertion',
    here => ['par', assertion(here, key)],
    { object: 'client-authentication', action: 'authenticate', clientId: 'robot' },
  ],
  [
    'an ID that can be that of none',
    () => ['token', grant, { authorization: basic('or/ders', 'hunter2') }],
    { object: 'client-authentication', action: 'authenticate', clientId: undefined },
  ],
  [
    'a scope that the client lacks',
    () => ['token', { ...grant, scope: 'admin' }, { authorization: orders }],
    { object: 'access-token', action: 'issue', clientId: 'orders' },
  ],
  [
    'no token to tell about',
    () => ['introspect', {}, { authorization: orders }],
    { object: 'access-token', action: 'introspect', clientId: 'orders' },
  ],
  [
    'no token to revoke',
    () => ['revoke', {}, { authorization: orders }],
    { object: 'access-token', action: 'revoke', clientId: 'orders' },
  ],
  [
    'a pushed request that is wrong',
    () => ['par', { response_type: 'token' }, { authorization: web }],
    { object: 'authorization-code', action: 'issue', clientId: 'web' },
  ],
  [
    'a pushed request that is too long',
    () => ['par', { response_type: 'code', state: 'ü'.repeat(3000) }, { authorization: web }],
    { object: 'authorization-code', action: 'issue', clientId: undefined },
  ],
]

for (const [what, asked, expected] of refused) {
  test(`a refusal is one event, of what it was a try: ${what}`, async () => {
    const here = world()
    const [{ reason, ...event } = {}, ...others] = await told(here, ...asked(here))
    assert.deepEqual([event, others], [{ ...expected, address }, []])
    assert.ok(reason)
    assert.doesNotMatch(reason, /pa55-word|hunter2/)
  })
}

test('what a code gives is three events, each with five characters of what it is about', async () => {
  const here = world()
  const code = await codeOf(here)
  await told(here, 'token', { grant_type: 'authorization_code', code }, { authorization: web })
  const by = { user: 'ann', clientId: 'web', address, method: 'authorization_code' }
  const [redeemed, access, refresh, ...others] = here.events
  assert.deepEqual(redeemed, { object: 'authorization-code', action: 'redeem', id: code.slice(0, 5), ...by })
  assert.deepEqual([access?.object, access?.action, access?.id?.length], ['access-token', 'issue', 5])
  assert.deepEqual([refresh?.object, refresh?.action, refresh?.id?.length], ['refresh-token', 'issue', 5])
  assert.deepEqual(others, [])
})

test('a token that a client gives back is an event, one of another client or of nobody is none', async () => {
  const here = world()
  for (const kind of ['access_token', 'refresh_token'] as const) {
    const tokens = await firstTokens(here)
    const token = tokens[kind]
    assert.deepEqual(await told(here, 'revoke', { token }, { authorization: orders }), [])
    const object = kind === 'access_token' ? 'access-token' : 'refresh-token'
    const event = { object, action: 'revoke', id: token.slice(0, 5), user: 'ann', clientId: 'web', address }
    assert.deepEqual(await told(here, 'revoke', { token }, { authorization: web }), [event])
    assert.deepEqual(await told(here, 'revoke', { token }, { authorization: web }), [])
  }
})
