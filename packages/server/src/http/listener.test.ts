import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { readSettings } from '../config/read-settings.ts'
import { createListener } from './listener.ts'

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
const post = 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n'
const broken = 'no request\r\n\r\n'

/** All that a connection is answered; `sent` are written one after the other, each once what is before it was received. */
async function answersTo(respond: RequestListener, ...sent: string[]): Promise<string> {
  const server = createListener(readSettings({}, {}), () => false, respond).listen(0, '127.0.0.1')
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
  ['bytes before the answer to what came first', nothing, [get + broken], /^$/],
]

for (const [what, respond, sent, expected] of cases) {
  test(`${what} end the connection, and no answer is taken for another`, async () => {
    assert.match(await answersTo(respond, ...sent), expected)
  })
}
