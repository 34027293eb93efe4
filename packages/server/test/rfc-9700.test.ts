import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before } from 'node:test'
import { type Rule, testRules } from '../../../test/rfc-rules.ts'
import { agreementTo, type Visit, Visitor } from '../src/testing/visitor.ts'
import { flowZip, ok, Tenant } from './tenant.ts'

let tenant: Tenant
const registered = 'https://web.example/answer'
const verifier = 'v'.repeat(43)
const pkce = {
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
}

before(async () => {
  tenant = await Tenant.start()
  await tenant.deploy(await flowZip())
  await tenant.createClient({ id: 'orders' })
  await tenant.assign('orders')
  const role = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
  await tenant.administer('PUT', role, { users: [{ name: 'admin' }] })
  await register({ id: 'web', secret: 'secret' })
  await register({ id: 'swift', secret: 'secret', skipConsent: true })
  await register({ id: 'thief', secret: 'secret', redirectUri: 'https://thief.example/' })
  await register({ id: 'app', confidential: false, skipConsent: true, redirectUri: 'com.example.app:/answer' })
  await register({ id: 'native', confidential: false, redirectUri: 'http://127.0.0.1/answer' })
})

after(() => tenant.close())

async function tryToRegister(client: Readonly<Record<string, unknown>>) {
  const defaults = { name: 'a client', subscription: 'deviflmap', grant: 'authorization_code' }
  const body = { ...defaults, redirectUri: registered, ...client }
  return tenant.administer('POST', '/oauth2/api/v1/clients', body)
}

const register = async (client: Readonly<Record<string, unknown>>) => ok(await tryToRegister(client))

type Query = Readonly<Record<string, string>>
const authorize = (query: Query) =>
  `/oauth2/api/v1/authorize?${new URLSearchParams({ response_type: 'code', ...query })}`

/** Somebody who has signed in. */
async function signedIn(): Promise<Visitor> {
  const visitor = new Visitor(tenant.server.url)
  await visitor.signIn('/oauth2', tenant.server.admin)
  return visitor
}

/** Where a link leads somebody who has signed in: `page`, or the address. */
const led = async (query: Query) => whereto(await (await signedIn()).open(authorize(query)))
const whereto = ({ status, location }: Visit) => (location === '' ? `page ${status}` : location.replace(/[?&].*/, ''))

const answered = ({ location }: Pick<Visit, 'location'>) => Object.fromEntries(new URL(location).searchParams)

async function codeOf(query: Query = { client_id: 'swift' }): Promise<string> {
  return answered(await (await signedIn()).open(authorize(query))).code ?? assert.fail('no code')
}

async function requestToken(parameters: Query, client = 'swift') {
  const headers: Record<string, string> = client === '' ? {} : { authorization: `Basic ${btoa(`${client}:secret`)}` }
  const body = new URLSearchParams({ grant_type: 'authorization_code', ...parameters })
  const { status, text } = await tenant.request('/oauth2/api/v1/token', { method: 'POST', headers, body })
  return { status, ...JSON.parse(text) }
}

const outcome = async (parameters: Query, client?: string) => {
  const { status, error } = await requestToken(parameters, client)
  return error ?? status
}

const metadata = async () => JSON.parse((await tenant.request('/.well-known/oauth-authorization-server')).text)

/** Every page there is, as somebody sees it who has signed in or not. */
async function pages(): Promise<Visit[]> {
  const [visitor, stranger] = [await signedIn(), new Visitor(tenant.server.url)]
  const paths = [
    authorize({ client_id: 'web' }),
    authorize({ client_id: 'nobody' }),
    '/oauth2',
    '/oauth2/code',
    '/oauth2/code?client_id=web',
  ]
  const forms = ['/oauth2', '/oauth2/code', authorize({ client_id: 'web' })]
  return [
    ...(await Promise.all(paths.flatMap(path => [visitor.open(path), stranger.open(path)]))),
    ...(await Promise.all(forms.map(path => stranger.send(path, { user: 'nobody', password: 'x' })))),
    ...(await Promise.all(forms.map(path => visitor.send(path, { decision: 'allow', revoke: '1' })))),
    await visitor.open('/'),
    await visitor.open('/oauth2/nothing'),
  ]
}

const redirects: readonly Rule<Tenant>[] = [
  {
    section: '§2.1',
    rule: 'redirect URIs are compared exactly',
    asked: () =>
      Promise.all(
        [registered, `${registered}/`, `${registered}?a`, registered.toUpperCase(), 'https://web.example/'].map(
          redirect_uri => led({ client_id: 'swift', redirect_uri }),
        ),
      ),
    expected: [registered, 'page 400', 'page 400', 'page 400', 'page 400'],
  },
  {
    section: '§2.1',
    rule: 'but for the port of a loopback address',
    asked: async () => {
      const query = { client_id: 'native', redirect_uri: 'http://127.0.0.1:49152/answer' }
      return [await led({ ...query, ...pkce }), await led(query)]
    },
    expected: ['page 200', 'http://127.0.0.1:49152/answer'],
  },
  {
    section: '§2.1.1',
    rule: 'public clients have to use PKCE, and it is found in the metadata',
    asked: async () => [
      answered(await (await signedIn()).open(authorize({ client_id: 'app' }))).error,
      (await metadata()).code_challenge_methods_supported,
    ],
    expected: ['invalid_request', ['S256']],
  },
  {
    section: '§2.1.1',
    rule: 'a code that was asked for with a challenge needs its verifier, also with a secret',
    asked: async () => [
      await outcome({ code: await codeOf({ client_id: 'swift', ...pkce }), code_verifier: verifier }),
      await outcome({ code: await codeOf({ client_id: 'swift', ...pkce }) }),
    ],
    expected: [200, 'invalid_grant'],
  },
  {
    section: '§2.1.2',
    rule: 'tokens are not answered to browsers',
    asked: async () => {
      const visitor = await signedIn()
      const types = ['token', 'code token', 'id_token']
      const visits = await Promise.all(
        types.map(response_type => visitor.open(authorize({ client_id: 'swift', response_type }))),
      )
      return visits.map(visit => answered(visit).error)
    },
    expected: Array.from({ length: 3 }, () => 'unsupported_response_type'),
  },
  {
    section: '§2.4',
    rule: 'there is no password grant',
    asked: async () => outcome({ grant_type: 'password', username: 'admin', password: 'x' }),
    expected: 'unsupported_grant_type',
  },
  {
    section: '§2.6',
    rule: "redirect URIs are https, a scheme of an app, or http on the user's own machine",
    asked: async () => {
      const addresses = [
        'https://ok.example/',
        'com.example.ok:/answer',
        'http://localhost:3000/answer',
        'http://[::1]/answer',
        'http://web.example/answer',
        'http://127.0.0.1.web.example/',
        'javascript:alert(1)',
        'data:text/html,x',
        'file:///etc/passwd',
      ]
      const answers = await Promise.all(addresses.map(redirectUri => tryToRegister({ redirectUri })))
      return answers.map(({ status }) => status)
    },
    expected: [201, 201, 201, 201, 400, 400, 400, 400, 400],
  },
  {
    section: '§2.6',
    rule: 'without a certificate, the pages and answers themselves go over http',
    asked: async () => new URL((await metadata()).authorization_endpoint).protocol,
    expected: 'http:',
    differs: true,
  },
  {
    section: '§4.1.3',
    rule: 'where the redirect URI is wrong nobody is sent anywhere',
    asked: () => led({ client_id: 'swift', redirect_uri: 'https://thief.example/' }),
    expected: 'page 400',
  },
  {
    section: '§4.4.2',
    rule: 'the answer tells its issuer, with a code and with an error (RFC 9207)',
    asked: async ({ server }) => {
      const visitor = await signedIn()
      const visits = [{ client_id: 'swift' }, { client_id: 'swift', scope: 'x' }].map(query =>
        visitor.open(authorize(query)),
      )
      const issuers = (await Promise.all(visits)).map(visit => answered(visit).iss === server.url)
      return [...issuers, (await metadata()).authorization_response_iss_parameter_supported]
    },
    expected: [true, true, true],
  },
  {
    section: '§4.11.2',
    rule: 'whoever has not signed in is not sent on, whatever is wrong with the request',
    asked: async () => {
      const visitor = new Visitor(tenant.server.url)
      const query = { client_id: 'thief', scope: 'nonsense' }
      const before = await visitor.open(authorize(query))
      const form = await visitor.send(authorize(query), { decision: 'allow' })
      const after = await visitor.signIn(authorize(query), tenant.server.admin)
      return [whereto(before), /<h1>Sign In/.test(before.text), whereto(form), whereto(after)]
    },
    expected: ['page 200', true, 'page 400', 'https://thief.example/'],
  },
  {
    section: '§4.12',
    rule: 'the browser does not send a form on to the client: 303',
    asked: async () => {
      const visitor = new Visitor(tenant.server.url)
      const path = authorize({ client_id: 'web' })
      const signedIn = await visitor.send(path, tenant.server.admin)
      const agreement = agreementTo(await visitor.open(path))
      const [allowed, denied] = [
        await visitor.send(path, agreement),
        await visitor.send(path, { ...agreement, decision: 'deny' }),
      ]
      return [signedIn.status, allowed.status, denied.status]
    },
    expected: [303, 303, 303],
  },
]

const tokens: readonly Rule<Tenant>[] = [
  {
    section: '§2.2.2',
    rule: 'refresh tokens of public clients rotate, and one that comes twice ends them all (§4.14.2)',
    asked: async () => {
      const app = { client_id: 'app' }
      const code = await codeOf({ ...app, ...pkce })
      const first = await requestToken({ ...app, code, code_verifier: verifier }, '')
      const refresh = { ...app, grant_type: 'refresh_token', refresh_token: first.refresh_token }
      const second = await requestToken(refresh, '')
      const again = await outcome(refresh, '')
      const last = await outcome({ ...refresh, refresh_token: second.refresh_token }, '')
      return [second.status, again, last, (await tenant.call('/hello', second.access_token)).status]
    },
    expected: [200, 'invalid_grant', 'invalid_grant', 401],
  },
  {
    section: '§2.3',
    rule: 'a token is good for its application only',
    asked: async () => {
      const headers = { authorization: `Bearer ${await tenant.token('orders')}` }
      const { status } = await tenant.request('/api/v1/MessageProcessingLogs', { headers })
      return [status, (await tenant.request('/oauth2/api/v1/clients', { headers })).status]
    },
    expected: [401, 401],
  },
  {
    section: '§4.2.4',
    rule: 'pages load nothing from elsewhere and tell no other site where the browser was',
    asked: async () =>
      (await pages()).filter(
        ({ headers }) =>
          !/^default-src 'self';/.test(headers.get('content-security-policy') ?? '') ||
          !['same-origin', 'no-referrer'].includes(headers.get('referrer-policy') ?? ''),
      ),
    expected: [],
  },
  {
    section: '§4.3.2',
    rule: 'a token in the address or in a form is none',
    asked: async () => {
      const token = await tenant.token('orders')
      const body = new URLSearchParams({ access_token: token })
      return [
        (await tenant.call(`/hello?access_token=${token}`, undefined)).status,
        (await tenant.call('/hello', undefined, { body })).status,
        (await tenant.request(`/api/v1/MessageProcessingLogs?access_token=${token}`)).status,
        (await tenant.call('/hello', token)).status,
      ]
    },
    expected: [401, 401, 401, 200],
  },
  {
    section: '§4.5.3',
    rule: 'a code that was put in the place of another is refused: it belongs to client and challenge',
    asked: async () => [
      await outcome({ code: await codeOf() }, 'thief'),
      await outcome({ code: await codeOf({ client_id: 'swift', ...pkce }), code_verifier: 'w'.repeat(43) }),
    ],
    expected: ['invalid_grant', 'invalid_grant'],
  },
  {
    section: '§4.8.2',
    rule: 'a verifier where there was no challenge is refused: somebody took the challenge away',
    asked: async () => outcome({ code: await codeOf(), code_verifier: verifier }),
    expected: 'invalid_grant',
  },
  {
    section: '§4.13',
    rule: 'headers of proxies are not believed',
    asked: async ({ server }) => {
      const headers = {
        ...{
          'x-forwarded-for': '203.0.113.9',
          'x-real-ip': '203.0.113.9',
          forwarded: 'for=203.0.113.9;host=evil.example',
        },
        ...{
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
          'x-original-url': '/oauth2/api/v1/clients',
        },
        ...{ 'x-forwarded-user': 'admin', 'x-remote-user': 'admin', ssl_client_user: 'admin', ssl_client_cert: 'x' },
      }
      const { text } = await tenant.request('/.well-known/oauth-authorization-server', { headers })
      const answers = await Promise.all(
        ['/oauth2/api/v1/clients', '/http/hello'].map(path => tenant.request(path, { headers })),
      )
      return [JSON.parse(text).issuer === server.url, ...answers.map(({ status }) => status)]
    },
    expected: [true, 401, 401],
  },
  {
    section: '§4.15.1',
    rule: 'no user can have the name of a client',
    asked: async () => {
      const names = ['oauth_client_orders', 'OAUTH_CLIENT_orders', 'Oauth_Client_', 'oauth_client']
      const answers = await Promise.all(
        names.map(name => tenant.administer('POST', '/api/identity/v1/users', { name, password: 'a good password' })),
      )
      return answers.map(({ status }) => status)
    },
    expected: [400, 400, 400, 201],
  },
  {
    section: '§4.16',
    rule: 'no page can be put into a frame',
    asked: async () =>
      (await pages()).filter(
        ({ headers }) =>
          !/frame-ancestors 'none'/.test(headers.get('content-security-policy') ?? '') ||
          headers.get('x-frame-options') !== 'DENY',
      ),
    expected: [],
  },
]

testRules('RFC 9700', () => tenant, [...redirects, ...tokens])
