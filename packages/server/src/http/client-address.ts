import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** A property where others use a WeakMap: it is asked for with every message, and costs nothing where it is missing. */
const forwardedFor = Symbol('address that a trusted proxy has told')

type Addressed = IncomingMessage & { [forwardedFor]?: string }

/**
 * The address of whoever sent a request, for limits, delays and logs: that of the connection, unless a trusted proxy has told
 * another. Nothing else reads addresses. Empty once the connection is gone.
 */
export function addressOf(request: IncomingMessage): string {
  return (request as Addressed)[forwardedFor] ?? request.socket.remoteAddress ?? ''
}

/**
 * Takes the client's address from `X-Forwarded-For`, where each proxy appends whom it was called by: from the right, as long as
 * it was a trusted one that appended it. What is no address ends the search; whoever sent it counts as the client.
 */
export function trustForwarded(request: IncomingMessage, isTrusted: (address: string) => boolean): void {
  const header = request.headers['x-forwarded-for']
  if (typeof header !== 'string') return
  let address = request.socket.remoteAddress ?? ''
  for (const entry of header.split(',').reverse()) {
    const told = isTrusted(address) ? addressIn(entry.trim()) : undefined
    if (told === undefined) return
    address = told
    ;(request as Addressed)[forwardedFor] = address
  }
}

/** Some proxies append a port, too. A client has one spelling, however proxies write IPv4. */
function addressIn(entry: string): string | undefined {
  const address = entry.replace(/^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2').toLowerCase()
  // A zone is a name that means something on the proxy alone, and has no limit.
  if (isIP(address) === 0 || address.includes('%')) return undefined
  return address.replace(/^::ffff:(?=[\d.]+$)/, '')
}
