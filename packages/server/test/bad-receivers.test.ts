import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { after } from 'node:test'
import { gzipSync } from 'node:zlib'
import { type BadMessages, describeBadMessages } from './bad-messages.ts'

const head = (lines: string) => `HTTP/1.1 200 OK\r\n${lines}\r\n\r\n`

/** What the other system does with a request, by its path. */
const misdeeds: Readonly<Record<string, (socket: Socket) => void>> = {
  silent: () => {},
  dripping: socket => {
    socket.write(head('Content-Length: 1000'))
    const timer = setInterval(() => socket.write('x'), 20)
    socket.on('close', () => clearInterval(timer))
  },
  broken: socket => socket.end('HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops'),
  closed: socket => socket.destroy(),
  cut: socket => socket.end(`${head('Content-Length: 1000')}x`),
  endless: socket => {
    socket.write(head('Transfer-Encoding: chunked'))
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const more = () => {
      while (socket.writable && socket.write(chunk));
    }
    socket.on('drain', more)
    more()
  },
  bomb: socket => socket.end(gzipAnswer(Buffer.alloc(16 * 1024 * 1024))),
  'long-headers': socket => socket.end(head(`Content-Length: 0\r\nX-Long: ${'x'.repeat(100_000)}`)),
  'no-http': socket => socket.end('220 mail.example.org ESMTP\r\n'),
  'bad-chunks': socket => socket.end(`${head('Transfer-Encoding: chunked')}zz\r\nx\r\n`),
}

function gzipAnswer(content: Uint8Array): Buffer {
  const body = gzipSync(content)
  return Buffer.concat([Buffer.from(head(`Content-Encoding: gzip\r\nContent-Length: ${body.length}`)), body])
}

const causes: Readonly<Record<string, RegExp>> = {
  silent: /none within 300 ms/,
  dripping: /none within 300 ms/,
  broken: /500/,
  closed: /a connection that was cut/,
  cut: /one that was cut/,
  endless: /a body of more than 1048576 bytes/,
  bomb: /a body of more than 1048576 bytes/,
  'long-headers': /Expected an answer/,
  'no-http': /Expected an answer/,
  'bad-chunks': /Expected an answer/,
}

/** The other system; a bad one. */
const sockets = new Set<Socket>()
const server = createServer(socket => {
  sockets.add(socket)
  socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  socket.once('data', request => {
    const path = /^\w+ \/([\w-]+)/.exec(request.toString('latin1'))?.[1] ?? ''
    misdeeds[path]?.(socket)
  })
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
after(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

describeBadMessages(
  'receivers that do not do what they should',
  () => {
    const { port } = server.address() as AddressInfo
    return Object.entries(causes).map(
      ([name, cause]): BadMessages => ({
        name,
        steps: [{ id: 'Bad', type: 'ExternalCall' }],
        channel: {
          ComponentType: 'HTTP',
          httpMethod: 'POST',
          authenticationMethod: 'None',
          httpAddressWithoutQuery: `http://127.0.0.1:${port}/${name}`,
          httpRequestTimeout: name === 'silent' || name === 'dripping' ? '300' : '20000',
        },
        inputs: [{ name: 'a message', cause }],
      }),
    )
  },
  { env: { SLUICE_RECEIVER_BODY_BYTES_MAX: '1048576' } },
)
