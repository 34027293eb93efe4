import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The request a load consists of. */
export interface LoadRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
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
  const wrk = ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, ...headers, request.url]
  const args = ['-c', String(core), ...wrk, '--', request.method, request.body]
  const { stdout } = await promisify(execFile)('taskset', args)
  return parseSummary(stdout)
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
