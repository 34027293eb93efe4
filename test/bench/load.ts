import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The request a load consists of. */
export interface LoadRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Requests at a time. Default: `connections`. */
  readonly connections?: number
  /** Throws unless an answer's body is what the target has to say. */
  check(body: string): void
}

/** What the load generator saw in one run. Times are milliseconds. */
export interface LoadResult {
  readonly requestsPerSecond: number
  readonly requests: number
  readonly p50: number
  readonly p99: number
  /** What went wrong, by kind, each at least 1: answers above 399, socket errors, timeouts. Any makes the run worthless. */
  readonly errors: Readonly<Record<string, number>>
}

export const connections = 32
/** For messages that take long; others never come near. */
const timeoutSeconds = 60

/** Sends one request and throws unless the answer is 200 and passes the request's own check. */
export async function probe(request: LoadRequest): Promise<void> {
  const { url, method, headers, body } = request
  const response = await fetch(url, { method, headers, redirect: 'manual', ...(method === 'POST' && { body }) })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`Expected 200 from ${method} ${url}, found ${response.status}: ${text}`)
  request.check(text)
}

/** Drives the request from `core` over keep-alive connections, each sending its next request when the last is answered. */
export async function load(request: LoadRequest, core: number, seconds: number): Promise<LoadResult> {
  const headers = Object.entries(request.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const script = join(import.meta.dirname, 'request.lua')
  const directory = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  try {
    // A file, since an argument cannot be as long as a message.
    const bodyFile = join(directory, 'body')
    await writeFile(bodyFile, request.body)
    const count = request.connections ?? connections
    const options = ['-t1', `-c${count}`, `-d${seconds}s`, `--timeout=${timeoutSeconds}s`, '-s', script]
    const args = ['-c', String(core), 'wrk', ...options, ...headers, request.url, '--', request.method, bodyFile]
    const { stdout } = await promisify(execFile)('taskset', args)
    return parseSummary(stdout)
  } finally {
    await rm(directory, { recursive: true })
  }
}

interface Summary {
  readonly requests: number
  readonly microseconds: number
  readonly p50: number
  readonly p99: number
  readonly errors: Readonly<Record<string, number>>
}

function parseSummary(stdout: string): LoadResult {
  const line = stdout.split('\n').find(candidate => candidate.startsWith('{'))
  if (line === undefined) throw new Error(`Expected a summary from wrk, found:\n${stdout}`)
  const { requests, microseconds, p50, p99, errors } = JSON.parse(line) as Summary
  return {
    requestsPerSecond: (requests / microseconds) * 1e6,
    requests,
    p50: p50 / 1000,
    p99: p99 / 1000,
    errors: Object.fromEntries(Object.entries(errors).filter(([, count]) => count > 0)),
  }
}
