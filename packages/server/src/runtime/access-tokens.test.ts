import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure, type HttpAnswer, type HttpCall, type OAuth2ClientCredential } from '@sluice/iflow'
import { httpAnswer } from '@sluice/iflow/testing'
import { TestClock } from '../testing/test-clock.ts'
import { AccessTokens } from './access-tokens.ts'

const credential: OAuth2ClientCredential = {
  kind: 'oauth2-client',
  tokenServiceUrl: 'https://t.example/token',
  clientId: 'my id',
  clientSecret: 's:&',
  clientAuthentication: 'body',
  contentType: 'form',
  scope: '',
  resource: '',
  audience: '',
  parameters: [],
}

const tokenAnswer = (token: string, seconds?: number | string) =>
  httpAnswer({ body: JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: seconds }) })

/** A token service that gives `token 1`, `token 2`, … unless told otherwise. */
function world({
  lifetime = 3600 as number | string | undefined,
  answer,
  ...different
}: Partial<OAuth2ClientCredential> & { lifetime?: number | string; answer?: () => Promise<HttpAnswer> } = {}) {
  const clock = new TestClock()
  const calls: HttpCall[] = []
  const http = {
    send: async (call: HttpCall) => {
      calls.push(call)
      return answer ? answer() : tokenAnswer(`token ${calls.length}`, lifetime)
    },
  }
  const tokens = new AccessTokens({ find: async () => ({ ...credential, ...different }), http, clock })
  return { tokens, clock, calls }
}

const requests: readonly [given: Partial<OAuth2ClientCredential>, headers: string, body: string][] = [
  [{}, 'application/x-www-form-urlencoded', 'grant_type=client_credentials&client_id=my+id&client_secret=s%3A%26'],
  [
    { clientAuthentication: 'header', scope: 'a b', resource: 'r', audience: 'u' },
    `application/x-www-form-urlencoded Basic ${btoa('my id:s:&')}`,
    'grant_type=client_credentials&scope=a+b&resource=r&audience=u',
  ],
  [
    { contentType: 'json' },
    'application/json',
    '{"grant_type":"client_credentials","client_id":"my id","client_secret":"s:&"}',
  ],
]

test('custom parameters go into the URL, the headers or the body', async () => {
  const parameters = [
    { name: 'tenant', value: 'a b', in: 'url' as const },
    { name: 'X-Key', value: '1', in: 'header' as const },
    { name: 'accept', value: 'text/json', in: 'header' as const },
    { name: 'assertion', value: 'ä', in: 'body' as const },
  ]
  const { tokens, calls } = world({ parameters, tokenServiceUrl: 'https://t.example/token?v=1' })
  await tokens.get('crm')
  assert.equal(calls[0]?.url, 'https://t.example/token?v=1&tenant=a+b')
  assert.deepEqual(calls[0]?.headers, [
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['X-Key', '1'],
    ['accept', 'text/json'],
  ])
  assert.match(Buffer.from(calls[0]?.body ?? []).toString(), /&client_secret=s%3A%26&assertion=%C3%A4$/)
})

for (const [given, headers, body] of requests) {
  test(`${JSON.stringify(given)} shows in the request`, async () => {
    const { tokens, calls } = world(given)
    await tokens.get('crm')
    const [call] = calls
    assert.deepEqual([call?.method, call?.url], ['POST', 'https://t.example/token'])
    assert.equal(
      call?.headers
        .slice(1)
        .map(([, value]) => value)
        .join(' '),
      headers,
    )
    assert.equal(Buffer.from(call?.body ?? []).toString(), body)
  })
}

test('a token is used until five minutes before its end', async () => {
  const { tokens, clock, calls } = world()
  assert.equal(await tokens.get('crm'), 'token 1')
  clock.advance(3_299_999)
  assert.equal(await tokens.get('crm'), 'token 1')
  clock.advance(1)
  assert.equal(await tokens.get('crm'), 'token 2')
  assert.equal(calls.length, 2)
})

const short: readonly [lifetime: number | string, usedMs: number][] = [
  [60, 30_000],
  ['120', 60_000],
  [600, 300_000],
]

for (const [lifetime, usedMs] of short) {
  test(`a token of ${lifetime} seconds is used for ${usedMs} ms`, async () => {
    const { tokens, clock } = world({ lifetime })
    await tokens.get('crm')
    clock.advance(usedMs - 1)
    assert.equal(await tokens.get('crm'), 'token 1')
    clock.advance(1)
    assert.equal(await tokens.get('crm'), 'token 2')
  })
}

test('calls at the same time share one fetch, also of a token that does not last', async () => {
  for (const lifetime of [3600, 'never']) {
    const { tokens, calls } = world({ lifetime })
    const found = await Promise.all(Array.from({ length: 20 }, () => tokens.get('crm')))
    assert.deepEqual([new Set(found).size, calls.length], [1, 1])
  }
})

test('each name has a token of its own', async () => {
  const { tokens } = world()
  assert.deepEqual(
    [await tokens.get('a'), await tokens.get('b'), await tokens.get('a')],
    ['token 1', 'token 2', 'token 1'],
  )
})

test('a refused token is replaced once, however many calls had it', async () => {
  const { tokens, calls } = world()
  await tokens.get('crm')
  const found = await Promise.all(Array.from({ length: 5 }, () => tokens.get('crm', 'token 1')))
  assert.deepEqual([...new Set(found), calls.length], ['token 2', 2])
  assert.equal(await tokens.get('crm', 'token 1'), 'token 2')
})

test('a token that is being fetched when its credentials change is not kept', async () => {
  const { tokens } = world()
  const before = tokens.get('crm')
  tokens.forget('crm')
  await before
  assert.equal(await tokens.get('crm'), 'token 2')
})

const refused: readonly [answer: HttpAnswer, retry: string, message: RegExp][] = [
  [httpAnswer({ status: 401, body: '{"error":"invalid_client"}' }), 'never', /found status 401 invalid_client$/],
  [httpAnswer({ status: 503, body: 'down' }), 'later', /found status 503$/],
  [httpAnswer({ status: 200, body: '[]' }), 'never', /found status 200$/],
  [httpAnswer({ status: 200, body: '{"access_token":""}' }), 'never', /found status 200$/],
  [httpAnswer({ status: 200, body: '{"access_token":"a\\nb"}' }), 'never', /found status 200$/],
]

for (const [answer, retry, message] of refused) {
  test(`an answer of ${answer.status} ${Buffer.from(answer.body)} is no token, and the next call asks again`, async () => {
    const { tokens, calls } = world({ answer: async () => answer })
    const expected = (error: unknown) =>
      error instanceof Failure && error.code === 'token-service' && error.retry === retry && message.test(error.message)
    await assert.rejects(tokens.get('crm'), expected)
    await assert.rejects(tokens.get('crm'), expected)
    assert.equal(calls.length, 2)
  })
}

test('a token service that cannot be reached is named as what failed', async () => {
  const cause = new Failure('no connection', { code: 'connection', retry: 'later' })
  const { tokens } = world({ answer: () => Promise.reject(cause) })
  await assert.rejects(tokens.get('crm'), { code: 'token-service', retry: 'later', cause })
})
