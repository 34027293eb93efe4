import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { dateOf } from '../api/odata.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { durationText, Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'
import {
  customHeaderOption,
  type MessageSearch,
  messageFilter,
  noSearch,
  type Period,
  periods,
} from './message-filter.ts'
import type { MessageLog } from './message-log.ts'
import { MessageSearchFields } from './message-search-fields.tsx'
import { MessageStatus } from './message-status.tsx'
import { refreshMs, scrollToTop, useIsAtTop, useMinute, useNewerCount } from './use-live.ts'

const selected = [
  'MessageGuid',
  'IntegrationFlowName',
  'Status',
  'CustomStatus',
  'LogStart',
  'LogEnd',
  'ApplicationMessageId',
  'IntegrationArtifact',
]

/** What happened to messages: the newest first, searched by time, status, flow and ID. The search is in the address. */
export function MessagesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search, setSearch] = useMessageSearch()
  const [isLive, setLive] = useState(true)
  const isAtTop = useIsAtTop()
  // Where somebody reads further down, rows must not move away.
  const isFollowing = isLive && isAtTop
  const [minute, renew] = useMinute(isFollowing)
  const filterCustomHeaderProperties = customHeaderOption(search)
  const wanted = {
    filter: messageFilter(search, minute),
    ...(filterCustomHeaderProperties && { custom: { filterCustomHeaderProperties } }),
  }
  const query = { ...wanted, orderBy: 'LogEnd desc', select: selected }
  const rows = usePaged<MessageLog>('MessageProcessingLogs', query, isFollowing ? refreshMs : 'asked')
  const newer = useNewerCount(wanted, dateOf(rows.rows[0]?.LogEnd), isLive && !isAtTop)
  const refresh = () => {
    renew()
    scrollToTop()
    rows.refetch()
  }
  return (
    <Page
      title={t('messages.title')}
      actions={
        <>
          <CheckBox text={t('messages.live')} checked={isLive} onChange={({ target }) => setLive(target.checked)} />
          <Button icon="refresh" onClick={refresh}>
            {t('common.refresh')}
          </Button>
        </>
      }
    >
      <MessageSearchFields search={search} onSearch={setSearch} />
      <div className="newer" aria-live="polite">
        {newer > 0 && (
          <Button design="Emphasized" onClick={refresh}>
            {t('messages.newer', { count: newer })}
          </Button>
        )}
      </div>
      <EntityTable
        label={t('messages.title')}
        columns={useColumns()}
        keyOf={row => row.MessageGuid}
        rows={rows}
        empty={t('messages.empty')}
        onOpen={({ MessageGuid }) => void navigate(`/monitor/messages/${encodeURIComponent(MessageGuid)}`)}
      />
    </Page>
  )
}

function useMessageSearch(): readonly [search: MessageSearch, set: (search: MessageSearch) => void] {
  const [params, setParams] = useSearchParams()
  const period = params.get('period') ?? 'day'
  const search: MessageSearch = { ...noSearch, period: period in periods ? (period as Period) : 'day' }
  for (const name of ['status', 'flow', 'id', 'header', 'value', 'from', 'to'] as const) {
    Object.assign(search, { [name]: params.get(name) ?? '' })
  }
  const set = (changed: MessageSearch) =>
    setParams(Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== '')), { replace: true })
  return [search, set]
}

function useColumns(): readonly Column<MessageLog>[] {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  return useMemo(
    (): readonly Column<MessageLog>[] => [
      {
        header: t('messages.status'),
        width: '9rem',
        cell: ({ Status, CustomStatus }) => <MessageStatus status={Status} text={CustomStatus} />,
      },
      {
        header: t('messages.flow'),
        cell: ({ IntegrationArtifact, IntegrationFlowName }) => IntegrationArtifact.Name || IntegrationFlowName,
      },
      { header: t('messages.end'), width: '14rem', cell: ({ LogEnd }) => <Moment date={dateOf(LogEnd)} /> },
      {
        header: t('messages.duration'),
        width: '7rem',
        align: 'End',
        importance: -1,
        cell: ({ LogStart, LogEnd }) => {
          const [start, end] = [dateOf(LogStart), dateOf(LogEnd)]
          return start && end ? durationText(end.getTime() - start.getTime(), language) : t('common.none')
        },
      },
      {
        header: t('message.guid'),
        width: '20rem',
        importance: -2,
        cell: ({ MessageGuid }) => (
          <span className="copied">
            <span className="code">{MessageGuid}</span>
            <CopyButton text={MessageGuid} of={MessageGuid} />
          </span>
        ),
      },
    ],
    [t, language],
  )
}
