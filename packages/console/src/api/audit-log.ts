import { callJson } from './http.ts'

/** What is looked for in the audit log; empty texts look for nothing. */
export interface AuditSearch {
  readonly category: string
  readonly outcome: string
  /** Hours back from now. */
  readonly hours: string
  readonly user: string
  readonly clientId: string
  /** In IDs, users, clients, addresses and reasons. */
  readonly text: string
}

/** Something that happened. */
export interface AuditRecord {
  readonly id: number
  /** ISO 8601. */
  readonly time: string
  readonly category: string
  readonly object: string
  readonly action: string
  readonly outcome: 'success' | 'failure'
  readonly ids?: readonly string[]
  readonly user?: string
  readonly clientId?: string
  readonly address?: string
  readonly method?: string
  readonly reason?: string
  readonly changes?: readonly string[]
  readonly count?: number
}

/** Records, the latest first, and where earlier ones begin. */
export interface AuditPage {
  readonly records: readonly AuditRecord[]
  readonly older?: string
}

const root = '/api/audit/v1'

/** Searches the audit log from its end, or from where a page ended. */
export function readAuditLog(search: AuditSearch, before: string | undefined, signal: AbortSignal): Promise<AuditPage> {
  const query = queryOf(search)
  if (before !== undefined) query.set('before', before)
  return callJson('GET', `${root}/records?${query}`, { signal })
}

/** Where a browser finds what the search finds, as JSON lines. */
export function auditExportPath(search: AuditSearch): string {
  return `${root}/export?${queryOf(search)}`
}

const hourMs = 3_600_000

function queryOf({ hours, ...search }: AuditSearch): URLSearchParams {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== ''))
  if (hours !== '') query.set('from', new Date(Date.now() - Number(hours) * hourMs).toISOString())
  return query
}
