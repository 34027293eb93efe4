import { readFileSync } from 'node:fs'
import type { RequestListener, Server, ServerOptions, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { readAddressList } from '../config/address-list.ts'
import type { Settings } from '../config/settings.ts'
import { trustForwarded } from './client-address.ts'
import type { Connection } from './connection.ts'
import { createServer } from './node-http.ts'
import { inLine } from './pipelined-requests.ts'

/** How long nothing may come or go on a connection: between requests, or while an answer waits to be taken. */
const stillMs = 65_000

/** Takes a request that it owns and says so; everything else goes to the application. */
export type HotPath = (...request: Parameters<RequestListener>) => boolean

/**
 * The one listening socket, HTTP or HTTPS. `hotPath` sees each request before `listener` does. What never becomes a
 * request (broken or over-long heads, timeouts) is answered here.
 */
export function createListener(settings: Settings, hotPath: HotPath, listener: RequestListener): Server {
  const options: ServerOptions = {
    maxHeaderSize: settings.headerBytesMax,
    requestTimeout: settings.requestTimeoutMs,
    headersTimeout: Math.min(settings.requestTimeoutMs, 10_000),
    keepAliveTimeout: stillMs,
    connectionsCheckingInterval: Math.min(settings.requestTimeoutMs, 5_000),
    noDelay: true,
    // Nothing that was sent is left out: two of a field that may come once are none that is valid.
    joinDuplicateHeaders: true,
  }
  const isTrusted = settings.trustedProxies === '' ? undefined : readAddressList(settings.trustedProxies)
  const onRequest: RequestListener = (request, response) => {
    const { host } = request.headers
    if (host !== undefined && !hostPattern.test(host)) return refuseHost(response)
    if (isTrusted) trustForwarded(request, isTrusted)
    request.url = originForm(request.url ?? '')
    inLine(request, response, () => {
      if (!hotPath(request, response)) listener(request, response)
    })
  }
  const server = settings.tlsCert
    ? createTlsServer(
        {
          ...options,
          cert: readFileSync(settings.tlsCert),
          key: readFileSync(settings.tlsKey),
          requestCert: settings.tlsClientCertificates === 'request',
          // For `authorized` alone: of those without an authority too, some are registered or mapped.
          ...(settings.tlsClientCa && { ca: readFileSync(settings.tlsClientCa) }),
          // Certificates count as they are mapped to users, whoever vouches for them; without one, there is the rest.
          rejectUnauthorized: false,
        },
        onRequest,
      )
    : createServer(options, onRequest)
  server.on('clientError', answerBrokenRequest)
  server.setTimeout(stillMs, endStill)
  return server
}

/** Ends what nobody uses: a connection without a request, or one whose answer nobody takes. Work on an answer takes what it takes. */
function endStill(socket: Connection): void {
  const isAtWork = Boolean(socket._httpMessage) && socket.writableLength === 0
  if (!isAtWork) socket.destroy()
}

/** RFC 9112 §3.2.2: a proxy is told the whole URL. Whose name is in it says nothing, and nobody may be sent there. */
function originForm(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?#]*(?=\/)/i, '')
}

/** RFC 9110 §7.2, without the comma that names may have: it stands between several. */
const hostPattern = /^(?:\[[\w:.%~-]+\]|[\w.~%!$&'()*+;=-]*)(?::\d*)?$/

/** RFC 9112 §3.2. Node refuses a request without any. */
function refuseHost(response: ServerResponse): void {
  const detail = 'Expected one Host header with a name, found several or something else.'
  const body = JSON.stringify({ status: 400, code: 'malformed-request', detail })
  const type = { 'Content-Type': 'application/problem+json', 'Content-Length': body.length }
  response.writeHead(400, { ...type, Connection: 'close' }).end(body)
}

const brokenRequests: Readonly<Record<string, readonly [status: string, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'headers-too-large',
    'The request head is larger than this server allows.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request-timeout', 'The request did not arrive in time.'],
}

const malformed = ['400 Bad Request', 'malformed-request', 'The bytes received are not an HTTP/1.1 request.'] as const

function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Connection): void {
  const answer = socket._httpMessage
  // It would be taken for a part of that answer, or for the answer to the request before the broken one.
  const isOther = answer?.headersSent || answer?.req.complete
  if (error.code === 'ECONNRESET' || !socket.writable || isOther) {
    socket.destroy()
    return
  }
  const [status, code, detail] = brokenRequests[error.code ?? ''] ?? malformed
  const body = JSON.stringify({ status: Number(status.slice(0, 3)), code, detail })
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}
