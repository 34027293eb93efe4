import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { readSettings } from '../config/read-settings.ts'
import { createListener } from './listener.ts'

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
const post = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
const broken = 'no request\r\n\r\n'

test('a request that does not arrive in time is told so, whether its head or its body is slow', async () => {
  const settings = { ...readSettings({}, {}), requestTimeoutMs: 50 }
  for (const sent of [get.slice(0, -2), `${post}5\r\nab`]) {
    assert.match(await answersTo(nothing, [sent], settings), /^HTTP\/1\.1 408 .*request-timeout/s)
  }
})

test('an answer that nobody takes is given up after a while, work on one is not', async () => {
  const ended: boolean[] = []
  const answered = Promise.withResolvers<void>()
  // What Node tells when nothing came or went for that long.
  const beStill = (socket: Socket) => {
    server.emit('timeout', socket)
    ended.push(socket.destroyed)
  }
  const respond: RequestListener = ({ socket }, response) => {
    beStill(socket)
    response.end(Buffer.alloc(64 * 1024 * 1024))
    beStill(socket)
    answered.resolve()
  }
  const server = createListener(readSettings({}, {}), () => false, respond).listen(0, '127.0.0.1')
  assert.equal(server.timeout, 65_000)
  try {
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
    socket.pause().write(get)
    await answered.promise
    socket.destroy()
    assert.deepEqual(ended, [false, true])
    const idle = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const [accepted] = await once(server, 'connection')
    beStill(accepted)
    assert.equal(ended.at(-1), true)
    idle.destroy()
  } finally {
    server.close()
  }
})

const hosts: readonly (readonly [fields: string, isTaken: boolean])[] = [
  ['Host: localhost', true],
  ['Host: LOCALHOST:8080', true],
  ['Host: [::1]:8080', true],
  ['Host: my_tenant-1.example.com.:', true],
  ['Host:', true],
  ['Host: localhost\r\nHost: localhost', false],
  ['Host: localhost\r\nhost: evil.example', false],
  ['Host: localhost\r\nX: y\r\nHost:', false],
  ['Host: localhost, evil.example', false],
  ['Host: localhost evil.example', false],
  ['Host: localhost/evil', false],
  ['Host: localhost?evil', false],
  ['Host: admin@localhost', false],
  ['Host: http://localhost', false],
  ['Host: localhost:http', false],
]

test('RFC 9112 §3.2: a request that has two hosts, or one that is none, is refused, and what follows it is not read', async () => {
  for (const [fields, isTaken] of hosts) {
    const sent = `GET / HTTP/1.1\r\n${fields}\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
    const answers = (await answersTo(whole, [sent])).match(/HTTP\/1\.1 \d+|malformed-request/g)
    assert.deepEqual(
      answers,
      isTaken ? ['HTTP/1.1 200', 'HTTP/1.1 200'] : ['HTTP/1.1 400', 'malformed-request'],
      fields,
    )
  }
})

test('of requests that do not wait for answers so many are worked on at a time, and no more are read meanwhile', async () => {
  const held: (() => void)[] = []
  let isHeld = true
  const server = createListener(
    readSettings({}, {}),
    () => false,
    ({ url }, response) => {
      if (isHeld) held.push(() => response.end(url))
      else response.end(url)
    },
  ).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const accepted = once(server, 'connection')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('latin1')
    const urls = Array.from({ length: 4_000 }, (_, at) => `/${at}/`)
    socket.write(urls.map(url => get.replace('/', url)).join(''))
    const [connection] = (await accepted) as [Socket]
    await once(server, 'request')
    // As often as it would take to read more.
    for (let turn = 0; turn < 100; turn++) await new Promise(resolve => setImmediate(resolve))
    assert.equal(held.length, 101)
    assert.ok(connection.bytesRead < 100_000, `expected the rest not to be read, found ${connection.bytesRead} bytes`)
    isHeld = false
    for (const answer of held) answer()
    let received = ''
    for await (const part of socket) {
      received += part
      if (received.endsWith(urls.at(-1) ?? '')) break
    }
    assert.deepEqual(received.match(/\/\d+\//g), urls)
  } finally {
    server.close()
    server.closeAllConnections()
  }
})

/** All that a connection is answered; `sent` are written one after the other, each once what is before it was received. */
async function answersTo(respond: RequestListener, sent: string[], settings = readSettings({}, {})): Promise<string> {
  const server = createListener(settings, () => false, respond).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('latin1')
    let received = ''
    socket.on('data', part => {
      received += part
      const next = sent.shift()
      if (next) socket.write(next)
    })
    socket.on('error', () => {})
    socket.write(sent.shift() ?? '')
    await once(socket, 'close')
    return received
  } finally {
    server.close()
  }
}

const nothing: RequestListener = request => void request.resume().on('error', () => {})
const parts: RequestListener = (_request, response) => {
  response.writeHead(200, { 'Content-Length': 1000 }).write('first part')
}
const whole: RequestListener = (_request, response: ServerResponse) => void response.end('whole')

const cases: readonly (readonly [what: string, respond: RequestListener, sent: string[], expected: RegExp])[] = [
  ['bytes that are no request', nothing, [broken], /^HTTP\/1\.1 400 .*malformed-request.*\}$/s],
  ['a head that is too large', nothing, [`GET /${'x'.repeat(20_000)}`], /^HTTP\/1\.1 431 .*headers-too-large/s],
  ['a body that is broken', nothing, [`${post}no size\r\n`], /^HTTP\/1\.1 400 .*malformed-request/s],
  ['bytes after an answer', whole, [get, broken], /^HTTP\/1\.1 200 .*wholeHTTP\/1\.1 400 .*malformed-request/s],
  ['bytes amid an answer', parts, [get, broken], /^HTTP\/1\.1 200 .*first part$/s],
  ['a body that breaks amid an answer', parts, [post, 'no size\r\n'], /^HTTP\/1\.1 200 .*first part$/s],
  ['bytes before the answer to what came first', nothing, [get + broken], /^$/],
]

for (const [what, respond, sent, expected] of cases) {
  test(`${what} end the connection, and no answer is taken for another`, async () => {
    assert.match(await answersTo(respond, [...sent]), expected)
  })
}
