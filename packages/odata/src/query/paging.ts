import type { QueryOptions } from '../url/query-options.ts'

/** Which rows to read for one page. */
export interface Page {
  readonly skip: number
  /** One more than the page holds where a further page is possible, so that its first row tells that there is one. */
  readonly top: number
  /** Rows that belong on this page. */
  readonly size: number
}

/** Server-side paging: at most `pageSize` rows at once; `$skiptoken` is the number of rows on earlier pages. */
export function pageOf({ top, skip, skipToken }: QueryOptions, pageSize: number): Page {
  const remaining = top === undefined ? Number.POSITIVE_INFINITY : Math.max(0, top - skipToken)
  const size = Math.min(pageSize, remaining)
  return { skip: skip + skipToken, top: remaining > size ? size + 1 : size, size }
}

/** The URL of the page after one that was full: the same URL with another `$skiptoken`. */
export function nextPageUrl(url: string, { size }: Page, { skipToken }: QueryOptions): string {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const kept = (mark < 0 ? '' : url.slice(mark + 1))
    .split('&')
    .filter(option => option.trim() !== '' && !/^\s*(\$|%24)skiptoken=/i.test(option))
  return `${path}?${[...kept, `$skiptoken=${skipToken + size}`].join('&')}`
}
