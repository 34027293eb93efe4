import { mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import pino from 'pino'

/** One line of the access log. The query is left out: it may hold credentials. */
export interface AccessRecord {
  /** Milliseconds since 1970 when the request arrived. */
  readonly time: number
  readonly address: string
  /** Undefined when authentication failed. */
  readonly user: string | undefined
  readonly method: string
  readonly path: string
  readonly status: number
  readonly durationMs: number
  readonly bytes: number
  /** Why the request was refused, for the people who run the server; never sent to the caller. */
  readonly reason: string | undefined
}

/** What a handler knows about a request and its access log line should say. */
export interface RequestNotes {
  user?: string
  reason?: string
}

const retentionDays = 7

/** Characters of a path that are kept: anybody can ask for one as long as a head may be. */
const pathLengthMax = 2_048

/** Characters that are worth a write before the second is over. */
const batchLength = 65_536

const dayMs = 86_400_000

/**
 * The HTTP access log: JSON lines in `<data>/log/http-access-YYYY-MM-DD.log`, kept for 7 days like the original's.
 * Lines are buffered for at most a second.
 */
export class AccessLog {
  readonly #directory: string
  readonly #notes = new WeakMap<IncomingMessage, RequestNotes>()
  readonly #timer: NodeJS.Timeout
  /** Lines that the file has not been given: it takes long to add to what it buffers itself. */
  #lines = ''
  #day = -1
  #file: ReturnType<typeof pino.destination> | undefined

  constructor(dataDirectory: string) {
    this.#directory = join(dataDirectory, 'log')
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    this.#timer = setInterval(() => this.#handOver(), 1_000)
    this.#timer.unref()
  }

  /** Notes something about a request for whoever writes its line. */
  note(request: IncomingMessage, notes: RequestNotes): void {
    this.#notes.set(request, { ...this.#notes.get(request), ...notes })
  }

  notesOf(request: IncomingMessage): RequestNotes {
    return this.#notes.get(request) ?? {}
  }

  write(record: AccessRecord): void {
    const day = Math.floor(record.time / dayMs)
    if (day !== this.#day) this.#open(day)
    this.#lines += line(record)
    if (this.#lines.length >= batchLength) this.#handOver()
  }

  /** Writes what is buffered before it returns. */
  flush(): void {
    this.#handOver()
    this.#file?.flushSync()
  }

  close(): void {
    clearInterval(this.#timer)
    this.flush()
    this.#file?.end()
    this.#file = undefined
  }

  #handOver(): void {
    if (this.#lines !== '') this.#file?.write(this.#lines)
    this.#lines = ''
  }

  #open(day: number): void {
    this.#handOver()
    this.#file?.end()
    this.#day = day
    // Opened here because a destination that opens its file itself cannot be flushed before it is ready.
    const file = openSync(join(this.#directory, fileName(day)), 'a', 0o600)
    this.#file = pino.destination({ dest: file, sync: false })
    const oldest = fileName(day - retentionDays)
    for (const name of readdirSync(this.#directory)) {
      if (name.startsWith('http-access-') && name < oldest) rmSync(join(this.#directory, name), { force: true })
    }
  }
}

const fileName = (day: number) => `http-access-${new Date(day * dayMs).toISOString().slice(0, 10)}.log`

function line(record: AccessRecord): string {
  return `${JSON.stringify({
    time: timestamp(record.time),
    address: record.address,
    user: record.user ?? '-',
    method: record.method,
    path: record.path.length > pathLengthMax ? `${record.path.slice(0, pathLengthMax - 1)}…` : record.path,
    status: record.status,
    durationMs: Math.round(record.durationMs * 1000) / 1000,
    bytes: record.bytes,
    reason: record.reason,
  })}\n`
}

let latest = { time: Number.NaN, text: '' }

/** Many lines have the time of the one before. */
function timestamp(time: number): string {
  if (latest.time !== time) latest = { time, text: new Date(time).toISOString() }
  return latest.text
}
