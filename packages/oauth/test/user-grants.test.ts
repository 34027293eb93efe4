import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OAuthSettings } from '../src/index.ts'
import { challenge, codeOf, mobileClient, tokensFor, verifier, webClient } from './authorization.ts'
import { application, basic, World } from './world.ts'

function world(settings: Partial<OAuthSettings> = {}): World {
  const world = new World(settings)
  world.scopes.set('deviflmap', [
    { id: 'read', description: 'Read orders', translations: {} },
    { id: 'write', description: 'Change orders', translations: {} },
  ])
  return world
    .register(webClient())
    .register(webClient({ id: 'other' }))
    .register(mobileClient(), undefined)
    .register(mobileClient({ id: 'other-mobile' }), undefined)
    .register(application())
}

const address = 'https://web.example/answer'
const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

test('RFC 6749 §4.1.4: a code becomes a token of the user with the scopes that were allowed', async () => {
  const here = world()
  const code = await codeOf(here, { scope: 'read' })
  const { status, access_token, refresh_token, ...more } = await tokensFor(here, { code })
  assert.equal(status, 200)
  assert.deepEqual(
    { ...more, reason: undefined },
    { token_type: 'Bearer', expires_in: 3600, scopes: ['read'], reason: undefined },
  )
  const verdict = await here.validate(access_token)
  assert.ok(verdict.accepted)
  assert.deepEqual([verdict.user, verdict.scopes, verdict.clientId], ['ann', ['read'], 'web'])
  assert.match(refresh_token, /^[0-9a-f]{40}$/)
})

type Values = Readonly<Record<string, string | undefined>>
const redeemed: [behaviour: string, asked: Values, request: Values][] = [
  ['documented: grant_type=code', {}, { grant_type: 'code' }],
  ['RFC 6749 §4.1.3: the same redirect_uri', { redirect_uri: address }, { redirect_uri: address }],
  ['the registered redirect_uri, where the request had none', {}, { redirect_uri: address }],
  ['RFC 7636 §4.6: the verifier of the challenge', pkce, { code_verifier: verifier }],
  [
    'RFC 6749 §3.2.1: a public client says who it is',
    { ...pkce, client_id: 'mobile' },
    { client_id: 'mobile', code_verifier: verifier },
  ],
]

for (const [behaviour, asked, request] of redeemed) {
  test(`a code is redeemed: ${behaviour}`, async () => {
    const here = world()
    const { status, reason } = await tokensFor(here, { code: await codeOf(here, asked), ...request })
    assert.equal(status, 200, reason)
  })
}

const refused: [behaviour: string, asked: Values, request: Values, error?: string][] = [
  ['no code', {}, { code: undefined }, 'invalid_request'],
  ['an unknown code', {}, { code: 'f'.repeat(40) }],
  ['RFC 6749 §4.1.3: another redirect_uri', { redirect_uri: address }, { redirect_uri: 'https://web.example/b' }],
  ['RFC 6749 §4.1.3: redirect_uri left out', { redirect_uri: address }, {}],
  ['a redirect_uri that is not the registered one', {}, { redirect_uri: 'https://evil.example/' }],
  ['RFC 7636 §4.6: another verifier', pkce, { code_verifier: verifier.toUpperCase() }],
  ['RFC 7636 §4.6: no verifier', pkce, {}],
  ['RFC 7636 §4.1: a short verifier', pkce, { code_verifier: 'short' }],
  ['the challenge as verifier', pkce, { code_verifier: challenge }],
  ['RFC 9700 §2.1.1: a verifier where there was no challenge', {}, { code_verifier: verifier }],
  ['a format that cannot be revoked', {}, { token_format: 'jwtrfc' }, 'invalid_request'],
  ['RFC 6749 §4.1.3: the code of another client', { ...pkce, client_id: 'mobile' }, { code_verifier: verifier }],
]

for (const [behaviour, asked, request, error = 'invalid_grant'] of refused) {
  test(`no token: ${behaviour}`, async () => {
    const here = world()
    const answer = await tokensFor(here, { code: await codeOf(here, asked), ...request })
    assert.deepEqual([answer.status, answer.error], [400, error], answer.reason)
    assert.equal(here.tokens.size, 0)
  })
}

test('clients of client credentials get no codes redeemed', async () => {
  const here = world()
  const request = { query: 'grant_type=authorization_code&code=x', authorization: basic('orders', 'pa55-word') }
  assert.match((await here.request(request)).body, /unauthorized_client/)
})

test('RFC 6749 §4.1.2: a code is good for ten minutes, or as long as the tokens of its client if that is shorter', async () => {
  for (const [lifetime, minutes] of [
    [3600, 10],
    [60, 1],
  ] as const) {
    const here = world().register(webClient({ tokenLifetimeSeconds: lifetime }))
    const [early, late] = [await codeOf(here), await codeOf(here)]
    here.clock.advance(minutes * 60_000 - 1)
    assert.equal((await tokensFor(here, { code: early })).status, 200)
    here.clock.advance(1)
    assert.match((await tokensFor(here, { code: late })).reason ?? '', /expired/)
  }
})

test('documented: a refresh token is good for one request, which answers with the next', async () => {
  const here = world()
  let { refresh_token } = await tokensFor(here, { code: await codeOf(here, { scope: 'read write' }) })
  for (let round = 0; round < 3; round += 1) {
    const answer = await tokensFor(here, { grant_type: 'refresh_token', refresh_token })
    assert.equal(answer.status, 200, answer.reason)
    assert.notEqual(answer.refresh_token, refresh_token)
    refresh_token = answer.refresh_token
  }
})

test('RFC 9700 §4.14.2: a refresh token that comes twice ends its family, the newest tokens included', async () => {
  const here = world()
  const first = await tokensFor(here, { code: await codeOf(here) })
  const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
  const second = await tokensFor(here, refresh)
  assert.match((await tokensFor(here, refresh)).reason ?? '', /used before/)
  here.context.validator.forgetToken(new Uint8Array())
  for (const { access_token } of [first, second]) assert.equal((await here.validate(access_token)).accepted, false)
  assert.equal((await tokensFor(here, { ...refresh, refresh_token: second.refresh_token })).error, 'invalid_grant')
})

test('one family that ends leaves the others of the same user alone', async () => {
  const here = world()
  const kept = await tokensFor(here, { code: await codeOf(here) })
  const code = await codeOf(here)
  await tokensFor(here, { code })
  await tokensFor(here, { code })
  here.context.validator.forgetToken(new Uint8Array())
  assert.equal((await here.validate(kept.access_token)).accepted, true)
})

test('a refresh token lasts as long as its client says, from when it was issued', async () => {
  const here = world().register(webClient({ refreshTokenLifetimeSeconds: 7200 }))
  const first = await tokensFor(here, { code: await codeOf(here) })
  here.clock.advance(7_199_000)
  const second = await tokensFor(here, { grant_type: 'refresh_token', refresh_token: first.refresh_token })
  assert.equal(second.status, 200)
  here.clock.advance(7_200_000)
  const late = await tokensFor(here, { grant_type: 'refresh_token', refresh_token: second.refresh_token })
  assert.match(late.reason ?? '', /expired/)
})

test('however often it is refreshed, what a user allowed is refreshed no more when it is too old', async () => {
  const here = world({ authorizationDaysMax: 2 }).register(webClient({ refreshTokenLifetimeSeconds: 86_400 }))
  let { refresh_token } = await tokensFor(here, { code: await codeOf(here) })
  const refreshLater = async (milliseconds: number) => {
    here.clock.advance(milliseconds)
    const answer = await tokensFor(here, { grant_type: 'refresh_token', refresh_token })
    refresh_token = answer.refresh_token
    return answer
  }
  const halfDay = 43_200_000
  for (const later of [halfDay, halfDay, halfDay, halfDay - 1]) assert.equal((await refreshLater(later)).status, 200)
  const last = await refreshLater(1)
  assert.deepEqual([last.error, last.reason], ['invalid_grant', 'the refresh token has expired'])
})

test('two requests with one code at the same time: one wins, and then everything ends', async () => {
  const here = world()
  const code = await codeOf(here)
  const answers = await Promise.all([tokensFor(here, { code }), tokensFor(here, { code })])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400])
  assert.equal(here.authorizations.size, 0)
})

test('RFC 6749 §4.1.2: a code that comes again ends everything, also late, and whatever else is wrong with it', async () => {
  for (const [minutes, asked, second] of [
    [11, {}, {}],
    [0, pkce, { code_verifier: undefined }],
    [0, { redirect_uri: address }, { redirect_uri: 'https://evil.example/' }],
  ] as const) {
    const here = world()
    const code = await codeOf(here, asked)
    const right = { ...asked, ...('code_challenge' in asked && { code_verifier: verifier }) }
    assert.equal((await tokensFor(here, { ...right, code })).status, 200)
    here.clock.advance(minutes * 60_000)
    assert.equal((await tokensFor(here, { ...right, ...second, code })).error, 'invalid_grant')
    assert.deepEqual([here.authorizations.size, here.tokens.size], [0, 0])
  }
})

test('two requests with one refresh token at the same time: one wins, and then everything ends', async () => {
  const here = world()
  const { refresh_token } = await tokensFor(here, { code: await codeOf(here) })
  const refresh = { grant_type: 'refresh_token', refresh_token }
  const answers = await Promise.all([tokensFor(here, refresh), tokensFor(here, refresh)])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400])
  assert.deepEqual([here.authorizations.size, here.tokens.size], [0, 0])
})

const revoked = { object: 'authorization', action: 'revoke', clientId: 'web', user: 'ann' }

/** The events of authorizations that ended. */
const endings = (here: World) => here.events.filter(({ object }) => object === 'authorization')

test('what ends because a code or refresh token came twice is recorded once, however often it comes', async () => {
  const here = world()
  const code = await codeOf(here)
  const { refresh_token } = await tokensFor(here, { code })
  await Promise.all([1, 2, 3].map(() => tokensFor(here, { code })))
  await tokensFor(here, { grant_type: 'refresh_token', refresh_token })
  assert.deepEqual(endings(here), [{ ...revoked, method: 'reuse' }])
})

test('what is revoked while its code or refresh token is used gives no tokens, and is no reuse', async () => {
  for (const grant of ['authorization_code', 'refresh_token'] as const) {
    const here = world()
    const code = await codeOf(here)
    const parameters =
      grant === 'refresh_token' ? { refresh_token: (await tokensFor(here, { code })).refresh_token } : { code }
    const { spend } = revokedAtTheLastMoment(here)
    const { error } = await tokensFor(here, { grant_type: grant, ...parameters })
    assert.deepEqual([error, spend.count, here.tokens.size, endings(here)], ['invalid_grant', 1, 0, []])
  }
})

/** Whatever is found first ends before tokens are stored for it. */
function revokedAtTheLastMoment({ authorizations }: World) {
  const spend = { count: 0 }
  for (const name of ['redeem', 'rotate'] as const) {
    const store = authorizations[name].bind(authorizations) as (...given: unknown[]) => Promise<boolean>
    authorizations[name] = async (...given: unknown[]) => {
      spend.count += 1
      await authorizations.end(1)
      return store(...given)
    }
  }
  return { spend }
}

test('a scope that its application no longer has is refreshed no more', async () => {
  const here = world()
  const first = await tokensFor(here, { code: await codeOf(here, { scope: 'read write' }) })
  here.scopes.set('deviflmap', [{ id: 'write', description: 'Change orders', translations: {} }])
  const refresh = (scope?: string) =>
    tokensFor(here, { grant_type: 'refresh_token', refresh_token: first.refresh_token, scope })
  assert.equal((await refresh('read')).error, 'invalid_scope')
  assert.deepEqual((await refresh()).scopes, ['write'])
})
