import assert from 'node:assert/strict'
import { connect } from 'node:tls'
import { gunzipSync } from 'node:zlib'

/** Where bytes go: a server that speaks TLS, and the certificate that vouches for it (PEM). */
export interface Listener {
  readonly port: number
  readonly certificate: string
}

/** What came back, as it came. */
export interface Answer {
  readonly status: number
  /** Names in lower case; of repeated headers the first. */
  readonly headers: ReadonlyMap<string, string>
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[]
  readonly body: Buffer
  readonly text: string
}

/**
 * Sends bytes over a connection of their own and reads one answer. Nothing is added, encoded or put in order: a client's
 * request is what a client of that name really sends.
 */
export async function sendBytes(listener: Listener, head: string, body: Uint8Array | string = ''): Promise<Answer> {
  const socket = connect({
    host: 'localhost',
    port: listener.port,
    ca: listener.certificate,
    ALPNProtocols: ['http/1.1'],
  })
  socket.write(`${head}\r\n\r\n`)
  socket.write(body)
  const isHead = head.startsWith('HEAD ')
  let received = Buffer.alloc(0)
  try {
    for await (const piece of socket) {
      received = Buffer.concat([received, piece as Buffer])
      const answer = parseAnswer(received, isHead)
      if (answer) return answer
    }
    throw new Error(`Expected a whole answer, found ${JSON.stringify(received.toString('latin1').slice(0, 500))}`)
  } finally {
    socket.destroy()
  }
}

/** Undefined while bytes are missing. */
function parseAnswer(received: Buffer, isHead: boolean): Answer | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n')
  const headers = new Map<string, string>()
  const cookies: string[] = []
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase()
    const value = line.slice(line.indexOf(':') + 1).trim()
    if (name === 'set-cookie') cookies.push(value.split(';')[0] ?? '')
    if (!headers.has(name)) headers.set(name, value)
  }
  const status = Number(statusLine.split(' ')[1])
  const sent = received.subarray(end + 4)
  const isEmpty = isHead || status === 204 || status === 304
  const framed = isEmpty ? Buffer.alloc(0) : frameOf(sent, headers)
  if (!framed) return undefined
  const body = headers.get('content-encoding') === 'gzip' ? gunzipSync(framed) : framed
  return { status, headers, cookies, body, text: body.toString('utf8') }
}

function frameOf(sent: Buffer, headers: ReadonlyMap<string, string>): Buffer | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return joinChunks(sent)
  const length = headers.get('content-length')
  assert.notEqual(length, undefined, 'Expected an answer that says where it ends')
  return sent.length >= Number(length) ? sent.subarray(0, Number(length)) : undefined
}

function joinChunks(sent: Buffer): Buffer | undefined {
  const chunks: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = sent.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(sent.subarray(at, lineEnd).toString('latin1'), 16)
    const next = lineEnd + 2 + size + 2
    if (sent.length < next) return undefined
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(sent.subarray(lineEnd + 2, next - 2))
    at = next
  }
}

/** The `d` of a JSON answer; fails unless it has this status and is JSON. */
export function jsonOf<Content>(answer: Answer, status = 200): Content {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
  return (JSON.parse(answer.text) as { d: Content }).d
}

/** The rows of a JSON list. */
export function rowsOf<Row = Record<string, unknown>>(answer: Answer): Row[] {
  return jsonOf<{ results: Row[] }>(answer).results
}
