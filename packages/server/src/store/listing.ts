import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { everything, filterCondition, orderTerms, type Properties } from './filter.ts'
import type { ListQuery } from './store.ts'

/** More than any table holds: SQLite has no `offset` without a `limit`. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER

export interface Listing {
  readonly properties: Properties
  /** Unique, so that the order is total. */
  readonly key: RawBuilder<unknown>
  /** Order when the caller gives none. */
  readonly defaultOrder?: ListQuery['orderBy']
}

/** Adds filter, order and page of a list to a query. Throws `ODataError` (400) for what does not fit the entity. */
export function page<Database, Tables extends keyof Database, Row>(
  query: SelectQueryBuilder<Database, Tables, Row>,
  { filter, orderBy, top, skip }: ListQuery,
  { properties, key, defaultOrder = [] }: Listing,
): SelectQueryBuilder<Database, Tables, Row> {
  const ordered = query.orderBy(orderTerms(orderBy?.length ? orderBy : defaultOrder, key, properties))
  let listed = filtered(ordered, filter, properties)
  if (top !== undefined || skip !== undefined) listed = listed.limit(top ?? NO_LIMIT)
  return skip === undefined ? listed : listed.offset(skip)
}

/** Counts the rows of a query that pass the filter. */
export async function countRows<Database, Tables extends keyof Database>(
  query: SelectQueryBuilder<Database, Tables, object>,
  filter: ListQuery['filter'],
  { properties }: Listing,
): Promise<number> {
  const counts = await filtered(query, filter, properties).select(sql<number>`count(*)`.as('count')).execute()
  return Number((counts[0] as { readonly count: number } | undefined)?.count)
}

function filtered<Database, Tables extends keyof Database, Row>(
  query: SelectQueryBuilder<Database, Tables, Row>,
  filter: ListQuery['filter'],
  properties: Properties,
): SelectQueryBuilder<Database, Tables, Row> {
  const condition = filter && filterCondition(filter, properties)
  return condition === undefined || condition === everything ? query : query.where(condition)
}
