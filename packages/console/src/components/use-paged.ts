import {
  type InfiniteData,
  keepPreviousData,
  type QueryKey,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { listPage, type ODataQuery } from '../api/odata.ts'

/** Rows of a page: twice what a screen shows. Drawing more takes longer than reading them. */
const pageRows = 30

/** Rows of a list as far as they are loaded. */
export interface PagedRows<Row> {
  readonly rows: readonly Row[]
  /** On all pages; undefined where nobody has counted. */
  readonly count?: number
  readonly isLoading: boolean
  readonly isLoadingMore: boolean
  readonly hasMore: boolean
  /** Whether the rows came all at once, so that their number says nothing. */
  readonly isWhole?: boolean
  readonly error: Error | null
  readonly loadMore: () => void
  readonly refetch: () => void
}

/** Rows of a list that knows how many it has. */
export interface CountedRows<Row> extends PagedRows<Row> {
  readonly count: number
}

/**
 * Loads a list of the OData API page by page. `refreshMs`: how often it is loaded anew while it is looked at; `asked`: only when
 * somebody asks for it. While another query loads, what was there stays.
 */
export function usePaged<Row>(
  path: string,
  query: ODataQuery,
  refreshMs?: number | 'asked',
  pageSize = pageRows,
): CountedRows<Row> {
  const load: LoadPage<Row> = (page, signal) => listPage<Row>(path, { ...query, ...page }, signal)
  return usePages([path, query], load, pageSize, refreshMs)
}

/** Loads the rows from `skip` on, `top` at most, and says how many there are in all: `counted`, where the page before told. */
export type LoadPage<Row> = (
  page: { readonly skip: number; readonly top: number; readonly counted?: number | undefined },
  signal: AbortSignal,
) => Promise<{ readonly rows: readonly Row[]; readonly count: number }>

/** As `usePaged`, for any API that has pages. */
export function usePages<Row>(
  queryKey: QueryKey,
  load: LoadPage<Row>,
  pageSize = pageRows,
  refreshMs?: number | 'asked',
): CountedRows<Row> {
  const found = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load({ top: pageSize, ...pageParam }, signal),
    initialPageParam: { skip: 0 } as { readonly skip: number; readonly counted?: number },
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0)
      return last.rows.length > 0 && loaded < last.count ? { skip: loaded, counted: last.count } : undefined
    },
    placeholderData: keepPreviousData,
    ...(refreshMs === 'asked' && { refetchOnWindowFocus: false, refetchOnReconnect: false }),
    ...(typeof refreshMs === 'number' && { refetchInterval: refreshMs }),
  })
  const queries = useQueryClient()
  const isStill = refreshMs === 'asked'
  const wasStill = useRef(isStill)
  useEffect(() => {
    // What is on its way when the list is to stand still would move its rows.
    if (isStill && !wasStill.current && found.isRefetching) void queries.cancelQueries({ queryKey, exact: true })
    wasStill.current = isStill
  })
  return { ...pagedRows(found), count: found.data?.pages.at(-1)?.count ?? 0 }
}

/** Loads the newest rows, or those before a place that the page after them named. */
export type LoadOlder<Row> = (
  before: string | undefined,
  signal: AbortSignal,
) => Promise<{ readonly rows: readonly Row[]; readonly older: string | undefined }>

/** As `usePages`, for logs: they grow while they are read, so a page goes on where the last one ended, and nobody counts. */
export function useOlderPages<Row>(queryKey: QueryKey, load: LoadOlder<Row>): PagedRows<Row> {
  const found = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ older }) => older,
    placeholderData: keepPreviousData,
  })
  return pagedRows(found)
}

type FoundPages<Row> = UseInfiniteQueryResult<InfiniteData<{ readonly rows: readonly Row[] }, unknown>>

function pagedRows<Row>(found: FoundPages<Row>): PagedRows<Row> {
  return {
    rows: found.data?.pages.flatMap(page => page.rows) ?? [],
    isLoading: found.isPending,
    isLoadingMore: found.isFetchingNextPage,
    hasMore: found.hasNextPage,
    error: found.error,
    loadMore: () => void found.fetchNextPage(),
    refetch: () => void found.refetch(),
  }
}

/** Rows that came with something else, for what shows lists. */
export function loadedRows<Row>(rows: readonly Row[]): PagedRows<Row> {
  const states = { isLoading: false, isLoadingMore: false, hasMore: false, isWhole: true, error: null }
  return { rows, count: rows.length, ...states, loadMore() {}, refetch() {} }
}
