import { type QueryKey, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { PagedRows } from './use-paged.ts'

/** Loads a list that comes whole, and shows the rows that match. */
export function useList<Row>(
  queryKey: QueryKey,
  load: () => Promise<readonly Row[]>,
  matches?: (row: Row) => boolean,
): PagedRows<Row> {
  const found = useQuery({ queryKey, queryFn: load })
  return wholeList(found, found.data, matches)
}

/** The rows of a list that came whole with what a query has found. */
export function wholeList<Row>(
  found: Pick<UseQueryResult, 'isPending' | 'error' | 'refetch'>,
  all: readonly Row[] = [],
  matches: (row: Row) => boolean = () => true,
): PagedRows<Row> {
  const rows = all.filter(matches)
  return {
    rows,
    count: all.length,
    isLoading: found.isPending,
    isWhole: rows.length === all.length,
    isLoadingMore: false,
    hasMore: false,
    error: found.error,
    loadMore: () => {},
    refetch: () => void found.refetch(),
  }
}
