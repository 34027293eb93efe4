import type { IncomingMessage } from 'node:http'
import { StoredBody } from './stored-body.ts'

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

/** What is larger does not stay in memory: one message of many MB would take as much as the server does without. */
const storedFrom = 8 * 1024 * 1024

/**
 * Reads a body of at most `limit` bytes. A declared length over the limit is refused before anything is read. One of several
 * MB goes to a file in `directory`, where that is given; its `close` gives the space back. Rejects with `BodyTooLargeError` or `BodyIncompleteError`.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer>
export function readBody(request: IncomingMessage, limit: number, directory: string): Promise<Buffer | StoredBody>
export function readBody(request: IncomingMessage, limit: number, directory?: string): Promise<Buffer | StoredBody> {
  if (hasNoBody(request)) return Promise.resolve(empty)
  // Nobody would be told any more.
  if (request.destroyed) return Promise.reject(new BodyIncompleteError(request.errored))
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(new BodyTooLargeError(limit))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const onData = (chunk: Buffer) => {
      length += chunk.length
      chunks.push(chunk)
      if (length > limit) {
        // The rest flows on and is thrown away, so that the sender gets to read the answer; the request timeout bounds it.
        request.off('data', onData)
        reject(new BodyTooLargeError(limit))
      } else if (directory !== undefined && length > storedFrom) {
        request.off('data', onData).off('end', onEnd).pause()
        resolve(storeBody(request, chunks, limit, directory))
      }
    }
    const onEnd = () => resolve(chunks.length === 1 ? (chunks[0] ?? empty) : Buffer.concat(chunks, length))
    request.on('data', onData).on('end', onEnd)
    // Also told of a sender that went away.
    request.on('error', error => reject(new BodyIncompleteError(error)))
  })
}

/** Takes over with what has arrived already; the request is paused. */
async function storeBody(
  request: IncomingMessage,
  arrived: Buffer[],
  limit: number,
  directory: string,
): Promise<StoredBody> {
  const body = await StoredBody.create(directory)
  try {
    for (const chunk of arrived) await body.add(chunk)
    // The request's listeners keep the array until the message was processed.
    arrived.length = 0
    await new Promise<void>((resolve, reject) => {
      let length = body.length
      let writing = Promise.resolve()
      const onData = (chunk: Buffer) => {
        length += chunk.length
        if (length > limit) {
          request.off('data', onData)
          return reject(new BodyTooLargeError(limit))
        }
        request.pause()
        writing = writing.then(() => body.add(chunk))
        writing.then(() => request.resume(), reject)
      }
      // The end may be told of while the last piece is being written.
      const onEnd = () => void writing.then(resolve, reject)
      const onLost = (error?: Error) => reject(new BodyIncompleteError(error))
      if (request.destroyed) onLost()
      request.on('data', onData).on('end', onEnd).on('error', onLost).on('aborted', onLost).resume()
    })
    return body
  } catch (error) {
    request.resume()
    await body.close()
    throw error
  }
}
