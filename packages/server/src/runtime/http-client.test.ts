import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Failure, type HttpCall } from '@sluice/iflow'
import { selfSigned } from '../testing/self-signed.ts'
import { OutgoingHttp } from './http-client.ts'

const megabyte = 1024 * 1024
const noKeystore = { list: async () => [], keyPair: async () => undefined }

function clientWith(bodyBytesMax: number, connectionsMax: number): OutgoingHttp {
  return new OutgoingHttp({ bodyBytesMax, connectionsMax }, noKeystore, Date)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString('utf8')
}

const used = new WeakSet<object>()

const behaviours: Readonly<Record<string, RequestListener>> = {
  '/echo': async (request, response) => {
    const { method, url, rawHeaders } = request
    response.end(JSON.stringify({ method, url, rawHeaders, body: await bodyOf(request) }))
  },
  '/created': (_, response) => response.writeHead(201, 'Made', { 'X-A': ['1', '2'] }).end('done'),
  '/nothing': (_, response) => response.writeHead(204).end(),
  '/missing': (_, response) => response.writeHead(404).end('no such thing'),
  '/broken': (_, response) => response.writeHead(500).end('oops'),
  '/moved': (_, response) => response.writeHead(302, { Location: '/created' }).end(),
  '/hangs': () => {},
  '/hangs-in-body': (_, response) => void response.writeHead(200).write('some'),
  '/cuts': request => request.socket.destroy(),
  '/cuts-in-body': (_, response) => {
    response.writeHead(200, { 'Content-Length': '100' })
    response.write('some', () => response.destroy())
  },
  '/once-per-connection': ({ socket }, response) => {
    if (used.has(socket)) socket.destroy()
    else response.end()
    used.add(socket)
  },
  '/large': (_, response) => response.end(Buffer.alloc(50 * megabyte)),
  '/zipped': (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('unzipped')),
  '/zipped-nothing': (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(),
  '/not-zipped': (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('plain'),
  '/bomb': (_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(70 * megabyte))),
}

describe('outgoing HTTP', () => {
  let server: Server
  let connections = 0
  let base: string
  const client = clientWith(64 * megabyte, 4)
  before(async () => {
    server = createServer((request, response) =>
      behaviours[(request.url ?? '').split('?')[0] ?? '']?.(request, response),
    )
    server.on('connection', () => {
      connections += 1
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(async () => {
    client.close()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })

  const send = (path: string, parts: Partial<HttpCall> = {}, sender = client) =>
    sender.send({ method: 'GET', url: `${base}${path}`, headers: [], body: undefined, timeoutMs: 10_000, ...parts })

  const failureOf = async (sent: Promise<unknown>): Promise<Failure> => {
    const outcome = await sent.then(
      () => undefined,
      (error: unknown) => error,
    )
    assert.ok(outcome instanceof Failure, String(outcome))
    return outcome
  }

  test('a request arrives as it was made', async () => {
    const { body } = await send('/echo?a=b%20c&d=é f', {
      method: 'POST',
      headers: [
        ['X-A', '1'],
        ['X-A', '2'],
        ['Content-Type', 'text/plain'],
      ],
      body: Buffer.from('ünicode'),
    })
    const echo = JSON.parse(Buffer.from(body).toString('utf8'))
    assert.deepEqual([echo.method, echo.url, echo.body], ['POST', '/echo?a=b%20c&d=%C3%A9%20f', 'ünicode'])
    const headers = echo.rawHeaders.join(' ')
    assert.match(
      headers,
      /x-a 1 x-a 2 content-type text\/plain content-length 8 Host 127\.0\.0\.1:\d+ Connection keep-alive/,
    )
  })

  test('a GET may carry a body, and a POST none', async () => {
    const withBody = JSON.parse(Buffer.from((await send('/echo', { body: Buffer.from('x') })).body).toString())
    assert.deepEqual([withBody.method, withBody.body], ['GET', 'x'])
    const without = JSON.parse(
      Buffer.from((await send('/echo', { method: 'POST', body: new Uint8Array() })).body).toString(),
    )
    assert.match(without.rawHeaders.join(' '), /content-length 0/)
  })

  const answers: readonly [path: string, status: number, statusText: string, body: string][] = [
    ['/created', 201, 'Made', 'done'],
    ['/nothing', 204, 'No Content', ''],
    ['/missing', 404, 'Not Found', 'no such thing'],
    ['/broken', 500, 'Internal Server Error', 'oops'],
    ['/moved', 302, 'Found', ''],
    ['/zipped', 200, 'OK', 'unzipped'],
    ['/zipped-nothing', 200, 'OK', ''],
  ]
  for (const [path, status, statusText, body] of answers) {
    test(`${path} is answered with ${status} ${JSON.stringify(body)}`, async () => {
      const answer = await send(path)
      assert.deepEqual(
        [answer.status, answer.statusText, Buffer.from(answer.body).toString()],
        [status, statusText, body],
      )
    })
  }

  test('headers come as often as they were sent; the length is that of what was unpacked', async () => {
    const named = (headers: readonly (readonly [string, string])[], name: string) =>
      headers.filter(([found]) => found.toLowerCase() === name).map(([, value]) => value)
    assert.deepEqual(named((await send('/created')).headers, 'x-a'), ['1', '2'])
    const { headers } = await send('/zipped')
    assert.deepEqual([named(headers, 'content-length'), named(headers, 'content-encoding')], [['8'], []])
  })

  test('the answer to HEAD has no body, whatever its headers promise', async () => {
    assert.equal((await send('/zipped', { method: 'HEAD' })).body.length, 0)
  })

  const failing: readonly [path: string, parts: Partial<HttpCall>, code: string, found: RegExp][] = [
    ['/hangs', { timeoutMs: 50 }, 'receiver-timeout', /none within 50 ms/],
    ['/hangs-in-body', { timeoutMs: 50 }, 'receiver-timeout', /none within 50 ms/],
    ['/cuts', {}, 'connection', /a connection that was cut/],
    ['/cuts', { method: 'POST', body: Buffer.from('x') }, 'connection', /a connection that was cut/],
    ['/cuts-in-body', {}, 'connection', /one that was cut/],
    ['/not-zipped', {}, 'receiver', /a body that is not gzip/],
    ['/bomb', {}, 'response-too-large', /more than 67108864 bytes/],
    ['', { url: 'ftp://host/x' }, 'receiver', /found "ftp:\/\/host\/x"/],
    ['', { url: 'host/x?key=secret' }, 'receiver', /found "host\/x"/],
    ['', { url: 'http://user:secret@host/x' }, 'receiver', /found "http:\/\/…@host\/x"/],
    [
      '',
      { url: 'http://127.0.0.1:1/x?key=secret' },
      'connection',
      /http:\/\/127\.0\.0\.1:1\/x, found no connection \(/,
    ],
  ]
  for (const [path, parts, code, found] of failing) {
    test(`${parts.url ?? path} ${parts.method ?? 'GET'} fails with ${code} and gives no secret away`, async () => {
      const failure = await failureOf(send(path, parts))
      assert.equal(failure.code, code)
      assert.match(failure.message, found)
      assert.doesNotMatch(`${failure.message} ${String(failure.cause)}`, /secret/)
    })
  }

  test('50 MB are taken where they are allowed, and refused where they are not', async () => {
    assert.equal((await send('/large')).body.length, 50 * megabyte)
    const small = clientWith(megabyte, 1)
    const failure = await failureOf(send('/large', {}, small))
    assert.deepEqual([failure.code, failure.retry], ['response-too-large', 'never'])
    assert.equal((await send('/created', {}, small)).status, 201, 'its connection was given up')
    small.close()
  })

  test('connections are kept and used again, as many as are allowed at a time', async () => {
    const own = clientWith(megabyte, 3)
    const opened = connections
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 10 }, () => send('/created', {}, own)))
    }
    assert.equal(connections - opened, 3)
    own.close()
  })

  test('a kept connection that the receiver closed meanwhile is replaced, where a second attempt does no harm', async () => {
    const own = clientWith(megabyte, 1)
    for (let round = 0; round < 3; round += 1) assert.equal((await send('/once-per-connection', {}, own)).status, 200)
    const failure = await failureOf(send('/once-per-connection', { method: 'POST', body: Buffer.from('x') }, own))
    assert.equal(failure.code, 'connection')
    own.close()
  })

  test('a certificate that nobody vouches for is refused', async () => {
    const { createServer: createTlsServer } = await import('node:https')
    const tls = createTlsServer(selfSigned, (_, response) => response.end('secret'))
    await new Promise<void>(resolve => tls.listen(0, '127.0.0.1', resolve))
    const url = `https://127.0.0.1:${(tls.address() as AddressInfo).port}/`
    const failure = await failureOf(send('', { url }))
    assert.deepEqual([failure.code, /self-signed certificate/.test(failure.message)], ['connection', true])
    await new Promise(resolve => tls.close(resolve))
  })
})
