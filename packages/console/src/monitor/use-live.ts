import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { listPage, moment, type ODataQuery } from '../api/odata.ts'

/** How often lists that are looked at are loaded anew, and what is new is counted. */
export const refreshMs = 5_000

/** Where pages scroll. */
const content = () => document.getElementById('content')

/** Whether the page is seen from its top. */
export function useIsAtTop(): boolean {
  const [isAtTop, setAtTop] = useState(true)
  useEffect(() => {
    const scrolling = content()
    const look = () => setAtTop((scrolling?.scrollTop ?? 0) < 8)
    look()
    scrolling?.addEventListener('scroll', look, { passive: true })
    return () => scrolling?.removeEventListener('scroll', look)
  }, [])
  return isAtTop
}

export function scrollToTop(): void {
  content()?.scrollTo({ top: 0 })
}

/**
 * This minute, so that the same search is the same query for a while. It stands still while `isFollowing` is not so, so that a list
 * stays as it is; `renew` moves it on.
 */
export function useMinute(isFollowing: boolean): readonly [minute: Date, renew: () => void] {
  const minute = useRef(thisMinute())
  if (isFollowing) minute.current = thisMinute()
  const renew = () => {
    minute.current = thisMinute()
  }
  return [new Date(minute.current), renew]
}

function thisMinute(): number {
  return Math.floor(Date.now() / 60_000) * 60_000
}

/** How many messages match that ended after `since`, counted while `isWanted`. */
export function useNewerCount(query: ODataQuery, since: Date | undefined, isWanted: boolean): number {
  const newer = since && `LogEnd gt ${moment(since)}`
  const { data } = useQuery({
    queryKey: ['newer', query, newer],
    queryFn: async ({ signal }) => {
      const filter = [query.filter, newer].filter(Boolean).join(' and ')
      return (await listPage('MessageProcessingLogs', { ...query, filter, top: 0 }, signal)).count
    },
    enabled: isWanted && newer !== undefined,
    refetchInterval: refreshMs,
  })
  return isWanted ? (data ?? 0) : 0
}
