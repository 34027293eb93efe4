import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { BodyIncompleteError, readBody } from './body.ts'

test('a body whose sender has gone before it is read is told to be incomplete, as one that breaks off', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    for (const isReadBefore of [true, false]) {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab')
      const [request] = (await once(server, 'request')) as [IncomingMessage]
      const early = isReadBefore ? readBody(request, 5) : undefined
      const gone = new Promise(resolve => request.once('close', resolve))
      socket.destroy()
      if (early) await assert.rejects(early, BodyIncompleteError)
      await gone
      await assert.rejects(readBody(request, 5), BodyIncompleteError)
      await assert.rejects(readBody(request, 5, tmpdir()), BodyIncompleteError)
    }
  } finally {
    server.close()
  }
})
