import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { agreementTo, csrfTokenOf, Visitor } from '../src/testing/visitor.ts'
import { Pipeline } from './pipeline.ts'
import { flowZip, ok, Tenant } from './tenant.ts'

let tenant: Tenant
const swift = `Basic ${btoa('swift:secret')}`
const authorize = '/oauth2/api/v1/authorize?response_type=code&client_id=swift'

before(async () => {
  tenant = await Tenant.start()
  await tenant.deploy(await flowZip())
  await tenant.createClient({ id: 'orders' })
  await tenant.assign('orders')
  const role = '/authorization/v1/accounts/dev/apps/deviflmap/roles/users?roleName=ESBMessaging.send'
  await tenant.administer('PUT', role, { users: [{ name: 'admin' }] })
  const client = { id: 'swift', name: 'Swift', subscription: 'deviflmap', secret: 'secret', skipConsent: true }
  const code = { grant: 'authorization_code', redirectUri: 'https://web.example/answer' }
  ok(await tenant.administer('POST', '/oauth2/api/v1/clients', { ...client, ...code }))
})

after(() => tenant.close())

async function codeOfAdmin(): Promise<string> {
  const { location } = await new Visitor(tenant.server.url).signIn(authorize, tenant.server.admin)
  return new URL(location).searchParams.get('code') ?? assert.fail(location)
}

async function requestTokens(parameters: Readonly<Record<string, string>>) {
  const body = new URLSearchParams(parameters)
  const headers = { authorization: swift }
  const { status, text } = await tenant.request('/oauth2/api/v1/token', { method: 'POST', headers, body })
  return { status, ...(JSON.parse(text) as { error?: string; access_token: string; refresh_token: string }) }
}

type Tokens = Awaited<ReturnType<typeof requestTokens>>

/** How many of these tokens still work, access and refresh tokens taken by themselves. */
async function livingOf(answers: readonly Tokens[]): Promise<{ access: number; refresh: number }> {
  const won = answers.filter(({ status }) => status === 200)
  const calls = await Promise.all(won.map(({ access_token }) => tenant.call('/hello', access_token)))
  const refreshed: Tokens[] = []
  for (const { refresh_token } of won) {
    refreshed.push(await requestTokens({ grant_type: 'refresh_token', refresh_token }))
  }
  const count = (list: readonly { status: number }[]) => list.filter(({ status }) => status === 200).length
  return { access: count(calls), refresh: count(refreshed) }
}

test('RFC 6749 §10.5: of 50 redemptions of a code at a time one wins, and nothing of it is left', async () => {
  const code = await codeOfAdmin()
  const request = { grant_type: 'authorization_code', code }
  const answers = await Promise.all(Array.from({ length: 50 }, () => requestTokens(request)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.deepEqual(new Set(answers.map(({ error }) => error)), new Set([undefined, 'invalid_grant']))
  assert.deepEqual(await livingOf(answers), { access: 0, refresh: 0 })
})

test('RFC 9700 §4.14.2: of 100 uses of a refresh token at a time at most one leaves something that lives', async () => {
  const first = await requestTokens({ grant_type: 'authorization_code', code: await codeOfAdmin() })
  const request = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
  const answers = await Promise.all(Array.from({ length: 100 }, () => requestTokens(request)))
  assert.ok(answers.filter(({ status }) => status === 200).length <= 1)
  const { access, refresh } = await livingOf([first, ...answers])
  assert.ok(access <= 1 && refresh <= 1, `${access} access and ${refresh} refresh tokens live`)
})

const base64Url = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

interface Forger {
  /** Of a real token. */
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: string
  readonly publicJwk: JsonWebKey
  readonly own: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
}

const signed = ({ payload, own }: Forger, header: object, key = own.privateKey) => {
  const input = `${base64Url(header)}.${payload}`
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signature.toString('base64url')}`
}

const keyed = ({ payload }: Forger, header: object, key: string | Buffer) => {
  const input = `${base64Url(header)}.${payload}`
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`
}

const publicPem = ({ publicJwk }: Forger) =>
  String(createPublicKey({ key: publicJwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }))

const forgeries: readonly (readonly [attack: string, token: (forger: Forger) => string])[] = [
  ...['none', 'None', 'NONE', ''].map(
    alg => [`alg "${alg}"`, ({ header, payload }: Forger) => `${base64Url({ ...header, alg })}.${payload}.`] as const,
  ),
  ['alg none with a signature', forger => signed(forger, { ...forger.header, alg: 'none' })],
  ['HS256 keyed with the public key', forger => keyed(forger, { ...forger.header, alg: 'HS256' }, publicPem(forger))],
  [
    'HS256 keyed with the published JWK',
    forger => keyed(forger, { ...forger.header, alg: 'HS256' }, JSON.stringify(forger.publicJwk)),
  ],
  ['HS256 under the name of ES256', forger => keyed(forger, forger.header, publicPem(forger))],
  ['RS256', forger => signed(forger, { ...forger.header, alg: 'RS256' })],
  ['another key', forger => signed(forger, forger.header)],
  [
    'a key of zeros as signature',
    ({ header, payload }) => `${base64Url(header)}.${payload}.${base64Url('\0'.repeat(64))}`,
  ],
  [
    'a key brought along',
    forger => signed(forger, { ...forger.header, kid: undefined, jwk: forger.own.publicKey.export({ format: 'jwk' }) }),
  ],
  ['a key to be fetched', forger => signed(forger, { ...forger.header, jku: 'http://127.0.0.1:9/jwks.json' })],
  ['a certificate to be fetched', forger => signed(forger, { ...forger.header, x5u: 'http://127.0.0.1:9/key.pem' })],
  ...(
    [
      ...['../../../dev/null', '/dev/null', "' union select 'x' --", '__proto__', 'constructor', 'toString', '', '%00'],
      ...['http://127.0.0.1:9/', 'x'.repeat(4000), null, 0, true, [], ['first'], {}, { $ne: 1 }],
    ] as const
  ).map(
    kid =>
      [
        `kid ${JSON.stringify(kid).slice(0, 40)}`,
        (forger: Forger) => signed(forger, { ...forger.header, kid }),
      ] as const,
  ),
]

test('RFC 8725 §3: no forged JWT calls a flow, and none makes the server fetch anything', async () => {
  const token = await tenant.token('orders', '&token_format=jwtrfc')
  const [header = '', payload = ''] = token.split('.')
  const { keys } = JSON.parse((await tenant.request('/.well-known/jwks.json')).text) as { keys: JsonWebKey[] }
  const forger: Forger = {
    header: JSON.parse(Buffer.from(header, 'base64url').toString()),
    payload,
    publicJwk: keys[0] ?? assert.fail('no key'),
    own: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  }
  for (const [attack, forge] of forgeries) {
    const { status, headers, text } = await tenant.call('/hello', forge(forger))
    assert.deepEqual(
      [status, headers.get('www-authenticate')],
      [401, 'Bearer realm="dev", error="invalid_token"'],
      attack,
    )
    assert.doesNotMatch(text, /signature|kid|key|alg/i)
  }
  assert.equal((await tenant.call('/hello', token)).status, 200)
})

/** What is answered to requests with these header fields, whatever else they lack. */
async function statusesOf(line: string, ...heads: readonly (readonly string[])[]): Promise<readonly number[]> {
  const pipeline = new Pipeline(Number(new URL(tenant.server.url).port))
  try {
    const requests = heads.map(fields => ({
      method: line.split(' ')[0] ?? '',
      text: [`${line} HTTP/1.1`, ...fields, 'Content-Length: 0', '', ''].join('\r\n'),
    }))
    const answers = await pipeline.exchange(requests)
    return answers.map(({ status }) => status)
  } finally {
    pipeline.close()
  }
}

const grant = 'grant_type=client_credentials'

test('RFC 6749 §2.3, RFC 6750 §2: two Authorization headers are none, whichever comes first', async () => {
  const basic = (text: string) => `Authorization: Basic ${btoa(text)}`
  const ofClient = [basic('orders:secret of orders'), basic('orders:wrong')] as const
  const ofUser = [`Authorization: ${tenant.server.admin.authorization}`, basic('admin:wrong')] as const
  const cases = [
    [
      'POST /http/hello',
      [`Authorization: Bearer ${await tenant.token('orders')}`, 'authorization: Bearer x'],
      200,
      401,
    ],
    [`POST /oauth2/api/v1/token?${grant}`, ofClient, 200, 400],
    ['POST /oauth2/api/v1/introspect?token=0', ofClient, 200, 400],
    ['POST /oauth2/api/v1/revoke?token=0', ofClient, 200, 400],
    ['GET /oauth2/api/v1/clients', ofUser, 200, 401],
    ['GET /api/v1/', ofUser, 200, 401],
  ] as const
  for (const [line, [right, wrong], taken, refused] of cases) {
    const several = [
      [right, wrong],
      [wrong, right],
      [right, right],
      [right, 'Authorization:'],
      ['Authorization:', right],
    ]
    const heads = [...several, [right]].map(fields => ['Host: localhost', ...fields])
    assert.deepEqual(await statusesOf(line, ...heads), [...several.map(() => refused), taken], line)
  }
})

/** One of each kind of secret text that this server hands out, by what it is. */
async function oneOfEach(): Promise<Readonly<Record<string, string>>> {
  const { refresh_token, access_token } = await requestTokens({
    grant_type: 'authorization_code',
    code: await codeOfAdmin(),
  })
  const pushed = await tenant.request('/oauth2/api/v1/par', {
    ...{ method: 'POST', headers: { authorization: swift } },
    body: new URLSearchParams({ response_type: 'code', client_id: 'swift' }),
  })
  const visitor = new Visitor(tenant.server.url)
  const page = await visitor.signIn('/oauth2', tenant.server.admin)
  const platform = { kind: 'platform', scopes: ['hcp.readOAuthSettings'] }
  const { id, secret } = JSON.parse(ok(await tenant.administer('POST', '/oauth2/api/v1/clients', platform)).text)
  const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` }
  const ofPlatform = await tenant.request('/oauth2/apitoken/v1?grant_type=client_credentials', {
    method: 'POST',
    headers,
  })
  return {
    ...{ accessToken: access_token, refreshToken: refresh_token, code: await codeOfAdmin() },
    jwt: await tenant.token('orders', '&token_format=jwtrfc'),
    platformToken: JSON.parse(ok(ofPlatform).text).access_token,
    requestUri: JSON.parse(ok(pushed).text).request_uri,
    session: visitor.cookie.replace('JSESSIONID=', ''),
    csrfToken: csrfTokenOf(page),
  }
}

type Place = readonly [place: string, fits: readonly string[], isTaken: (text: string) => Promise<boolean>]

const posted = async (path: string, fields: Readonly<Record<string, string>>) => {
  const init = { method: 'POST', headers: { authorization: swift }, body: new URLSearchParams(fields) }
  return tenant.request(path, init)
}

/** Where such a text may be taken, and which of them. */
const places: readonly Place[] = [
  ['a flow', ['accessToken', 'jwt'], async text => (await tenant.call('/hello', text)).status === 200],
  ['the API', [], async text => (await got('/api/v1/', { authorization: `Bearer ${text}` })) !== 401],
  [
    'the platform',
    ['platformToken'],
    async text => (await got('/oauth2/api/v1/clients', { authorization: `Bearer ${text}` })) !== 401,
  ],
  ['a session', ['session'], async text => (await got('/api/session/v1', { cookie: `JSESSIONID=${text}` })) === 200],
  [
    'introspection',
    ['accessToken', 'jwt'],
    async token => JSON.parse((await posted('/oauth2/api/v1/introspect', { token })).text).active,
  ],
  [
    'an authorization request',
    ['requestUri'],
    async request_uri =>
      (await got(`/oauth2/api/v1/authorize?${new URLSearchParams({ client_id: 'swift', request_uri })}`, {})) === 200,
  ],
  ['an assertion', [], text => isGranted('urn:ietf:params:oauth:grant-type:saml2-bearer', 'assertion', text)],
  [
    'a client',
    [],
    async client_assertion => {
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion, client_assertion_type })
      return (await tenant.request('/oauth2/api/v1/token', { method: 'POST', body })).status === 200
    },
  ],
  ['a refresh token', ['refreshToken'], text => isGranted('refresh_token', 'refresh_token', text)],
  ['a code', ['code'], text => isGranted('authorization_code', 'code', text)],
]

const got = async (path: string, headers: Readonly<Record<string, string>>) =>
  (await tenant.request(path, { headers })).status

const isGranted = async (grant_type: string, name: string, text: string) =>
  (await requestTokens({ grant_type, [name]: text })).status === 200

test('what is handed out for one place is taken in no other', async () => {
  const texts = await oneOfEach()
  for (const [place, fits, isTaken] of places) {
    const taken: string[] = []
    for (const [kind, text] of Object.entries(texts)) if (await isTaken(text)) taken.push(kind)
    assert.deepEqual(taken.sort(), [...fits].sort(), place)
  }
})

test("the token of one session's form is worth nothing in another session", async () => {
  const path = authorize.replace('swift', 'asking')
  const client = { id: 'asking', name: 'Asking', subscription: 'deviflmap', grant: 'authorization_code' }
  ok(
    await tenant.administer('POST', '/oauth2/api/v1/clients', { ...client, redirectUri: 'https://web.example/answer' }),
  )
  const [attacker, victim] = [new Visitor(tenant.server.url), new Visitor(tenant.server.url)]
  const form = await attacker.signIn(path, tenant.server.admin)
  await victim.signIn(path, tenant.server.admin)
  const sent = await victim.send(path, agreementTo(form))
  assert.deepEqual([sent.status, sent.location], [400, ''])
})

test('a session that somebody set before the sign-in is not the one that is signed in', async () => {
  const fixed = 'A'.repeat(32)
  const visitor = new Visitor(tenant.server.url)
  const answer = await visitor.send('/oauth2', tenant.server.admin, { cookie: `JSESSIONID=${fixed}` })
  assert.equal(answer.status, 303)
  assert.doesNotMatch(visitor.cookie, new RegExp(fixed))
  const page = await new Visitor(tenant.server.url).open('/oauth2', { cookie: `JSESSIONID=${fixed}` })
  assert.match(page.text, /<h1>Sign In<\/h1>/)
})

test('RFC 9112 §3.2.2: who signs in stays here, also where the request names another server', async () => {
  const pipeline = new Pipeline(Number(new URL(tenant.server.url).port))
  const { user, password } = tenant.server.admin
  const body = String(new URLSearchParams({ user, password }))
  const head = 'Host: evil.example\r\nContent-Type: application/x-www-form-urlencoded'
  for (const target of [
    'http://evil.example/oauth2',
    'http://evil.example/oauth2/api/v1/authorize?response_type=code&client_id=swift',
    'http://evil.example?/oauth2',
    'https://evil.example?to=/oauth2/api/v1/authorize?response_type=code&client_id=swift',
    'HTTP://evil.example//oauth2',
  ]) {
    const text = `POST ${target} HTTP/1.1\r\n${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const [answer] = await pipeline.exchange([{ method: 'POST', text }])
    assert.match(answer?.headers.get('location') ?? '/', /^\/(?!\/)/)
  }
  pipeline.close()
})

const letters: Readonly<Record<string, readonly string[]>> = {
  o: ['O', 'ο', 'о', 'ｏ', 'º'],
  a: ['A', 'а', 'ａ', 'ª'],
  i: ['I', 'İ', 'ı', 'і', 'ｉ'],
  t: ['T', 'ｔ'],
  l: ['L', 'ｌ', 'ⅼ'],
  _: ['＿', '‿'],
}

/** `oauth_client_orders`, in letters that look alike or are the same to some comparison. */
const lookalikes = fc
  .array(fc.tuple(fc.nat(40), fc.nat(4)), { maxLength: 4 })
  .chain(swaps => fc.constantFrom('', ' ', '\u200b', '\u00ad').map(inside => ({ swaps, inside })))
  .map(({ swaps, inside }) => {
    const text = [...'oauth_client_orders']
    for (const [at, which] of swaps) {
      const index = at % text.length
      text[index] = letters[text[index] ?? '']?.[which] ?? (text[index] ?? '').toUpperCase()
    }
    return text.join('').replace('client', `cl${inside}ient`)
  })

test('RFC 9700 §4.15.1: whoever is named nearly as a client has nothing of what it may do', async context => {
  const seed = Number(process.env.FUZZ_SEED ?? 20_261_129)
  const password = 'a good password'
  let created = 0
  await fc.assert(
    fc.asyncProperty(lookalikes, async name => {
      const body = { name, password, mustChangePassword: false }
      const { status } = await tenant.administer('POST', '/api/identity/v1/users', body)
      if (name.toLowerCase().startsWith('oauth_client_')) return assert.equal(status, 400, name)
      if (status !== 201) return assert.ok(status === 400 || status === 409, `${status} for ${name}`)
      created += 1
      const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
      const answer = await tenant.call('/hello', undefined, { headers: { authorization } })
      assert.equal(answer.status, 403, name)
    }),
    { seed, numRuns: 30 },
  )
  context.diagnostic(`${created} of 30 names could be users (seed ${seed})`)
})
