import { callJson } from './http.ts'

/** What is looked for in the access log; empty texts look for nothing. */
export interface AccessLogSearch {
  /** `404`, or `4xx` for all of them. */
  readonly status: string
  readonly method: string
  readonly user: string
  /** A part of the path. */
  readonly path: string
}

/** A request that the server has answered. */
export interface AccessLine {
  /** ISO 8601. */
  readonly time: string
  readonly address: string
  /** `-` where authentication failed. */
  readonly user: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly durationMs: number
  readonly bytes: number
  readonly reason?: string
}

/** Lines of the access log, the newest first, and where older ones begin. */
export interface AccessLogPage {
  readonly lines: readonly AccessLine[]
  readonly older?: string
}

const root = '/api/monitoring/v1'

/** Reads the access log from its end, or from where a page ended. */
export function readAccessLog(
  search: AccessLogSearch,
  before: string | undefined,
  signal: AbortSignal,
): Promise<AccessLogPage> {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== ''))
  if (before !== undefined) query.set('before', before)
  return callJson('GET', `${root}/access-log?${query}`, { signal })
}
