import type { ClientRequest, IncomingMessage, Agent as PlainAgent, RequestOptions } from 'node:http'
import { type Agent as TlsAgent, request as tlsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import {
  type BrotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type Gunzip,
  type Inflate,
} from 'node:zlib'
import { type Clock, Failure, type FailureCode, type HttpAnswer, type HttpCall, type HttpClient } from '@sluice/iflow'
import { Agent, request } from '../http/node-http.ts'
import { type KeystoreSource, TlsAgents } from './tls-agents.ts'

/** Limits of outgoing requests. */
export interface OutgoingLimits {
  /** Largest body of an answer, decompressed, in bytes. */
  readonly bodyBytesMax: number
  /** Connections to one host and port at a time; requests beyond that wait, and their time runs. */
  readonly connectionsMax: number
}

/** Unused connections are closed after 5 minutes, the original's default. */
const idleMs = 300_000
/** Head of an answer. */
const headBytesMax = 65_536

const decoders: Readonly<Record<string, () => BrotliDecompress | Gunzip | Inflate>> = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
}

/** RFC 9110 section 9.2.2: a second attempt does no harm. */
const idempotent = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])

/**
 * Requests of flows to other systems, over connections that are kept and used again. Certificates are verified, see
 * `TlsAgents`. Redirects are not followed; no proxy is used.
 */
export class OutgoingHttp implements HttpClient {
  readonly #limits: OutgoingLimits
  readonly #plain: PlainAgent
  readonly #tls: TlsAgents

  constructor(limits: OutgoingLimits, keystore: KeystoreSource, clock: Pick<Clock, 'now'>) {
    this.#limits = limits
    const options = { keepAlive: true, timeout: idleMs, maxSockets: limits.connectionsMax, maxFreeSockets: 32 }
    this.#plain = new Agent(options)
    this.#tls = new TlsAgents(options, keystore, clock)
  }

  async send(call: HttpCall): Promise<HttpAnswer> {
    const url = parseUrl(call.url)
    const deadline = performance.now() + call.timeoutMs
    const agent = url.protocol === 'https:' ? await this.#tls.agentFor(call.privateKeyAlias) : undefined
    const first = await this.#attempt(call, url, agent, call.timeoutMs)
    if (first !== 'stale connection') return first
    // The receiver closed a kept connection while it was taken up again: nothing of the request was processed.
    const second = await this.#attempt(call, url, agent, Math.max(1, deadline - performance.now()))
    if (second !== 'stale connection') return second
    throw failure(url, 'connection', 'a connection that was cut')
  }

  /** The keystore has changed. */
  keystoreChanged(): void {
    this.#tls.forget()
  }

  /** Cuts what is still under way. */
  close(): void {
    this.#plain.destroy()
    this.#tls.destroy()
  }

  #attempt(
    call: HttpCall,
    url: URL,
    agent: TlsAgent | undefined,
    timeoutMs: number,
  ): Promise<HttpAnswer | 'stale connection'> {
    return new Promise((resolve, reject) => {
      const request = this.#open(call, url, agent)
      const timer = setTimeout(() => {
        end(() => reject(failure(url, 'receiver-timeout', `none within ${call.timeoutMs} ms`)))
        request.destroy()
      }, timeoutMs)
      const end = (settle: () => void) => {
        clearTimeout(timer)
        settle()
      }
      request.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = request.reusedSocket && idempotent.has(call.method) && isCut(error)
        end(() => (isStale ? resolve('stale connection') : reject(failure(url, 'connection', describe(error), error))))
      })
      request.on('response', response => {
        readBody(response, call.method, url, this.#limits.bodyBytesMax).then(
          answer => end(() => resolve(answer)),
          (error: unknown) => {
            end(() => reject(error))
            request.destroy()
          },
        )
      })
      request.end(call.body)
    })
  }

  #open({ method, headers, body }: HttpCall, url: URL, agent: TlsAgent | undefined): ClientRequest {
    const options: RequestOptions = {
      method,
      agent: agent ?? this.#plain,
      headers: { ...grouped(headers), ...(body && { 'content-length': body.byteLength }) },
      maxHeaderSize: headBytesMax,
    }
    return agent ? tlsRequest(url, options) : request(url, options)
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url
  const found = text.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//…@')
  const message = `Expected the address of a receiver, http:// or https:// without a user, found "${found.slice(0, 200)}"`
  throw new Failure(message, { code: 'receiver' })
}

/** Node wants the lines of one header together. */
function grouped(lines: HttpCall['headers']): Record<string, string[]> {
  const headers: Record<string, string[]> = {}
  for (const [name, value] of lines) {
    const key = name.toLowerCase()
    headers[key] = [...(headers[key] ?? []), value]
  }
  return headers
}

/** Reads and decompresses the body. Rejects with a `Failure` when it is cut off, broken or too large. */
function readBody(response: IncomingMessage, method: string, url: URL, bytesMax: number): Promise<HttpAnswer> {
  const status = response.statusCode ?? 0
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? ''
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304 && response.headers['content-length'] !== '0'
  const decoder = hasBody ? decoders[encoding]?.() : undefined
  const chunks: Buffer[] = []
  let size = 0
  let received = 0
  return new Promise((resolve, reject) => {
    const fail = (found: string, code: FailureCode = 'connection', error?: Error) =>
      reject(failure(url, code, found, error))
    const end = () => {
      const headers = pairs(response.rawHeaders)
      resolve({
        status,
        statusText: response.statusMessage ?? '',
        headers: decoder ? decodedHeaders(headers, size) : headers,
        body: Buffer.concat(chunks),
      })
    }
    const source: Readable = decoder ?? response
    response.on('error', error => fail(`one that was cut (${error.message})`, 'connection', error))
    decoder?.on('error', error => {
      // An answer without a body is none in any encoding.
      if (received === 0) end()
      else fail(`a body that is not ${encoding} (${error.message})`, 'receiver', error)
    })
    source.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > bytesMax) fail(`a body of more than ${bytesMax} bytes`, 'response-too-large')
      else chunks.push(chunk)
    })
    source.on('end', end)
    if (!decoder) return
    response.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    response.pipe(decoder)
  })
}

function pairs(raw: readonly string[]): [name: string, value: string][] {
  const headers: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] ?? '', raw[index + 1] ?? ''])
  return headers
}

/** "The HTTP Content-Length header reflects the uncompressed size" (HTTP Receiver Adapter). */
function decodedHeaders(headers: readonly [name: string, value: string][], size: number): [string, string][] {
  return [...headers.filter(([name]) => !/^content-(?:encoding|length)$/i.test(name)), ['Content-Length', String(size)]]
}

/** Names host and path only: queries may hold secrets. */
function failure({ origin, pathname }: URL, code: FailureCode, found: string, cause?: Error): Failure {
  const retry = code === 'connection' || code === 'receiver-timeout' ? 'later' : 'never'
  return new Failure(`Expected an answer from ${origin}${pathname}, found ${found}`, { code, retry, cause })
}

function isCut({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE'
}

function describe(error: NodeJS.ErrnoException): string {
  if (isCut(error)) return `a connection that was cut (${error.code})`
  // Several addresses of one host were tried.
  const [first] = error instanceof AggregateError ? (error.errors as Error[]) : []
  return `no connection (${first?.message ?? error.message})`
}
