import { type QueryKey, useQuery } from '@tanstack/react-query'
import type { PagedRows } from './use-paged.ts'

/** Loads a list that comes whole, and shows the rows that match. */
export function useList<Row>(
  queryKey: QueryKey,
  load: () => Promise<readonly Row[]>,
  matches: (row: Row) => boolean = () => true,
): PagedRows<Row> {
  const found = useQuery({ queryKey, queryFn: load })
  const rows = (found.data ?? []).filter(matches)
  return {
    rows,
    count: found.data?.length ?? 0,
    isLoading: found.isPending,
    isWhole: rows.length === (found.data?.length ?? 0),
    isLoadingMore: false,
    hasMore: false,
    error: found.error,
    loadMore: () => {},
    refetch: () => void found.refetch(),
  }
}
