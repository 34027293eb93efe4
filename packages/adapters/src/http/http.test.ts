import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressions, Failure, type HttpCall, steps } from '@sluice/iflow'
import {
  compileSource,
  type FakeWorld,
  fakePorts,
  httpAnswer,
  message,
  runFlow,
  TestClock,
  testInstant,
} from '@sluice/iflow/testing'
import { adapters } from '../index.ts'
import { httpFlow, type Texts } from './testing/http-flow.ts'

const registry = { steps, adapters, expressions }

interface Given {
  readonly channel?: Texts
  readonly body?: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly properties?: Texts
  readonly onFailure?: string
  readonly world?: FakeWorld
  readonly answers?: readonly ReturnType<typeof httpAnswer>[]
}

/** Runs the flow; the receiver gives the answers in turn, the last one again and again. */
async function call({ channel = {}, body = 'in', headers, properties, onFailure, world, answers }: Given = {}) {
  const calls: HttpCall[] = []
  const http = async (sent: HttpCall) => {
    calls.push(sent)
    return (
      (answers ?? [httpAnswer({ body: 'out' })]).at(Math.min(calls.length, answers?.length ?? 1) - 1) ?? httpAnswer()
    )
  }
  const { result } = await runFlow(httpFlow(channel, onFailure), {
    registry,
    message: message({ body, ...(headers && { headers }), ...(properties && { properties }) }),
    ports: fakePorts({ http, ...world }),
  })
  return { calls, sent: calls[0], ...result, text: result.exchange.text() }
}

const urls: readonly [name: string, given: Given, url: string][] = [
  ['the address', {}, 'https://a.example/x'],
  ['the query', { channel: { httpAddressQuery: 'a=1&b=2' } }, 'https://a.example/x?a=1&b=2'],
  [
    'expressions',
    {
      channel: { httpAddressWithoutQuery: '${property.host}/${header.id}', httpAddressQuery: 'q=${property.q}' },
      headers: { id: 7 },
      properties: { host: 'https://b.example', q: 'x' },
    },
    'https://b.example/7?q=x',
  ],
  ['a query in the address', { channel: { httpAddressWithoutQuery: 'https://a/x?y=1' } }, 'https://a/x?y=1'],
  ['CamelHttpUri', { headers: { CamelHttpUri: 'http://c/y?z=1' } }, 'http://c/y?z=1'],
  [
    "the channel's query with CamelHttpUri",
    { channel: { httpAddressQuery: 'a=1' }, headers: { CamelHttpUri: 'http://c/y?z=1' } },
    'http://c/y?a=1',
  ],
  [
    'CamelHttpQuery over everything',
    { channel: { httpAddressQuery: 'a=1' }, headers: { CamelHttpUri: 'http://c/y?z=1', CamelHttpQuery: 'h=2' } },
    'http://c/y?h=2',
  ],
  [
    'CamelHttpPath',
    { headers: { CamelHttpPath: '/42/a' }, channel: { httpAddressQuery: 'q=1' } },
    'https://a.example/x/42/a?q=1',
  ],
  ['an empty CamelHttpPath', { headers: { CamelHttpPath: '' } }, 'https://a.example/x'],
]

for (const [name, given, url] of urls) {
  test(`the URL is made of ${name}`, async () => assert.equal((await call(given)).sent?.url, url))
}

const methods: readonly [channel: Texts, method: string, body: string | undefined][] = [
  [{}, 'POST', 'in'],
  [{ httpMethod: 'PUT' }, 'PUT', 'in'],
  [{ httpMethod: 'PATCH' }, 'PATCH', 'in'],
  [{ httpMethod: 'GET' }, 'GET', undefined],
  [{ httpMethod: 'DELETE' }, 'DELETE', undefined],
  [{ httpMethod: 'HEAD' }, 'HEAD', undefined],
  [{ httpMethod: 'GET', httpShouldSendBody: 'true' }, 'GET', 'in'],
  [{ httpMethod: 'TRACE', httpShouldSendBody: '1' }, 'TRACE', undefined],
  [{ httpMethod: 'DYNAMIC', methodSourceExpression: '${header.verb}' }, 'DELETE', undefined],
  [{ httpMethod: 'DYNAMIC', methodSourceExpression: '${header.none}' }, 'POST', 'in'],
  [{ httpMethod: 'DYNAMIC', methodSourceExpression: '' }, 'POST', 'in'],
]

for (const [channel, method, body] of methods) {
  test(`${JSON.stringify(channel)} sends ${method} ${body === undefined ? 'without' : 'with'} a body`, async () => {
    const { sent } = await call({ channel, headers: { verb: 'delete' } })
    assert.deepEqual([sent?.method, sent?.body && new TextDecoder().decode(sent.body)], [method, body])
  })
}

test('a method that is none fails the step', async () => {
  const channel = { httpMethod: 'DYNAMIC', methodSourceExpression: '${header.verb}' }
  const { failure, calls } = await call({ channel, headers: { verb: 'FETCH' } })
  assert.deepEqual([failure?.code, failure?.stepId, calls.length], ['receiver', 'Call', 0])
})

const given = {
  'X-A': '1',
  'X-B': ['2', '3'],
  'Content-Type': 'text/plain',
  Authorization: 'Bearer mine',
  Host: 'evil',
  'Transfer-Encoding': 'chunked',
  CamelHttpMethod: 'PUT',
  'not a name': '4',
  'X-Line': 'a\r\nb',
}
const sentHeaders: readonly [allowed: string | undefined, lines: readonly string[]][] = [
  ['', ['Content-Type=text/plain']],
  ['x-a', ['X-A=1', 'Content-Type=text/plain']],
  ['X-B|authorization|Host', ['X-B=2', 'X-B=3', 'Content-Type=text/plain', 'Authorization=Bearer mine']],
  ['*|X-A', ['X-A=1', 'Content-Type=text/plain']],
  ['${property.list}', ['X-A=1', 'Content-Type=text/plain', 'X-Line=a b']],
  ['*', ['X-A=1', 'X-B=2', 'X-B=3', 'Content-Type=text/plain', 'Authorization=Bearer mine', 'X-Line=a b']],
  [undefined, ['X-A=1', 'X-B=2', 'X-B=3', 'Content-Type=text/plain', 'Authorization=Bearer mine', 'X-Line=a b']],
]

for (const [allowed, lines] of sentHeaders) {
  test(`with request headers ${JSON.stringify(allowed)} exactly the allowed ones are sent`, async () => {
    const channel: Texts = allowed === undefined ? {} : { allowedRequestHeaders: allowed }
    const { sent } = await call({ channel, headers: given, properties: { list: 'X-Line|X-A' } })
    const ours = (sent?.headers ?? []).filter(([name]) => !name.startsWith('SAP_'))
    assert.deepEqual(
      ours.map(pair => pair.join('=')),
      lines,
    )
  })
}

test('a request without a body has no content type unless it is allowed', async () => {
  const { sent } = await call({ channel: { httpMethod: 'GET', allowedRequestHeaders: '' }, headers: given })
  assert.deepEqual(sent?.headers, [])
})

test('text goes out in the charset of the message, and the charset of the answer becomes the message’s', async () => {
  const answer = httpAnswer({
    headers: { 'Content-Type': 'text/plain; charset="iso-8859-1"' },
    body: new Uint8Array([0xe4]),
  })
  const { sent, text, exchange } = await call({
    body: 'ü',
    properties: { CamelCharsetName: 'ISO-8859-15' },
    answers: [answer],
  })
  assert.deepEqual([...(sent?.body ?? [])], [0xfc])
  assert.deepEqual([text, exchange.properties.get('CamelCharsetName')], ['ä', 'iso-8859-1'])
})

test('the answer becomes the message; other headers and properties stay', async () => {
  const answer = {
    ...httpAnswer({ status: 201, statusText: 'Created', body: 'out' }),
    headers: [
      ['X-A', 'new'],
      ['X-A', 'newer'],
      ['Set-Cookie', 'c=1'],
      ['Connection', 'close'],
      ['CamelHttpUri', 'http://evil'],
    ] as const,
  }
  const { text, exchange } = await call({ headers: { 'x-a': 'old', Kept: 'yes' }, answers: [answer] })
  const read = (name: string) => exchange.headers.get(name)
  assert.equal(text, 'out')
  assert.deepEqual(['CamelHttpResponseCode', 'CamelHttpResponseText', 'X-A', 'set-cookie', 'Kept'].map(read), [
    201,
    'Created',
    ['new', 'newer'],
    ['c=1'],
    'yes',
  ])
  assert.deepEqual(['Connection', 'CamelHttpUri'].map(read), [undefined, undefined])
})

test('only allowed headers of an answer get in', async () => {
  const answers = [httpAnswer({ headers: { A: '1', B: '2' } })]
  const { exchange } = await call({ channel: { allowedResponseHeaders: 'b|C' }, answers })
  assert.deepEqual([exchange.headers.get('A'), exchange.headers.get('B')], [undefined, '2'])
})

for (const status of [300, 304, 404, 503]) {
  test(`an answer of ${status} fails the step and tells what the receiver said`, async () => {
    const answer = httpAnswer({ status, statusText: 'No', headers: { 'X-Why': 'because' }, body: '{"why":"ü"}' })
    const { failure, exchange } = await call({ channel: { httpAddressQuery: 'key=secret' }, answers: [answer] })
    assert.equal(failure?.message, `HTTP operation failed invoking https://a.example/x with statusCode: ${status}`)
    assert.deepEqual([failure.code, failure.stepId], ['receiver-status', 'Call'])
    assert.deepEqual(failure.exception, {
      className: 'org.apache.camel.component.ahc.AhcOperationFailedException',
      properties: {
        statusCode: status,
        statusText: 'No',
        responseBody: '{"why":"ü"}',
        responseHeaders: new Map([['X-Why', 'because']]),
      },
    })
    assert.equal(failure.retry, status === 503 ? 'later' : 'never')
    assert.deepEqual([exchange.text(), exchange.headers.get('CamelHttpResponseCode')], ['in', status])
  })
}

test('an exception subprocess reads what the receiver said', async () => {
  const { status, text } = await call({
    answers: [httpAnswer({ status: 422, statusText: 'Unprocessable', body: 'bad date' })],
    onFailure:
      '${exception.statusCode} ${exception.getStatusText()}: ${exception.responseBody} ${header.CamelHttpResponseCode}',
  })
  assert.deepEqual([status, text], ['COMPLETED', '422 Unprocessable: bad date 422'])
})

test('a flow may go on whatever the status', async () => {
  const answers = [httpAnswer({ status: 500, body: 'broken' })]
  const { status, text, exchange } = await call({ channel: { throwExceptionOnFailure: 'false' }, answers })
  assert.deepEqual([status, text, exchange.headers.get('CamelHttpResponseCode')], ['COMPLETED', 'broken', 500])
})

test('no connection fails the step, also where any status is fine', async () => {
  const { failure } = await call({ channel: { throwExceptionOnFailure: 'false' }, world: { http: refuse } })
  assert.deepEqual([failure?.code, failure?.stepId, failure?.retry], ['connection', 'Call', 'later'])
})

function refuse(): never {
  throw new Failure('Expected an answer, found no connection.', { code: 'connection', retry: 'later' })
}

const credentials = {
  erp: { kind: 'user', user: 'flöw', password: 'a:b' },
  crm: {
    kind: 'oauth2-client',
    tokenServiceUrl: 'https://t/token',
    clientId: 'id',
    clientSecret: 'secret',
    clientAuthentication: 'body',
    contentType: 'form',
    scope: '',
    resource: '',
    audience: '',
    parameters: [],
  },
} as const

const authorization = (sent: HttpCall | undefined) =>
  sent?.headers.filter(([name]) => name.toLowerCase() === 'authorization').map(([, value]) => value)

const basic = { authenticationMethod: 'Basic', allowedRequestHeaders: '*' }
const oauth = { authenticationMethod: 'OAuth2 Client Credentials', credentialName: 'crm' }

test('Basic authentication replaces the message’s own', async () => {
  const channel = { ...basic, credentialName: '${property.name}' }
  const { sent } = await call({
    channel,
    headers: { authorization: 'mine' },
    properties: { name: 'erp' },
    world: { credentials },
  })
  assert.deepEqual(authorization(sent), [`Basic ${Buffer.from('flöw:a:b').toString('base64')}`])
})

test('a bearer token authenticates; one that is refused is replaced once', async () => {
  const asked: (string | undefined)[] = []
  const accessToken = async (_: string, refused?: string) => {
    asked.push(refused)
    return refused === undefined ? 'old' : 'new'
  }
  const calls: HttpCall[] = []
  const http = async (sent: HttpCall) => {
    calls.push(sent)
    return httpAnswer({ status: 401 })
  }
  const fake = fakePorts({ http })
  const ports = { ...fake, credentials: { ...fake.credentials, accessToken } }
  const { result } = await runFlow(httpFlow(oauth), { registry, ports })
  assert.deepEqual(asked, [undefined, 'old'])
  assert.deepEqual(calls.map(authorization), [['Bearer old'], ['Bearer new']])
  assert.equal(result.failure?.code, 'receiver-status')
})

for (const [name, channel] of Object.entries({
  'no user credentials': { ...basic, credentialName: 'none' },
  'credentials of another kind': { ...basic, credentialName: 'crm' },
  'no client credentials': { ...oauth, credentialName: 'none' },
})) {
  test(`with ${name} the step fails before anything is sent`, async () => {
    const { failure, calls } = await call({ channel, world: { credentials } })
    assert.deepEqual([failure?.code, failure?.stepId, calls.length], ['credential', 'Call', 0])
  })
}

const retry = {
  retryOnConnectionFailure: 'true',
  retryInterval: '7',
  retryIteration: '3',
  httpErrorResponseCodes: '503,429',
}
const good = httpAnswer({ body: 'out' })
const unavailable = httpAnswer({ status: 503 })
const retries: readonly [name: string, channel: Texts, answers: Given['answers'], calls: number, seconds: number][] = [
  ['stops at the first success', retry, [unavailable, good], 2, 7],
  ['stops after the last iteration', retry, [unavailable], 4, 21],
  ['waits as the answer asks', retry, [httpAnswer({ status: 429, headers: { 'Retry-After': '3' } }), good], 2, 3],
  [
    'waits no longer than a minute',
    retry,
    [httpAnswer({ status: 429, headers: { 'Retry-After': '9999' } }), good],
    2,
    60,
  ],
  ['is for listed codes only', retry, [httpAnswer({ status: 500 })], 1, 0],
  ['needs failures to be thrown', { ...retry, throwExceptionOnFailure: 'false' }, [unavailable], 1, 0],
  ['is off unless asked for', { ...retry, retryOnConnectionFailure: 'false' }, [unavailable], 1, 0],
]

for (const [name, channel, answers, count, seconds] of retries) {
  test(`trying again ${name}`, async () => {
    const clock = new TestClock()
    const { calls } = await call({ channel, ...(answers && { answers }), world: { clock } })
    assert.deepEqual([calls.length, clock.now() - testInstant], [count, seconds * 1000])
  })
}

test('a connection that fails is tried again, then fails the step', async () => {
  const clock = new TestClock()
  const { failure } = await call({ channel: retry, world: { clock, http: refuse } })
  assert.deepEqual([failure?.code, clock.now() - testInstant], ['connection', 21_000])
})

const reported: readonly [channel: Texts, severity: string, code: string][] = [
  [{ authenticationMethod: 'OAuth2 SAML Bearer Assertion' }, 'error', 'unsupported-value'],
  [{ proxyType: 'manual' }, 'error', 'unsupported-value'],
  [{ httpMethod: 'BREW' }, 'error', 'unsupported-value'],
  [{ httpRequestTimeout: 'soon' }, 'error', 'invalid-value'],
  [{ httpErrorResponseCodes: 'many' }, 'error', 'invalid-value'],
  [{ httpAddressWithoutQuery: '${' }, 'error', 'unsupported-expression'],
  [{ httpAddressWithoutQuery: '<host>/x' }, 'warning', 'incomplete-address'],
  [{ authenticationMethod: 'Basic' }, 'warning', 'missing-credential'],
  [{ proxyType: 'sapcc' }, 'warning', 'no-cloud-connector'],
]

for (const [channel, severity, code] of reported) {
  test(`${JSON.stringify(channel)} is reported as ${code} at the channel`, async () => {
    const { plan, diagnostics } = await compileSource(httpFlow(channel), { registry })
    const found = diagnostics.filter(({ at }) => at.elementId === 'Channel-Call')
    assert.deepEqual(
      found.map(diagnostic => [diagnostic.severity, diagnostic.code]),
      [[severity, code]],
    )
    assert.equal(plan === undefined, severity === 'error')
  })
}
