import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  introspectionEndpoint,
  type OAuthRequest,
  type OAuthResponse,
  oauthMetadata,
  revocationEndpoint,
} from '../src/index.ts'
import { codeOf, mobileClient, queryOf, tokensFor, webClient } from './authorization.ts'
import { application, basic, settle, World } from './world.ts'

const world = (): World =>
  new World()
    .register(application())
    .register(application({ id: 'partner' }))
    .register(application({ id: 'api', subscription: 'devtmn' }))
    .register(webClient())
    .register(mobileClient(), undefined)

type Endpoint = (request: OAuthRequest, context: World['context']) => Promise<OAuthResponse>

async function ask(endpoint: Endpoint, here: World, parameters: Record<string, string>, client = 'orders') {
  const authorization = client === '' ? undefined : basic(client, 'pa55-word')
  const contentType = 'application/x-www-form-urlencoded'
  const asked = endpoint(
    { method: 'POST', query: '', contentType, body: queryOf(parameters), authorization, address: '192.0.2.1' },
    here.context,
  )
  await settle()
  here.clock.advance(1)
  const { status, body } = await asked
  return { status, body: body === '' ? undefined : JSON.parse(body) }
}

const isAccepted = async (here: World, token: string) => (await here.validate(token)).accepted

test('RFC 7009 §2: a client gives back its access token', async () => {
  const here = world()
  const token = await here.token('orders')
  assert.equal(await isAccepted(here, token), true)
  assert.equal((await ask(revocationEndpoint, here, { token, token_type_hint: 'access_token' })).status, 200)
  assert.equal(await isAccepted(here, token), false)
})

for (const kind of ['access_token', 'refresh_token'] as const) {
  test(`RFC 7009 §2.1: with the ${kind} of a user goes all that came of the same authorization`, async () => {
    const here = world()
    const tokens = await tokensFor(here, { code: await codeOf(here) })
    // §2.1: a hint that is wrong is only a hint.
    const hint = kind === 'access_token' ? 'refresh_token' : 'access_token'
    await ask(revocationEndpoint, here, { token: tokens[kind], token_type_hint: hint }, 'web')
    here.context.validator.forgetToken(new Uint8Array())
    assert.equal(await isAccepted(here, tokens.access_token), false)
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    assert.equal((await tokensFor(here, refresh)).error, 'invalid_grant')
  })
}

test('RFC 7009 §2.2: whether there was such a token is not told, and tokens of others stay', async () => {
  const here = world()
  const token = await here.token('orders')
  const tokens = await tokensFor(here, { code: await codeOf(here) })
  for (const foreign of [token, tokens.refresh_token, '0'.repeat(32), 'nonsense']) {
    assert.deepEqual(await ask(revocationEndpoint, here, { token: foreign }, 'partner'), {
      status: 200,
      body: undefined,
    })
  }
  assert.equal(await isAccepted(here, token), true)
  assert.equal(
    (await tokensFor(here, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })).status,
    200,
  )
})

test('RFC 7009 §2.1: a public client gives back its token by its ID', async () => {
  const here = world()
  const answer = await ask(revocationEndpoint, here, { token: 'unknown', client_id: 'mobile' }, '')
  assert.equal(answer.status, 200)
})

const refusals: readonly [string, Endpoint, Record<string, string>, string, number, string][] = [
  ['RFC 7009 §2.2.1: revoking a JWT', revocationEndpoint, { token: 'a.b.c' }, 'orders', 400, 'unsupported_token_type'],
  ['revoking nothing', revocationEndpoint, {}, 'orders', 400, 'invalid_request'],
  ['revoking without a client', revocationEndpoint, { token: 'x' }, '', 401, 'unauthorized_client'],
  ['asking about nothing', introspectionEndpoint, {}, 'orders', 400, 'invalid_request'],
  ['RFC 7662 §4: asking without a client', introspectionEndpoint, { token: 'x' }, '', 401, 'unauthorized_client'],
  [
    'RFC 7662 §4: a public client that asks',
    introspectionEndpoint,
    { token: 'x', client_id: 'mobile' },
    '',
    401,
    'unauthorized_client',
  ],
]

for (const [behaviour, endpoint, parameters, client, status, error] of refusals) {
  test(`refused: ${behaviour}`, async () => {
    const answer = await ask(endpoint, world(), parameters, client)
    assert.deepEqual([answer.status, answer.body.error], [status, error])
  })
}

test('RFC 7662 §2.2: what is told of a token that is active, opaque or JWT, also to other clients of the application', async () => {
  const here = world()
  const expected = {
    ...{ active: true, token_type: 'Bearer', scope: '', client_id: 'orders' },
    ...{ username: 'oauth_client_orders', sub: 'oauth_client_orders' },
    ...{ aud: 'sluice/deviflmap', iss: 'https://sluice.example', exp: Date.UTC(2026, 0, 1, 1) / 1000 },
  }
  for (const format of ['', '&token_format=jwtrfc']) {
    const token = await here.token('orders', format)
    for (const client of ['orders', 'partner']) {
      assert.deepEqual((await ask(introspectionEndpoint, here, { token }, client)).body, expected)
    }
    here.clock.advance(-2)
  }
})

test('RFC 7662 §2.2: everything else is not active, and no reason is told', async () => {
  const here = world()
  const expired = await here.token('orders')
  const refresh = (await tokensFor(here, { code: await codeOf(here) })).refresh_token
  here.clock.advance(3_600_000)
  const ofOtherApplication = await here.token('api')
  for (const token of [expired, refresh, ofOtherApplication, '0'.repeat(32), 'a.b.c', 'x'.repeat(10_000)]) {
    assert.deepEqual(await ask(introspectionEndpoint, here, { token }), { status: 200, body: { active: false } })
  }
})

test('RFC 8414 §2: metadata names the endpoints where they are offered', () => {
  const { revocation_endpoint, introspection_endpoint } = oauthMetadata(new World({ extensions: true }).context)
  assert.deepEqual(
    [revocation_endpoint, introspection_endpoint],
    ['https://sluice.example/oauth2/api/v1/revoke', 'https://sluice.example/oauth2/api/v1/introspect'],
  )
})
