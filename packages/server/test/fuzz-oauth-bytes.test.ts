import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { basic } from '../../../test/fuzzed-oauth.ts'
import { clientSecret, fuzzSeed as seed, startFuzzTenant } from './oauth-fuzz.ts'
import { AnswerReader, type RawAnswer } from './pipeline.ts'
import { ok, type Tenant } from './tenant.ts'

// Part of the fuzz run of the authorization server: 200,000 requests in fuzz-oauth-*.test.ts.

const count = 6_000
const path = '/oauth2/api/v1/token'
const grant = 'grant_type=client_credentials'
const orders = `Authorization: ${basic('orders', clientSecret)}`

/** What somebody would have the server take for the next request. */
const smuggled =
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${basic('smuggled', clientSecret)}\r\n` +
  `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${grant.length}\r\n\r\n${grant}`
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
const length = smuggled.length

/** Heads that two servers could read differently: to none of them the body is a request. */
const framings: readonly (readonly [fields: readonly string[], body: string])[] = [
  [[`Content-Length: ${length}`], smuggled],
  [['Transfer-Encoding: chunked'], `${chunk(smuggled)}0\r\n\r\n`],
  [['Content-Length: 0', 'Transfer-Encoding: chunked'], `${chunk(smuggled)}0\r\n\r\n`],
  [['Transfer-Encoding: chunked', 'Content-Length: 4'], `${chunk(smuggled)}0\r\n\r\n`],
  [['Content-Length: 5', 'Transfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
  [['Content-Length: 0', `Content-Length: ${length}`], smuggled],
  [[`Content-Length: ${length}`, 'Content-Length: 0'], smuggled],
  [[`Content-Length: 0, ${length}`], smuggled],
  [[`Content-Length: +${length}`], smuggled],
  [['Content-Length: -1'], smuggled],
  [['Content-Length: 0x0'], smuggled],
  [['Content-Length : 0'], smuggled],
  [['Content-Length:', ' 0'], smuggled],
  [['Transfer-Encoding: xchunked'], smuggled],
  [['Transfer-Encoding: chunked, identity'], smuggled],
  [['Transfer-Encoding: identity', 'Content-Length: 0'], smuggled],
  [['Transfer-Encoding : chunked'], `0\r\n\r\n${smuggled}`],
  [['Transfer-Encoding:\u000bchunked'], `0\r\n\r\n${smuggled}`],
  [['X: y\nTransfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
  [['X: y\rTransfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
  [['Transfer-Encoding: chunked'], `${length.toString(16)};x="\n"\r\n${smuggled}\r\n0\r\n\r\n`],
  [['Transfer-Encoding: chunked'], `0x0\r\n\r\n${smuggled}`],
  [['Transfer-Encoding: chunked'], `FFFFFFFFFFFFFFFFF\r\n${smuggled}`],
  [['Transfer-Encoding: chunked'], `${length.toString(16)}\r\n${smuggled}0\r\n\r\n`],
  [['Transfer-Encoding: chunked'], `-1\r\n${smuggled}`],
]

const oddFields = [
  ...[
    'Host: evil.example',
    'Host: localhost',
    'Host:',
    ' folded: field',
    '\tfolded',
    'no colon',
    ': no name',
    'Näme: x',
  ],
  ...['Authorization: Bearer x', orders, 'X: a\0b', 'Connection: close', 'Connection: keep-alive, Content-Length'],
  ...[
    'Upgrade: h2c',
    'Expect: 100-continue',
    'Expect: 200-ok',
    'Content-Type: a',
    'Trailer: Authorization',
    'TE: trailers',
  ],
  ...[`X: ${'x'.repeat(3000)}`, 'Proxy: evil.example', 'Cookie: a=b', 'Keep-Alive: timeout=9999999999'],
]

const lines = fc.oneof(
  { weight: 12, arbitrary: fc.constant(`POST ${path}?${grant} HTTP/1.1`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...[
        `POST http://evil.example${path}?${grant} HTTP/1.1`,
        `POST ${path}?${grant} HTTP/1.0`,
        `POST ${path} HTTP/2.0`,
      ],
      ...[
        `POST  ${path} HTTP/1.1`,
        `POST ${path}\tHTTP/1.1`,
        `POST ${path}`,
        'PRI * HTTP/2.0',
        'CONNECT evil.example:443 HTTP/1.1',
      ],
      ...[
        `POST ${path}?${grant}#x HTTP/1.1`,
        `POST ${path}\0 HTTP/1.1`,
        'OPTIONS * HTTP/1.1',
        `\r\n\r\nPOST ${path} HTTP/1.1`,
      ],
    ),
  },
)

/** What is sent on one connection, and whether all of it keeps to the grammar. */
const attempts = fc
  .tuple(
    lines,
    fc.constantFrom(...framings),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<string[]>([]) },
      { weight: 2, arbitrary: fc.array(fc.constantFrom(...oddFields), { maxLength: 3 }) },
    ),
    fc.oneof({ weight: 8, arbitrary: fc.constant('\r\n') }, { weight: 1, arbitrary: fc.constant('\n') }),
  )
  .map(([line, [framing, body], odd, end]) => [line, 'Host: localhost', orders, ...odd, ...framing, '', body].join(end))

/** Ends a connection that is still good. */
const last = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'

/** All that is answered on a connection until it ends. */
async function send(port: number, text: string): Promise<RawAnswer[]> {
  const socket = connect(port, '127.0.0.1')
  const reader = new AnswerReader()
  const answers: RawAnswer[] = []
  socket.on('error', () => {})
  socket.setTimeout(2_000, () => socket.destroy())
  socket.write(text + last, 'latin1')
  await new Promise<void>(resolve => {
    socket.on('data', part => {
      reader.add(part.toString('latin1'))
      for (let answer = reader.next('POST'); answer; answer = reader.next('POST')) answers.push(answer)
    })
    socket.on('close', () => resolve())
  })
  return answers
}

async function tokensOf(tenant: Tenant, client: string): Promise<number> {
  const { text } = ok(await tenant.administer('GET', `/oauth2/api/v1/tokens?clientId=${client}&limit=1000`))
  return (JSON.parse(text) as { tokens: unknown[] }).tokens.length
}

test(`${count} connections with heads that could be read in two ways smuggle nothing (seed ${seed})`, async context => {
  const tenant = await startFuzzTenant()
  const client = { id: 'smuggled', name: 'Smuggled', subscription: 'deviflmap', secret: clientSecret }
  try {
    ok(await tenant.administer('POST', '/oauth2/api/v1/clients', client))
    await tenant.token('orders', '', clientSecret)
    const port = Number(new URL(tenant.server.url).port)
    const statuses = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(attempts, { minLength: 30, maxLength: 30, size: 'max' }), async texts => {
        const found = await Promise.all(texts.map(async text => [text, await send(port, text)] as const))
        for (const [text, answers] of found) {
          for (const { status } of answers) {
            statuses.set(status, (statuses.get(status) ?? 0) + 1)
            assert.ok(status < 500, `found ${status} for ${JSON.stringify(text)}`)
          }
          const accepted = answers.filter(({ body }) => body.includes('access_token')).length
          assert.ok(accepted <= 1, `expected one request, found ${accepted} in ${JSON.stringify(text)}`)
        }
        assert.equal(await tokensOf(tenant, 'smuggled'), 0, JSON.stringify(texts))
      }),
      { seed, numRuns: count / 30, endOnFailure: true },
    )
    assert.ok((statuses.get(200) ?? 0) > count / 50, 'expected some requests to be accepted')
    context.diagnostic([...statuses].map(pair => pair.join(': ')).join(', '))
  } finally {
    await tenant.close()
  }
})
