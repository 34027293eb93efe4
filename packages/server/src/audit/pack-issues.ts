import type { AuditEvent } from '../store/store.ts'

type TimedEvent = AuditEvent & { readonly time: number }

/** Tokens that one row tells of at most. */
export const packedMax = 1_000

/**
 * Makes one event of tokens that were issued by the same grant to the same client and user from the same address: a client
 * that asks for hundreds in a second would cost more rows than tokens are worth. The others stay as they are.
 */
export function packIssues(events: readonly TimedEvent[]): TimedEvent[] {
  if (events.length < 2) return [...events]
  const packs = new Map<string, { readonly first: TimedEvent; readonly ids: (string | undefined)[] }>()
  const rows: (TimedEvent | { readonly first: TimedEvent; readonly ids: (string | undefined)[] })[] = []
  for (const event of events) {
    if (event.action !== 'issue' || event.reason !== undefined) {
      rows.push(event)
      continue
    }
    const { object, user = '', clientId = '', address = '', method = '' } = event
    const name = `${object}\n${user}\n${clientId}\n${address}\n${method}`
    const pack = packs.get(name)
    if (pack && pack.ids.length < packedMax) {
      pack.ids.push(event.id)
      continue
    }
    const begun = { first: event, ids: [event.id] }
    packs.set(name, begun)
    rows.push(begun)
  }
  return rows.map(row => {
    if (!('ids' in row)) return row
    const { first, ids } = row
    return ids.length === 1 ? first : { ...first, id: ids.join('\n'), count: ids.length }
  })
}
