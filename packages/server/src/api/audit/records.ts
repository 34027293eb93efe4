import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { auditObjects } from '../../store/audit-catalogue.ts'
import type { AuditFilter, AuditPage, AuditPlace, AuditRecord, AuditRows } from '../../store/store.ts'
import type * as schemas from './schemas.ts'

type Filters = FromSchema<typeof schemas.exportQuery>

/** The filter that a query says. Throws `Problem` (400). */
export function filterOf({ from, to, ...rest }: Filters): AuditFilter {
  return { ...rest, from: momentOf('from', from), to: momentOf('to', to) }
}

function momentOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = Date.parse(text)
  if (!Number.isNaN(ms)) return ms
  throw new Problem(
    400,
    'invalid-request',
    `Expected "${name}" to be a time in ISO 8601, found "${text.slice(0, 100)}".`,
  )
}

/** A record as it is answered. */
export function describe({ key, time, object, action, id, reason, ...more }: AuditRecord) {
  return {
    id: key,
    time: new Date(time).toISOString(),
    category: auditObjects.get(object) ?? 'audit.security-events',
    object,
    action,
    outcome: reason === undefined ? ('success' as const) : ('failure' as const),
    ...(id !== undefined && { ids: id.split('\n') }),
    ...Object.fromEntries(Object.entries({ ...more, reason }).filter(([, value]) => value !== undefined)),
  }
}

export function placeText({ time, key }: AuditPlace): string {
  return `${time}-${key}`
}

/** The place that `placeText` wrote. */
export function placeIn(text: string | undefined): AuditPlace | undefined {
  if (text === undefined) return undefined
  const [time = 0, key = 0] = text.split('-').map(Number)
  return { time, key }
}

/** Longest search of one request: what it has found by then is answered. */
const searchMsMax = 2_000

/** A full page, or what was found in two seconds; others have their turn in between. */
export async function search(
  rows: AuditRows,
  filter: AuditFilter,
  limit: number,
  from?: AuditPlace,
): Promise<AuditPage> {
  const until = performance.now() + searchMsMax
  const records: AuditRecord[] = []
  let before = from
  do {
    const page = await rows.list(filter, limit - records.length, before)
    records.push(...page.records)
    before = page.next
    await new Promise(resolve => setImmediate(resolve))
  } while (before && records.length < limit && performance.now() < until)
  return { records, next: before }
}
