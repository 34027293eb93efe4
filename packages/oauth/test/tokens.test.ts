import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'
import { type AcceptedToken, jsonWebKeySet, oauthMetadata, type TokenState, type TokenVerdict } from '../src/index.ts'
import { application, basic, platform, signingKey, World } from './world.ts'

const minute = 60_000
const hour = 60 * minute

function assertAccepted(verdict: TokenVerdict): asserts verdict is AcceptedToken {
  assert.equal(verdict.accepted, true, JSON.stringify(verdict))
}

function assertRejected(verdict: TokenVerdict, state: TokenState): void {
  assert.equal(verdict.accepted ? 'accepted' : verdict.state, state, JSON.stringify(verdict))
}

test('a token service in the form of Cloud Foundry writes its answer as that one does', async () => {
  const world = new World().register(application({ scopes: ['read', 'write'] }))
  const request = { query: 'grant_type=client_credentials', authorization: basic('orders', 'pa55-word') }
  const answers = [await world.request(request), await world.request({ ...request, form: 'cloud-foundry' })]
  const [neo, cloudFoundry] = answers.map(({ body }) => ({ ...JSON.parse(body), access_token: '' }))
  const common = { access_token: '', expires_in: 3600 }
  assert.deepEqual(neo, { ...common, token_type: 'Bearer', scopes: ['read', 'write'] })
  assert.deepEqual(cloudFoundry, { ...common, token_type: 'bearer', scope: 'read write' })
})

test('a JWT of token_format=jwtrfc follows RFC 7519 and RFC 9068, and verifies with the published keys', async () => {
  const world = new World().register(application({ scopes: ['read', 'write'] }))
  const token = await world.token('orders', '&token_format=jwtrfc')
  const keys = createLocalJWKSet(jsonWebKeySet(world.context.keys) as never)
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    currentDate: new Date(world.clock.now()),
    issuer: 'https://sluice.example',
    audience: 'sluice/deviflmap',
    typ: 'at+jwt',
  })
  const now = world.clock.now() / 1000
  const { jti, ...claims } = payload
  assert.deepEqual(protectedHeader, { alg: 'ES256', typ: 'at+jwt', kid: 'first' })
  assert.match(jti ?? '', /^[0-9a-f]{32}$/)
  assert.deepEqual(claims, {
    iss: 'https://sluice.example',
    aud: 'sluice/deviflmap',
    sub: 'oauth_client_orders',
    client_id: 'orders',
    scope: 'read write',
    scopes: ['read', 'write'],
    iat: now,
    nbf: now,
    exp: now + 3600,
  })
})

test('a JWT of token_format=jwt has an object for its subject', async () => {
  const token = await new World().register(application({ scopes: ['read'] })).token('orders', '&token_format=jwt')
  assert.deepEqual(decodeJwt(token).sub, { user: 'oauth_client_orders', client: 'orders', scopes: ['read'] })
  assert.equal(decodeProtectedHeader(token).typ, 'JWT')
})

test('a JWT lives at most 12 hours and is not stored (documented)', async () => {
  const world = new World().register(application({ tokenLifetimeSeconds: 30 * 86_400 }))
  const response = await world.request({
    query: 'grant_type=client_credentials&token_format=jwt',
    authorization: `Basic ${btoa('orders:pa55-word')}`,
  })
  const { access_token: token, expires_in: expiresIn } = JSON.parse(response.body)
  const { exp = 0, iat = 0 } = decodeJwt(token)
  assert.deepEqual([expiresIn, exp - iat, world.tokens.size], [43_200, 43_200, 0])
  const soon = world.clock.now() + 12 * hour
  assertAccepted(await world.context.validator.validate(token, 'deviflmap', soon - 1))
  assertRejected(await world.context.validator.validate(token, 'deviflmap', soon), 'expired')
})

for (const format of ['', '&token_format=jwt', '&token_format=jwtrfc']) {
  const name = format === '' ? 'an opaque token' : `a JWT (${format.slice(1)})`

  test(`${name} is accepted for its own application and says who is calling`, async () => {
    const world = new World().register(application({ scopes: ['read'] }))
    const token = await world.token('orders', format)
    const verdict = await world.validate(token)
    assert.deepEqual(verdict, {
      accepted: true,
      clientId: 'orders',
      user: 'oauth_client_orders',
      scopes: ['read'],
      expiresAt: world.clock.now() + hour,
      format: format === '' ? 'opaque' : 'jwt',
    })
  })

  test(`${name} that was seen is judged at once, without the store`, async () => {
    const world = new World().register(application())
    const token = await world.token('orders', format)
    await world.validate(token)
    const { reads } = world
    const verdict = world.validate(token)
    assert.ok(!(verdict instanceof Promise))
    assertAccepted(verdict)
    assert.equal(world.reads, reads)
  })

  test(`${name} expires to the millisecond, seen before or not`, async () => {
    const world = new World().register(application())
    const token = await world.token('orders', format)
    world.clock.advance(hour - 1)
    assertAccepted(await world.validate(token))
    world.clock.advance(1)
    assertRejected(await world.validate(token), 'expired')
    world.context.forgetClient('orders')
    assertRejected(await world.validate(token), 'expired')
  })

  test(`${name} is refused for every other application and for the platform's APIs`, async () => {
    const world = new World().register(application())
    const token = await world.token('orders', format)
    for (const other of ['devtmn', 'DEVIFLMAP', '']) {
      assertRejected(await world.validate(token, other), 'other_subscription')
    }
    assertAccepted(await world.validate(token))
  })

  test(`${name} is refused at once when its client moves to another application`, async () => {
    const world = new World().register(application())
    const token = await world.token('orders', format)
    assertAccepted(await world.validate(token))
    world.register(application({ subscription: 'devtmn' }))
    assertRejected(await world.validate(token), 'other_subscription')
  })

  test(`${name} dies with its client and does not come back with a client of the same ID`, async () => {
    const world = new World().register(application())
    const token = await world.token('orders', format)
    assertAccepted(await world.validate(token))
    const { tokens } = world
    const kept = [...tokens]
    world.deleteClient('orders')
    const state = format === '' ? 'unknown' : 'client_deleted'
    assertRejected(await world.validate(token), state)
    world.clock.advance(1000)
    for (const [hash, row] of kept) tokens.set(hash, row)
    world.register(application({ createdAt: world.clock.now() }))
    assertRejected(await world.validate(token), state)
    assertAccepted(await world.validate(await world.token('orders', format)))
  })
}

test('a shorter lifetime re-dates opaque tokens at once, and leaves JWTs alone (documented)', async () => {
  const world = new World().register(application())
  const opaque = await world.token('orders')
  const jwt = await world.token('orders', '&token_format=jwt')
  world.clock.advance(2 * minute)
  assertAccepted(await world.validate(opaque))
  world.register(application({ tokenLifetimeSeconds: 60 }))
  assertRejected(await world.validate(opaque), 'expired')
  assertAccepted(await world.validate(jwt))
})

test('a revoked token is refused by the next call', async () => {
  const world = new World().register(application())
  const [token, other] = [await world.token('orders'), await world.token('orders')]
  assertAccepted(await world.validate(token))
  world.deleteToken(token)
  assertRejected(await world.validate(token), 'unknown')
  assertAccepted(await world.validate(other))
})

test('a token is remembered when another is revoked', async () => {
  const world = new World().register(application())
  const [token, other] = [await world.token('orders'), await world.token('orders')]
  await world.validate(other)
  world.deleteToken(token)
  assert.ok(!(world.validate(other) instanceof Promise))
})

test('a token that is revoked while it is being read is not remembered', async () => {
  const world = new World().register(application())
  const token = await world.token('orders')
  const reading = world.validate(token)
  world.deleteToken(token)
  await reading
  assertRejected(await world.validate(token), 'unknown')
})

test('after several tokens or clients changed, all are read again', async () => {
  const world = new World().register(application())
  const [token, jwt] = [await world.token('orders'), await world.token('orders', '&token_format=jwt')]
  await world.validate(token)
  await world.validate(jwt)
  world.tokens.clear()
  world.context.validator.forgetToken(new Uint8Array())
  assertRejected(await world.validate(token), 'unknown')
  assertAccepted(await world.validate(jwt))
  world.clients.clear()
  world.context.forgetClient('')
  assertRejected(await world.validate(jwt), 'client_deleted')
})

test('a client that changes while it is being read is read again', async () => {
  const world = new World().register(application())
  const token = await world.token('orders')
  world.clock.advance(2 * minute)
  world.context.forgetClient('orders')
  const reading = world.validate(token)
  world.register(application({ tokenLifetimeSeconds: 60 }))
  await reading
  assertRejected(await world.validate(token), 'expired')
})

test('a platform token is for the platform only', async () => {
  const world = new World().register(platform())
  const response = await world.requestPlatform({
    query: 'grant_type=client_credentials',
    authorization: `Basic ${btoa('operations:pa55-word')}`,
  })
  const { access_token: token } = JSON.parse(response.body)
  assertAccepted(await world.validate(token, ''))
  assertRejected(await world.validate(token, 'deviflmap'), 'other_subscription')
})

const malformed: [behaviour: string, token: string][] = [
  ['empty', ''],
  ['31 characters', '8271a067126f0aa93b46c2fe07c6880'],
  ['upper case', '8271A067126F0AA93B46C2FE07C68801'],
  ['not base64url', 'a.b$.c'],
  ['two dots and nothing else', '..'],
  ['four parts', 'e30.e30.e30.e30'],
  ['too long', `e30.${'x'.repeat(8192)}.e30`],
  ['an encrypted JWT', 'e30.e30.e30.e30.e30'],
]

for (const [behaviour, token] of malformed) {
  test(`a token is malformed: ${behaviour}`, async () => {
    assertRejected(await new World().validate(token), 'malformed')
  })
}

test('an opaque token nobody issued is unknown', async () => {
  assertRejected(await new World().validate('8271a067126f0aa93b46c2fe07c68801'), 'unknown')
})

const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' })

interface Forgery {
  readonly header?: Record<string, unknown>
  readonly claims?: Record<string, unknown>
  readonly key?: ReturnType<typeof signingKey>
}

/** A JWT whose claims are right but for what is given, signed by the world's own key unless another is given. */
function forge(world: World, { header = {}, claims = {}, key = signingKey('first') }: Forgery): string {
  const now = world.clock.now() / 1000
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = {
    ...{ iss: 'https://sluice.example', aud: 'sluice/deviflmap', sub: 'oauth_client_orders', client_id: 'orders' },
    ...{ scopes: [], iat: now, nbf: now, exp: now + 60 },
  }
  const input = `${encode({ alg: 'ES256', typ: 'at+jwt', kid: 'first', ...header })}.${encode({ ...payload, ...claims })}`
  return `${input}.${Buffer.from(key.sign(input)).toString('base64url')}`
}

const forgeries: [behaviour: string, forgery: Forgery, state: TokenState][] = [
  ['alg none', { header: { alg: 'none' } }, 'malformed'],
  ['alg HS256 (key confusion)', { header: { alg: 'HS256' } }, 'malformed'],
  ['no kid', { header: { kid: undefined } }, 'malformed'],
  ['an unknown kid', { header: { kid: 'second' } }, 'malformed'],
  ['another key under our kid', { key: signingKey('first', foreign) }, 'malformed'],
  [
    'another key, brought along as jwk',
    { key: signingKey('first', foreign), header: { jwk: signingKey('x', foreign).publicJwk } },
    'malformed',
  ],
  [
    'another key, brought along as jku',
    { key: signingKey('first', foreign), header: { jku: 'https://evil.example' } },
    'malformed',
  ],
  ['critical extensions (RFC 7515 §4.1.11)', { header: { crit: ['b64'] } }, 'malformed'],
  ['another type of token', { header: { typ: 'secevent+jwt' } }, 'malformed'],
  ['another issuer', { claims: { iss: 'https://evil.example' } }, 'malformed'],
  ['no issuer', { claims: { iss: undefined } }, 'malformed'],
  ['no audience', { claims: { aud: undefined } }, 'malformed'],
  ['an audience of another provider', { claims: { aud: 'other/deviflmap' } }, 'other_subscription'],
  ['an audience of another application', { claims: { aud: 'sluice/devtmn' } }, 'other_subscription'],
  ['no expiry', { claims: { exp: undefined } }, 'malformed'],
  ['no start', { claims: { nbf: undefined } }, 'malformed'],
  ['no time of issue', { claims: { iat: undefined } }, 'malformed'],
  ['an expiry that is text', { claims: { exp: '9999999999' } }, 'malformed'],
  ['a past expiry', { claims: { exp: 1 } }, 'expired'],
  ['a start in an hour', { claims: { nbf: 1e10 } }, 'not_yet_valid'],
  ['an unknown client', { claims: { client_id: 'nobody' } }, 'client_deleted'],
  ['scopes that are no list', { claims: { scopes: 'read' } }, 'malformed'],
  ['a client that is a number', { claims: { client_id: 1 } }, 'malformed'],
  ['scopes that are no texts', { claims: { scopes: [1] } }, 'malformed'],
  ['a subject that is a number', { claims: { sub: 1 } }, 'malformed'],
  ['a list of audiences', { claims: { aud: ['sluice/deviflmap'] } }, 'malformed'],
  ['too long', { claims: { more: 'x'.repeat(8192) } }, 'malformed'],
]

for (const [behaviour, forgery, state] of forgeries) {
  test(`a JWT is refused (RFC 8725): ${behaviour}`, async () => {
    const world = new World().register(application())
    assertRejected(await world.validate(forge(world, forgery)), state)
    assertAccepted(await world.validate(forge(world, {})))
  })
}

test('a JWT with something behind it is refused', async () => {
  const world = new World().register(application())
  for (const more of ['.', '.AA', '.AA.AA', '=', ' ']) {
    assertRejected(await world.validate(forge(world, {}) + more), 'malformed')
  }
})

test('a JWT with one byte changed anywhere is refused', async () => {
  const world = new World().register(application())
  const token = forge(world, {})
  for (let index = 0; index < token.length - 1; index++) {
    const other = token[index] === 'A' ? 'B' : 'A'
    const verdict = await world.validate(token.slice(0, index) + other + token.slice(index + 1))
    assert.equal(verdict.accepted, false, `at ${index}`)
  }
})

test('a clock that is a little behind another server accepts its new JWTs', async () => {
  const world = new World().register(application())
  const now = world.clock.now() / 1000
  assertAccepted(await world.validate(forge(world, { claims: { nbf: now + 29 } })))
})

test('after a key change new tokens have the new key, and old ones verify until the old key is withdrawn', async () => {
  const world = new World().register(application())
  const before = await world.token('orders', '&token_format=jwt')
  assertAccepted(await world.validate(before))
  world.signingKeys.unshift(signingKey('second', foreign))
  const after = await world.token('orders', '&token_format=jwt')
  assert.equal(decodeProtectedHeader(after).kid, 'second')
  assertAccepted(await world.validate(before))
  assertAccepted(await world.validate(after))
  world.signingKeys.pop()
  assertRejected(await world.validate(before), 'malformed')
  assertAccepted(await world.validate(after))
})

test('a JWT by another library with the same key and claims is accepted', async () => {
  const world = new World().register(application())
  const now = world.clock.now() / 1000
  const claims: JWTPayload = { client_id: 'orders', scopes: [], iat: now, nbf: now, exp: now + 60 }
  world.signingKeys.push(signingKey('second', foreign))
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'second' })
    .setIssuer('https://sluice.example')
    .setAudience('sluice/deviflmap')
    .setSubject('jürgen')
    .sign(foreign.privateKey)
  const verdict = await world.validate(token)
  assertAccepted(verdict)
})

test('the key set holds public halves only (RFC 7517 §5)', async () => {
  const { keys } = jsonWebKeySet(new World().context.keys)
  const { publicKey } = foreign
  assert.deepEqual(
    Object.keys(keys[0] ?? {}).sort(),
    [...Object.keys(await exportJWK(publicKey)), 'alg', 'kid', 'use'].sort(),
  )
})

test('metadata is built from the registries (RFC 8414 §2)', () => {
  const saml2Bearer = 'urn:ietf:params:oauth:grant-type:saml2-bearer'
  const metadata = {
    issuer: 'https://sluice.example',
    authorization_endpoint: 'https://sluice.example/oauth2/api/v1/authorize',
    token_endpoint: 'https://sluice.example/oauth2/api/v1/token',
    jwks_uri: 'https://sluice.example/.well-known/jwks.json',
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token', saml2Bearer],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: false,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
  }
  assert.deepEqual(oauthMetadata(new World().context), metadata)
  assert.deepEqual(oauthMetadata(new World({ clientAuthentication: 'form' }).context), {
    ...metadata,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  })
})
