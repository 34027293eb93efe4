import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  authorizations,
  contentType,
  type FuzzRequest,
  junk,
  methods,
  near,
  parameter,
  stray,
  strayHeaders,
} from '../../../test/fuzzed-oauth.ts'
import { authorizationRequest } from '../../../test/fuzzed-oauth-requests.ts'
import { agreementTo } from '../src/testing/visitor.ts'
import {
  annPassword,
  checkRedirects,
  clientSecret,
  fuzz,
  fuzzSeed as seed,
  signedIn,
  startFuzzTenant,
} from './oauth-fuzz.ts'

// Part of the fuzz run of the authorization server: 200,000 requests in fuzz-oauth-*.test.ts.

const names = [
  ...['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method'],
  ...[
    'request',
    'request_uri',
    'response_mode',
    'prompt',
    'decision',
    'shown',
    'csrf_token',
    'user',
    'password',
    'revoke',
  ],
]

const inQuery = fc.constant<'query'>('query')
const inBody = fc.constant<'body'>('body')

const session = fc
  .oneof(
    { weight: 8, arbitrary: fc.constant('{cookie}') },
    { weight: 1, arbitrary: fc.constant('') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(`JSESSIONID=${'0'.repeat(32)}`, '{cookie}; JSESSIONID=x', 'JSESSIONID={cookie}'),
    },
  )
  .map(value => (value === '' ? [] : [['Cookie', value] as const]))

const site = fc
  .oneof(
    { weight: 12, arbitrary: fc.constant('same-origin') },
    { weight: 1, arbitrary: fc.constantFrom('cross-site', 'same-site', 'none', 'x') },
  )
  .map(value => [['Sec-Fetch-Site', value] as const])

const opened: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.tuple(methods('GET'), near('/oauth2/api/v1/authorize')),
    authorizationRequest,
    stray(names),
    session,
    strayHeaders,
  )
  .map(([[method, path], own, more, cookie, headers]) => ({
    ...{ method, path: absolute(path) },
    parameters: [...own, ...more],
    headers: [...cookie, ...headers],
  }))

const decided: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.tuple(methods('POST'), near('/oauth2/api/v1/authorize')),
    authorizationRequest,
    fc.tuple(
      parameter('csrf_token', near('{csrfToken}'), inBody),
      parameter('shown', near('{shown}'), inBody),
      parameter(
        'decision',
        fc.oneof({ weight: 200, arbitrary: near('allow', 'deny') }, { weight: 1, arbitrary: fc.constant('sign-out') }),
        inBody,
      ),
    ),
    stray(names),
    fc.tuple(session, site, contentType, strayHeaders),
  )
  .map(([[method, path], own, form, more, headers]) => ({
    ...{ method, path: absolute(path) },
    parameters: [...own, ...form, ...more],
    headers: headers.flat(),
  }))

/** RFC 9126: the same parameters, by the client itself. */
const pushed: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    methods('POST'),
    authorizationRequest,
    stray(names),
    authorizations([
      ['web', clientSecret],
      ['swift', clientSecret],
    ]),
    strayHeaders,
  )
  .map(([method, own, more, authorization, headers]) => ({
    ...{ method, path: '/oauth2/api/v1/par' },
    parameters: [...own, ...more],
    headers: [...authorization, ...headers],
  }))

const ownPages: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.tuple(
      methods('GET'),
      near('/oauth2', '/oauth2/code', '/oauth2/pages.css', '/.well-known/oauth-authorization-server'),
    ),
    fc.tuple(parameter('client_id', near('', 'web'), inQuery)),
    stray(names),
    session,
    strayHeaders,
  )
  .map(([[method, path], own, more, cookie, headers]) => ({
    ...{ method, path: absolute(path) },
    parameters: [...own, ...more],
    headers: [...cookie, ...headers],
  }))

/** Revoking, codes for other devices, and signing in with names that there are not. */
const ownForms: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.tuple(methods('POST'), near('/oauth2', '/oauth2/code')),
    fc.tuple(
      parameter('csrf_token', near('{csrfToken}'), inBody),
      parameter('client_id', near('web', 'app'), inBody),
      parameter('scope', near('', 'read'), inBody),
      parameter('revoke', near('1', '7', '12345678901234567890'), inBody),
    ),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.tuple(parameter('user', junk, inBody), parameter('password', junk, inBody)) },
    ),
    fc.tuple(session, site, contentType, strayHeaders),
  )
  .map(([[method, path], own, more, headers]) => ({
    ...{ method, path: absolute(path) },
    parameters: [...own, ...more],
    headers: headers.flat(),
  }))

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`
}

const requests = fc.oneof(
  { weight: 4, arbitrary: opened },
  { weight: 4, arbitrary: decided },
  { weight: 1, arbitrary: pushed },
  { weight: 1, arbitrary: ownPages },
  { weight: 1, arbitrary: ownForms },
)

test(`20,000 requests for pages and with forms send nobody anywhere else (seed ${seed})`, async context => {
  const tenant = await startFuzzTenant()
  try {
    const ann = { user: 'ann', password: annPassword }
    const refill = async () => {
      const { visitor, csrfToken } = await signedIn(tenant, ann)
      const shown: string[] = []
      for (const scope of ['', 'read', 'read write']) {
        const query = new URLSearchParams({ response_type: 'code', client_id: 'web', scope })
        shown.push(agreementTo(await visitor.open(`/oauth2/api/v1/authorize?${query}`)).shown)
      }
      return { cookie: [visitor.cookie], csrfToken: [csrfToken], shown }
    }
    const expectations = { count: 20_000, seed, successMin: 0.4, check: checkRedirects }
    context.diagnostic(await fuzz(tenant, requests, refill, expectations))
    const { text } = await tenant.administer('GET', '/oauth2/api/v1/tokens')
    assert.deepEqual(JSON.parse(text).tokens, [])
    const given = 'object=consent&action=give&clientId=web&outcome=success&limit=100'
    const { records } = JSON.parse((await tenant.administer('GET', `/api/audit/v1/records?${given}`)).text)
    assert.equal(records.length, 100, 'expected that many agreed')
  } finally {
    await tenant.close()
  }
})
