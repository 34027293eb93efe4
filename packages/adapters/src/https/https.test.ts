import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EntryPoint, expressions, type HttpEntryPoint, type HttpRequest, startRun, steps } from '@sluice/iflow'
import { compileSource, fakePorts, flowText, type NodeSketch, request } from '@sluice/iflow/testing'
import { adapters } from '../index.ts'

const registry = { steps, adapters, expressions }

interface FlowParts {
  readonly channel?: Readonly<Record<string, string>>
  readonly properties?: Readonly<Record<string, string>>
  readonly middle?: Omit<NodeSketch, 'id'>
  readonly end?: string
}

function flowOf({ channel = {}, properties = {}, middle = { type: 'Enricher' }, end = 'MessageEndEvent' }: FlowParts) {
  return flowText({
    properties,
    processes: [
      {
        id: 'Main',
        nodes: [
          { id: 'Start', type: 'MessageStartEvent' },
          { ...middle, id: 'Middle' },
          { id: 'End', type: end },
        ],
        flows: [
          { from: 'Start', to: 'Middle' },
          { from: 'Middle', to: 'End' },
        ],
      },
    ],
    channels: [
      { step: 'Start', direction: 'Sender', properties: { ComponentType: 'HTTPS', urlPath: '/orders', ...channel } },
    ],
  })
}

async function call(parts: FlowParts, sent: HttpRequest = request()) {
  const { plan, diagnostics } = await compileSource(flowOf(parts), { registry })
  assert.ok(plan, JSON.stringify(diagnostics))
  const entry = httpOf(plan.entryPoints)
  const options = { ports: fakePorts(), messageGuid: 'guid', correlationId: 'correlation' }
  const result = await startRun(plan, entry.processId, entry.receive(sent), options)
  const { status, headers, body } = entry.reply(result)
  assert.ok(typeof body === 'string' || body instanceof Uint8Array)
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  return { status, headers: Object.fromEntries(headers), text, body, exchange: result.exchange }
}

function httpOf([entry]: readonly EntryPoint[]): HttpEntryPoint {
  assert.equal(entry?.kind, 'http')
  return entry
}

const set = (headers: Readonly<Record<string, string>>, body = ''): Omit<NodeSketch, 'id'> => {
  const rows = Object.entries(headers).map(
    ([name, value]) =>
      `<row><cell id='Name'>${name}</cell><cell id='Type'>constant</cell><cell id='Value'>${value}</cell></row>`,
  )
  return { type: 'Enricher', properties: { headerTable: rows.join(''), bodyType: 'expression', wrapContent: body } }
}

test('a channel becomes a route with the defaults of the adapter', async () => {
  const { plan } = await compileSource(flowOf({}), { registry })
  const { receive: _receive, reply: _reply, ...route } = httpOf(plan?.entryPoints ?? [])
  assert.deepEqual(route, {
    kind: 'http',
    channelId: 'Channel-Start',
    processId: 'Main',
    protocol: 'REST',
    address: '/orders',
    prefix: false,
    role: 'ESBMessaging.send',
    csrfProtected: true,
    bodyBytesMax: 40 * 1024 * 1024,
  })
})

test('a channel says role, CSRF protection, size and that everything below belongs to it', async () => {
  const channel = { urlPath: '/a/*', userRole: 'Mine', xsrfProtection: '0', maximumBodySize: '1' }
  const { plan } = await compileSource(flowOf({ channel }), { registry })
  const { address, prefix, role, csrfProtected, bodyBytesMax } = httpOf(plan?.entryPoints ?? [])
  assert.deepEqual([address, prefix, role, csrfProtected, bodyBytesMax], ['/a', true, 'Mine', false, 1024 * 1024])
})

const wrong: readonly [channel: Readonly<Record<string, string>>, code: string][] = [
  [{ urlPath: 'orders' }, 'invalid-address'],
  [{ urlPath: ' ' }, 'invalid-value'],
  [{ senderAuthType: 'ClientCertificate' }, 'unsupported-value'],
  [{ xsrfProtection: 'maybe' }, 'invalid-value'],
  [{ maximumBodySize: '0' }, 'invalid-value'],
  [{ maximumBodySize: '9999999' }, 'invalid-value'],
]

for (const [channel, code] of wrong) {
  test(`${JSON.stringify(channel)} is reported as ${code} at the channel`, async () => {
    const { plan, diagnostics } = await compileSource(flowOf({ channel }), { registry })
    assert.equal(plan, undefined)
    assert.deepEqual(
      diagnostics.map(found => [found.code, found.at.elementId]),
      [[code, 'Channel-Start']],
    )
  })
}

test('a request sets the documented headers', async () => {
  const { exchange } = await call(
    { channel: { urlPath: '/Orders/*' } },
    request({ method: 'PUT', path: '/orders/42/a%20b', query: 'x=1&y', user: 'oauth_client_hello' }),
  )
  const names = ['Method', 'Url', 'Query', 'Path'].map(name => exchange.headers.get(`CamelHttp${name}`))
  assert.deepEqual(names, ['PUT', 'http://localhost:8080/http/orders/42/a%20b', 'x=1&y', '42/a%20b'])
  assert.equal(exchange.headers.get('CamelServletContextPath'), '/Orders')
  assert.equal(exchange.headers.get('SapAuthenticatedUserName'), 'oauth_client_hello')
})

test('only allowed headers and parameters get in, and the content type', async () => {
  const sent = request({
    headers: { 'content-type': 'text/xml', 'x-a': '1', 'x-b': ['2', '3'], other: '4', authorization: 'Bearer t' },
    query: 'x-a=5+6&p=%C3%BC&broken=%ZZ&x-c',
  })
  const { exchange } = await call({ properties: { allowedHeaderList: 'x-.*|p|broken' } }, sent)
  const read = (name: string) => exchange.headers.get(name)
  assert.deepEqual(['x-a', 'x-b', 'other', 'authorization'].map(read), [['1', '5 6'], '2, 3', undefined, undefined])
  assert.deepEqual(['p', 'broken', 'x-c', 'content-type'].map(read), ['ü', '%ZZ', '', 'text/xml'])
})

test('what the engine vouches for a sender cannot set, whatever is allowed', async () => {
  const sent = request({
    headers: {
      camelhttpmethod: 'DELETE',
      ssl_client_cert: 'x',
      sapauthenticatedusername: 'admin',
      camelcharsetname: 'x',
    },
    query: 'CamelHttpPath=x&SSL_CLIENT_USER=y&SapAuthenticatedUserName=admin&CamelFileName=z',
  })
  const { exchange } = await call({ properties: { allowedHeaderList: '*' } }, sent)
  const read = (name: string) => exchange.headers.get(name)
  assert.deepEqual(['CamelHttpMethod', 'CamelHttpPath', 'SapAuthenticatedUserName'].map(read), ['POST', '', 'tester'])
  assert.deepEqual(['ssl_client_cert', 'SSL_CLIENT_USER', 'CamelFileName', 'CamelCharsetName'].map(read), [
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a charset of the content type decides how the body is read, and written', async () => {
  const sent = {
    ...request({ headers: { 'content-type': 'text/plain; charset="ISO-8859-1"' } }),
    body: new Uint8Array([0xfc]),
  }
  const { exchange } = await call({ middle: set({}, '${in.body}') }, sent)
  assert.equal(exchange.text(), 'ü')
  assert.deepEqual([...exchange.body.bytes(exchange.charset)], [0xfc])
})

const charsets: readonly [charset: string, bytes: readonly number[]][] = [
  ['ISO-8859-1', [0xfc]],
  ['Shift_JIS', [0xc3, 0xbc]],
  ['klingon', [0xc3, 0xbc]],
]

for (const [charset, bytes] of charsets) {
  test(`text is answered to a request in ${charset}, if need be in UTF-8`, async () => {
    const { status, body } = await call(
      { middle: set({}, 'ü') },
      request({ headers: { 'content-type': `text/plain; charset=${charset}` } }),
    )
    assert.deepEqual([status, ...Buffer.from(body)], [200, ...bytes])
  })
}

test('a completed message answers with its body and headers, each answer with the ids of its log', async () => {
  const { status, headers, text } = await call({
    middle: set({ 'Content-Type': 'text/plain', 'X-Kind': 'gold' }, 'Hello'),
  })
  assert.deepEqual([status, text], [200, 'Hello'])
  assert.deepEqual(headers, {
    SAP_MessageProcessingLogID: 'guid',
    SAP_MplCorrelationId: 'correlation',
    'Content-Type': 'text/plain',
    'X-Kind': 'gold',
  })
})

test('an answer without a body has status 204', async () => {
  assert.equal((await call({ middle: set({}, '${null}') })).status, 204)
})

const codes: readonly [code: string, status: number][] = [
  ['201', 201],
  [' 404 ', 404],
  ['99', 200],
  ['1000', 200],
  ['ok', 200],
]

for (const [code, status] of codes) {
  test(`CamelHttpResponseCode "${code}" gives status ${status}`, async () => {
    assert.equal((await call({ middle: set({ CamelHttpResponseCode: code }, 'x') })).status, status)
  })
}

test('headers of the connection, credentials, Camel headers and broken names are not sent', async () => {
  const names = [
    'Connection',
    'Transfer-Encoding',
    'Content-Length',
    'Host',
    'Cookie',
    'Authorization',
    'CamelX',
    'a b',
    'ü',
  ]
  const { headers } = await call({ middle: set(Object.fromEntries(names.map(name => [name, '1'])), 'x') })
  assert.deepEqual(Object.keys(headers), ['SAP_MessageProcessingLogID', 'SAP_MplCorrelationId'])
})

test('a header value is one line of Latin-1', async () => {
  const { headers } = await call({ middle: set({ 'X-A': 'a\r\nSet-Cookie: b', 'X-B': 'ü€' }, 'x') })
  assert.deepEqual([headers['X-A'], headers['X-B']], ['a Set-Cookie: b', 'ü?'])
})

test('a failed message answers with 500 and the id of its log, not with the reason', async () => {
  const { status, text, headers } = await call({
    end: 'ErrorEndEvent',
    middle: set({ CamelHttpResponseCode: '200' }, 'x'),
  })
  assert.equal(status, 500)
  assert.match(text, /guid$/)
  assert.equal(headers.SAP_MessageProcessingLogID, 'guid')
})

test('the reason is told when the flow returns exceptions to the sender', async () => {
  const { status, text } = await call({ end: 'ErrorEndEvent', properties: { returnExceptionToSender: 'true' } })
  assert.deepEqual([status, text], [500, 'The message came to the error end event "End".'])
})

test('an escalated message is an error for a sender that waits', async () => {
  assert.equal((await call({ end: 'EscalationEndEvent' })).status, 500)
})
