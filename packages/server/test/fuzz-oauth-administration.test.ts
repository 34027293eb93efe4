import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { basic, type FuzzRequest, junk, methods, near, strayHeaders } from '../../../test/fuzzed-oauth.ts'
import { clientSecret, fuzz, fuzzSeed as seed, startFuzzTenant } from './oauth-fuzz.ts'
import { ok } from './tenant.ts'

// Part of the fuzz run of the authorization server: 200,000 requests in fuzz-oauth-*.test.ts.

const anything = fc.oneof(
  junk,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, '', [], {}, [[]], { a: { b: [{}] } }),
)

/** A field that is mostly right, sometimes missing, sometimes of another type. */
const field = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 30, arbitrary: right },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: anything },
  )

const lifetime = fc.record({
  value: field(fc.integer({ min: 1, max: 60 })),
  unit: field(fc.constantFrom('minutes', 'hours', 'days')),
})
const ids = ['web', 'app', 'a', 'E', 'x.y']

/** Without a secret, as each costs a slow hash. */
const client = fc.record({
  id: field(fc.constantFrom(...ids)),
  name: field(fc.constantFrom('Name', 'Näme')),
  subscription: field(fc.constantFrom('deviflmap', 'devtmn')),
  grant: field(fc.constant('authorization_code')),
  confidential: fc.oneof(
    { weight: 60, arbitrary: fc.constant<unknown>(false) },
    { weight: 1, arbitrary: anything.filter(value => value !== true) },
  ),
  redirectUri: field(
    fc.oneof(fc.constantFrom('https://web.example/answer', 'com.example.app:/answer', 'http://localhost/'), junk),
  ),
  tokenLifetime: field(lifetime),
  refreshTokenLifetime: field(lifetime),
  skipConsent: field(fc.boolean()),
  translations: field(fc.constantFrom<unknown>(undefined, {}, { de: { name: 'Name' } }, { 'de-AT': {} }, { x: 1 })),
})

const scope = fc.record({
  id: field(fc.constantFrom('read', 'write', 'a', 'b')),
  description: field(fc.constantFrom('To read', 'Lesen')),
  translations: field(fc.constantFrom<unknown>(undefined, { de: 'Lesen' })),
})

const branding = fc.record({
  colors: field(
    fc.record({
      background: field(near('#112233')),
      button: field(near('#445566')),
      buttonText: field(near('#FFFFFF')),
    }),
  ),
  links: field(fc.record({ privacyPolicy: field(near('https://example.com/')) })),
})

const clientPath = near(...ids).map(id => `/oauth2/api/v1/clients/${encodeURIComponent(id.toWellFormed())}`)
const scopes = '/oauth2/api/v1/applications/deviflmap/scopes'

const routes: readonly (readonly [
  weight: number,
  method: string,
  path: fc.Arbitrary<string>,
  body?: fc.Arbitrary<unknown>,
])[] = [
  [6, 'POST', near('/oauth2/api/v1/clients'), client],
  [6, 'PUT', clientPath, client.map(({ id: _id, ...rest }) => rest)],
  [1, 'DELETE', clientPath],
  [3, 'GET', clientPath],
  [1, 'GET', near('/oauth2/api/v1/clients', '/.well-known/jwks.json', '/openapi.json')],
  [2, 'POST', near(scopes), scope],
  [
    2,
    'PUT',
    near('read', 'a').map(id => `${scopes}/${encodeURIComponent(id.toWellFormed())}`),
    scope.map(({ id: _id, ...rest }) => rest),
  ],
  [1, 'DELETE', near('a', 'b').map(id => `${scopes}/${encodeURIComponent(id.toWellFormed())}`)],
  [
    3,
    'GET',
    near('clientId=orders', 'user=admin&limit=10', 'limit=0', 'limit=1e3').map(
      query => `/oauth2/api/v1/tokens?${query}`,
    ),
  ],
  [1, 'DELETE', near('clientId=orders', 'user=nobody').map(query => `/oauth2/api/v1/tokens?${query}`)],
  [1, 'DELETE', near('0'.repeat(72)).map(id => `/oauth2/api/v1/tokens/${encodeURIComponent(id.toWellFormed())}`)],
  [1, 'PUT', near('/oauth2/api/v1/branding'), branding],
  [1, 'GET', near('/oauth2/api/v1/branding', '/oauth2/api/v1/branding/logo')],
]

const contentType = fc
  .oneof(
    { weight: 20, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('text/plain', 'application/json; charset=x', 'application/merge-patch+json', ''),
    },
  )
  .map(value => (value === '' ? [] : [['Content-Type', value] as const]))

const authorization = fc
  .oneof(
    { weight: 12, arbitrary: fc.constant('{admin}') },
    { weight: 6, arbitrary: fc.constant('Bearer {platformToken}') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        'Bearer {token}',
        'Bearer',
        'Basic',
        basic('orders', clientSecret),
        basic('x', 'y'),
        'Bearer ..',
      ),
    },
  )
  .map(value => (value === '' ? [] : [['Authorization', value] as const]))

/** JSON, sometimes cut or with names that objects have already. */
const written = (body: fc.Arbitrary<unknown>) =>
  fc
    .tuple(
      body,
      fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) }),
    )
    .map(([value, damage]) => {
      const text = JSON.stringify(value)
      if (damage === 1) return text.slice(0, -1)
      if (damage === 2) return text.replace('{', '{"__proto__":{"scopes":[]},"constructor":1,')
      if (damage === 3) return `${'['.repeat(3000)}${text}`
      return damage === 4 ? `\ufeff${text}` : text
    })

const requests: fc.Arbitrary<FuzzRequest> = fc.oneof(
  ...routes.map(([weight, method, path, body]) => ({
    weight,
    arbitrary: fc
      .tuple(methods(method), path, body ? written(body) : fc.constant(''), authorization, contentType, strayHeaders)
      .map(([usedMethod, target, text, user, type, headers]) => ({
        method: usedMethod,
        path: target.startsWith('/') ? target : `/${target}`,
        parameters: [],
        headers: [...user, ...(body ? type : []), ...headers],
        body: text,
      })),
  })),
)

test(`14,000 requests to administer clients are answered as they should be (seed ${seed})`, async context => {
  const tenant = await startFuzzTenant()
  try {
    const platform = { kind: 'platform', name: 'Operations', scopes: ['hcp.manageOAuthSettings'] }
    const { text } = ok(await tenant.administer('POST', '/oauth2/api/v1/clients', platform))
    const { id, secret } = JSON.parse(text) as { id: string; secret: string }
    const refill = async () => {
      const path = '/oauth2/apitoken/v1?grant_type=client_credentials'
      const answer = await tenant.request(path, { method: 'POST', headers: { authorization: basic(id, secret) } })
      return {
        admin: [tenant.server.admin.authorization],
        platformToken: [JSON.parse(answer.text).access_token as string],
        token: [await tenant.token('orders', '', clientSecret)],
      }
    }
    context.diagnostic(await fuzz(tenant, requests, refill, { count: 14_000, seed, successMin: 0.25 }))
    assert.equal((await tenant.administer('GET', '/oauth2/api/v1/clients')).status, 200)
    await tenant.token('orders', '', clientSecret)
  } finally {
    await tenant.close()
  }
})
