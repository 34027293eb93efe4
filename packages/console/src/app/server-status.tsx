import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { isServerReachable, onReachability } from '../api/http.ts'
import { readSession } from '../api/session.ts'

const retryMs = 5_000

/** Says above every page that the server does not answer, and brings what failed as soon as it does again. */
export function ServerStatus() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const isReachable = useSyncExternalStore(onReachability, isServerReachable)
  const { refetch, isFetching } = useQuery({
    queryKey: ['server-status'],
    queryFn: readSession,
    enabled: !isReachable,
    refetchInterval: retryMs,
    retry: false,
    gcTime: 0,
  })
  useEffect(() => {
    if (isReachable) void queries.invalidateQueries({ predicate: ({ state }) => state.error !== null })
  }, [isReachable, queries])
  if (isReachable) return null
  return (
    <div className="server-status">
      <MessageStrip design="Negative" hideCloseButton role="alert">
        {t('errors.unreachableNow')}
      </MessageStrip>
      <Button loading={isFetching} onClick={() => void refetch()}>
        {t('common.retry')}
      </Button>
    </div>
  )
}
