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
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit) return Promise.reject(new BodyTooLargeError(limit))
  return new Promise((resolve, reject) => {
    const body = new GrowingBody(declared)
    request.on('data', (chunk: Buffer) => {
      if (body.length + chunk.length <= limit) return body.add(chunk)
      // The rest flows on and is thrown away, so that the sender gets to read the answer; the request timeout bounds it.
      request.removeAllListeners('data')
      reject(new BodyTooLargeError(limit))
    })
    request.on('end', () => resolve(body.whole()))
    request.on('error', error => reject(new BodyIncompleteError(error)))
    request.on('aborted', () => reject(new BodyIncompleteError(undefined)))
  })
}

/** From here on a declared length is believed, and what arrives is copied to its place: pieces and whole would be twice as much. */
const copiedFrom = 1024 * 1024

/** What has arrived of a body. */
class GrowingBody {
  readonly #chunks: Buffer[] = []
  readonly #place: Buffer | undefined
  length = 0

  constructor(declared: number) {
    if (declared >= copiedFrom) this.#place = Buffer.allocUnsafeSlow(declared)
  }

  add(chunk: Buffer): void {
    if (this.#place === undefined) this.#chunks.push(chunk)
    else chunk.copy(this.#place, this.length)
    this.length += chunk.length
  }

  whole(): Buffer {
    if (this.#place !== undefined) return this.#place.subarray(0, this.length)
    return this.#chunks.length === 1 ? (this.#chunks[0] ?? empty) : Buffer.concat(this.#chunks, this.length)
  }
}
