import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'

/** A request as bytes, and what its answer depends on. */
export interface RawRequest {
  readonly method: string
  /** Head and body, each character one byte. */
  readonly text: string
}

/** An answer whose framing and header fields were found to be right. */
export interface RawAnswer {
  readonly status: number
  /** By name in lower case; those that came more than once are joined by line ends. */
  readonly headers: ReadonlyMap<string, string>
  readonly head: string
  /** Each character one byte. */
  readonly body: string
}

const headEnd = '\r\n\r\n'
const noChunks = '0\r\n\r\n'

/** Sends requests on one connection without waiting for answers, and on the next one what a closed one left unanswered. */
export class Pipeline {
  readonly #port: number
  #socket: Socket | undefined

  constructor(port: number) {
    this.#port = port
  }

  async exchange(requests: readonly RawRequest[]): Promise<RawAnswer[]> {
    const answers: RawAnswer[] = []
    while (answers.length < requests.length) {
      const before = answers.length
      await this.#send(requests.slice(before), answers)
      assert.ok(answers.length > before, `expected an answer to ${JSON.stringify(requests[before])}, found none`)
    }
    return answers
  }

  close(): void {
    this.#socket?.destroy()
  }

  #send(requests: readonly RawRequest[], answers: RawAnswer[]): Promise<void> {
    const socket = this.#socket?.writable
      ? this.#socket
      : connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    this.#socket = socket
    const reader = new AnswerReader()
    const wanted = answers.length + requests.length
    let answered = 0
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => {
        socket.removeAllListeners()
        // What comes late belongs to nobody.
        socket.on('error', () => {})
        if (error) reject(error)
        else resolve()
      }
      socket.on('data', chunk => {
        try {
          reader.add(chunk.toString('latin1'))
          for (;;) {
            const answer = reader.next(requests[answered]?.method ?? '')
            if (!answer) break
            answers.push(answer)
            answered += 1
            if (answers.length === wanted) {
              if (answer.headers.get('connection') === 'close') socket.destroy()
              return end()
            }
          }
        } catch (error) {
          end(error as Error)
        }
      })
      socket.on('close', () => end())
      socket.on('error', () => {})
      socket.write(requests.map(({ text }) => text).join(''), 'latin1')
    })
  }
}

/** Takes answers from a stream of bytes. Throws an `AssertionError` for what is no HTTP answer. */
export class AnswerReader {
  #text = ''

  add(text: string): void {
    this.#text += text
  }

  /** The next answer to a request of that method; undefined while it is not whole. */
  next(method: string): RawAnswer | undefined {
    for (;;) {
      const end = this.#text.indexOf(headEnd)
      if (end < 0) return undefined
      const head = this.#text.slice(0, end)
      const { status, headers } = readHead(head)
      const length = method === 'HEAD' || status < 200 || status === 204 || status === 304 ? 0 : lengthOf(headers, head)
      const start = end + headEnd.length
      if (this.#text.length < start + length) return undefined
      const sent = this.#text.slice(start, start + length)
      const body = sent === noChunks ? '' : sent
      this.#text = this.#text.slice(start + length)
      if (status >= 200) return { status, headers, head, body }
    }
  }
}

function readHead(head: string): { status: number; headers: Map<string, string> } {
  const [line = '', ...fields] = head.split('\r\n')
  const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/.exec(line)?.[1] ?? assert.fail(`no answer: ${line}`))
  const headers = new Map<string, string>()
  for (const field of fields) {
    const [, name = '', value = ''] =
      /^([!#$%&'*+.^_`|~A-Za-z0-9-]+): ([\x20-\x7e\t]*)$/.exec(field) ?? assert.fail(`no header field: ${field}`)
    const key = name.toLowerCase()
    const before = headers.get(key)
    headers.set(key, before === undefined ? value : `${before}\n${value}`)
  }
  return { status, headers }
}

function lengthOf(headers: ReadonlyMap<string, string>, head: string): number {
  const length = headers.get('content-length')
  // Node's own answer to an expectation it does not know.
  if (head.startsWith('HTTP/1.1 417') && headers.get('transfer-encoding') === 'chunked') return noChunks.length
  assert.ok(length !== undefined && !headers.has('transfer-encoding'), `expected one length: ${head}`)
  assert.match(length, /^\d+$/, head)
  return Number(length)
}
