import type { IncomingMessage } from 'node:http'

/** The request's body is larger than its limit; answer 413. */
export class BodyTooLargeError extends Error {
  readonly limit: number

  constructor(limit: number) {
    super(`Expected a body of at most ${limit} bytes`)
    this.name = 'BodyTooLargeError'
    this.limit = limit
  }
}

/** The sender went away, or was too slow, before the body was complete. */
export class BodyIncompleteError extends Error {
  constructor(cause: unknown) {
    super('Expected the whole body, found the end of the connection', { cause })
    this.name = 'BodyIncompleteError'
  }
}

const empty = Buffer.alloc(0)

/** True when the request announces no body, so that nothing needs to be read. */
export function hasNoBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length']
  return length === undefined ? request.headers['transfer-encoding'] === undefined : length === '0'
}

/**
 * Reads a body of at most `limit` bytes whole. A declared length over the limit is refused before anything is read.
 * Rejects with `BodyTooLargeError` or `BodyIncompleteError`.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (hasNoBody(request)) return Promise.resolve(empty)
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(new BodyTooLargeError(limit))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > limit) {
        // The rest flows on and is thrown away, so that the sender gets to read the answer; the request timeout bounds it.
        request.removeAllListeners('data')
        reject(new BodyTooLargeError(limit))
      } else {
        chunks.push(chunk)
      }
    })
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? empty) : Buffer.concat(chunks, length)))
    request.on('error', error => reject(new BodyIncompleteError(error)))
    request.on('aborted', () => reject(new BodyIncompleteError(undefined)))
  })
}
