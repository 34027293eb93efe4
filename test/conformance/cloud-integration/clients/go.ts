/** What a Go program asks of `net/http`: header names as Go writes them. */
export interface GoRequest {
  readonly method: string
  /** Path and query as they go over the wire. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * The head that Go's `net/http` writes: host, user agent, length of a body, headers in the order of their names, and what
 * the transport adds. `net/http/request.go` (`Request.write`) and `transfer.go`; a request without a body that could have
 * one says `Content-Length: 0`.
 */
export function goHead(host: string, { method, path, headers = {}, body }: GoRequest): string {
  const saysLength = body !== undefined || method === 'POST' || method === 'PUT' || method === 'PATCH'
  return [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    'User-Agent: Go-http-client/1.1',
    ...(saysLength ? [`Content-Length: ${Buffer.byteLength(body ?? '')}`] : []),
    ...Object.entries(headers)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}: ${value}`),
    'Accept-Encoding: gzip',
  ].join('\r\n')
}

/** Base64 of a user and a password, as in a Basic `Authorization` header. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
