import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allowAuthorization, type OAuthSettings, oauthMetadata, readAuthorizationRequest } from '../src/index.ts'
import { ann, askUser, challenge, mobileClient, queryOf, webClient } from './authorization.ts'
import { application, platform, World } from './world.ts'

const server = 'https://sluice.example'

function world(settings: Partial<OAuthSettings> = {}): World {
  const world = new World(settings)
  world.scopes.set('deviflmap', [
    { id: 'read', description: 'Read orders', translations: {} },
    { id: 'write', description: 'Change orders', translations: {} },
  ])
  return world
    .register(webClient())
    .register(mobileClient(), undefined)
    .register(application())
    .register(platform())
    .register(webClient({ id: 'homeless', redirectUri: undefined }))
    .register(webClient({ id: 'native', redirectUri: 'http://127.0.0.1/answer' }))
    .register(webClient({ id: 'fixed', redirectUri: 'https://web.example:8443/answer?from=here' }))
}

type Query = Readonly<Record<string, string | undefined>>
const web: Query = { response_type: 'code', client_id: 'web' }

const asked: [behaviour: string, query: Query, redirectUri: string][] = [
  ['RFC 6749 §4.1.1: redirect_uri may be left out', web, 'https://web.example/answer'],
  ['and may be given', { ...web, redirect_uri: 'https://web.example/answer' }, 'https://web.example/answer'],
  [
    'RFC 8252 §7.3: any port of a loopback address',
    { ...web, client_id: 'native', redirect_uri: 'http://127.0.0.1:49152/answer' },
    'http://127.0.0.1:49152/answer',
  ],
  ['RFC 6749 §3.1: unknown parameters are ignored', { ...web, prompt: 'login' }, 'https://web.example/answer'],
  [
    'a public client with a challenge',
    { ...web, client_id: 'mobile', code_challenge: challenge, code_challenge_method: 'S256' },
    'com.example.mobile:/answer',
  ],
]

for (const [behaviour, query, redirectUri] of asked) {
  test(`the user is asked: ${behaviour}`, async () => {
    assert.equal((await askUser(world(), query)).redirectUri, redirectUri)
  })
}

const refused: [behaviour: string, query: Query | string, problem: string][] = [
  ['no client', { response_type: 'code' }, 'unknown-client'],
  ['an unknown client', { ...web, client_id: 'nobody' }, 'unknown-client'],
  ['an ID that cannot exist', { ...web, client_id: '<script>' }, 'unknown-client'],
  ['a platform client', { ...web, client_id: 'operations' }, 'unknown-client'],
  ['a client without redirect URI', { ...web, client_id: 'homeless' }, 'no-redirect-uri'],
  ['RFC 9700 §4.1.3: another address', { ...web, redirect_uri: 'https://evil.example/answer' }, 'other-redirect-uri'],
  ['an address below', { ...web, redirect_uri: 'https://web.example/answer/more' }, 'other-redirect-uri'],
  ['another query', { ...web, redirect_uri: 'https://web.example/answer?a=1' }, 'other-redirect-uri'],
  ['a fragment', { ...web, redirect_uri: 'https://web.example/answer#' }, 'other-redirect-uri'],
  ['other case', { ...web, redirect_uri: 'https://web.example/Answer' }, 'other-redirect-uri'],
  ['user info', { ...web, redirect_uri: 'https://web.example@evil.example/answer' }, 'other-redirect-uri'],
  [
    'another port, where it is no loopback address',
    { ...web, client_id: 'fixed', redirect_uri: 'https://web.example:8444/answer?from=here' },
    'other-redirect-uri',
  ],
  [
    'a port that no machine has',
    { ...web, client_id: 'native', redirect_uri: 'http://127.0.0.1:65536/answer' },
    'other-redirect-uri',
  ],
  [
    'a host that only begins like a loopback address',
    { ...web, client_id: 'native', redirect_uri: 'http://127.0.0.1.evil.example/answer' },
    'other-redirect-uri',
  ],
  [
    'a loopback address as user name',
    { ...web, client_id: 'native', redirect_uri: 'http://127.0.0.1:1@evil.example/answer' },
    'other-redirect-uri',
  ],
  ['two clients', 'response_type=code&client_id=web&client_id=mobile', 'malformed'],
  ['two addresses', 'client_id=web&redirect_uri=https://a.example&redirect_uri=https://b.example', 'malformed'],
  ['a broken escape', 'client_id=%zz', 'malformed'],
  ['a long query', `client_id=web&state=${'x'.repeat(9000)}`, 'malformed'],
  ['many parameters', `client_id=web${'&a=1'.repeat(100)}`, 'malformed'],
]

for (const [behaviour, query, problem] of refused) {
  test(`nobody is sent anywhere: ${behaviour}`, async () => {
    const text = typeof query === 'string' ? query : queryOf(query)
    const verdict = await readAuthorizationRequest(text, world().context)
    assert.deepEqual([verdict.kind, 'problem' in verdict && verdict.problem], ['refuse', problem])
  })
}

for (const [extensions, issuer] of [
  [true, server],
  [false, null],
] as const) {
  test(`RFC 9207 §2: with extensions ${extensions ? 'on' : 'off'} an answer tells ${issuer ?? 'no issuer'}, with an error, too`, async () => {
    const here = world({ extensions })
    const verdict = await readAuthorizationRequest('client_id=web&state=a', here.context)
    assert.equal(verdict.kind, 'redirect')
    const refused = (verdict as Extract<typeof verdict, { kind: 'redirect' }>).location
    const allowed = (await allowAuthorization(await askUser(here, web), ann, here.context)) ?? ''
    const issuers = [refused, allowed].map(location => new URL(location).searchParams.get('iss'))
    assert.deepEqual(issuers, [issuer, issuer])
    assert.equal(oauthMetadata(here.context).authorization_response_iss_parameter_supported, extensions)
  })
}

test('the user sees what the client asks for, in the order of the application', async () => {
  const { scopes } = await askUser(world(), { ...web, scope: 'write,read' })
  assert.deepEqual(
    scopes.map(({ description }) => description),
    ['Read orders', 'Change orders'],
  )
  assert.deepEqual((await askUser(world(), web)).scopes, [])
})

test('agreement answers with a code and state, and keeps a query of the address', async () => {
  const here = world()
  const request = await askUser(here, { ...web, client_id: 'fixed', state: 'ä' })
  const location = (await allowAuthorization(request, ann, here.context)) ?? ''
  assert.match(location, /^https:\/\/web\.example:8443\/answer\?from=here&code=[0-9a-f]{40}&state=%C3%A4$/)
  assert.equal(here.authorizations.size, 1)
})

test('no code is issued when the client is gone before the user agrees', async () => {
  const here = new World().register(webClient())
  const request = await askUser(here, { client_id: 'web' })
  here.authorizations.insert = async () => false
  assert.equal(await allowAuthorization(request, ann, here.context), undefined)
  const told = here.events.map(({ object, action, reason }) => [object, action, reason !== undefined])
  assert.deepEqual(told, [
    ['consent', 'give', false],
    ['authorization-code', 'issue', true],
  ])
})

test('what a client signed or left elsewhere is refused where it is not offered (RFC 9101 §7)', async () => {
  const of = async (query: Query, here = world()) => {
    const verdict = await readAuthorizationRequest(queryOf({ ...web, ...query }), here.context)
    return verdict.kind === 'redirect' && new URL(verdict.location).searchParams.get('error')
  }
  const request = 'e30.e30.AA'
  assert.equal(await of({ request }), 'request_not_supported')
  assert.equal(await of({ request }, new World({ extensions: true }).register(webClient())), 'request_not_supported')
  assert.equal(await of({ request_uri: 'urn:ietf:params:oauth:request_uri:x' }), 'request_uri_not_supported')
})

test('the store is not asked about a client whose ID can be that of none', async () => {
  const here = world()
  for (const client_id of ['', '\0', 'a b', 'x'.repeat(129)]) {
    const verdict = await readAuthorizationRequest(queryOf({ ...web, client_id }), here.context)
    assert.deepEqual([verdict.kind, here.reads], ['refuse', 0])
  }
})

test('a code is stored with the session that has to last until then', async () => {
  const here = world()
  const sessions: unknown[] = []
  const { insert } = here.authorizations
  here.authorizations.insert = (code, authorization) => {
    sessions.push(authorization.session)
    return insert.call(here.authorizations, code, authorization)
  }
  const session = Uint8Array.of(1)
  await allowAuthorization(await askUser(here, web), { ...ann, session }, here.context)
  assert.deepEqual(sessions, [session])
})

test('the audit log says whether the user was asked', async () => {
  for (const skipConsent of [false, true]) {
    const here = world().register(webClient({ skipConsent }))
    await allowAuthorization(await askUser(here, { ...web, scope: 'read write' }), ann, here.context)
    const { object, id, method } = here.events[0] ?? {}
    assert.deepEqual([object, id, method], ['consent', 'read\nwrite', skipConsent ? 'registered-to-skip' : undefined])
  }
})
