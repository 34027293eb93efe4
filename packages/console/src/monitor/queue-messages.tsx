import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/redo.js'
import { useTranslation } from 'react-i18next'
import { callFunction, change, dateOf, entityPath } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { PageLink } from '../components/page-link.tsx'
import { usePaged } from '../components/use-paged.ts'
import { MoveButton } from './move-button.tsx'

interface QueueMessage {
  readonly Msgid: string
  readonly Name: string
  readonly Failed: boolean
  /** ID of the log of the message that put it there. */
  readonly Mplid: string | null
  /** Times are milliseconds since 1970, as texts. */
  readonly CreatedAt: string
  readonly NextRetry: string | null
  readonly ExpirationDate: string | null
  readonly RetryCount: string
}

const refreshMs = 5_000

/** The messages in a queue, with what can be done with each. */
export function QueueMessages({ queue }: { readonly queue: string }) {
  const { t } = useTranslation()
  const rows = usePaged<QueueMessage>(`${entityPath('Queues', queue)}/Messages`, { orderBy: 'CreatedAt' }, refreshMs)
  return (
    <EntityTable
      label={t('queues.messages')}
      columns={useColumns()}
      keyOf={({ Msgid }) => Msgid}
      rows={rows}
      empty={t('queues.noMessages')}
    />
  )
}

function useColumns(): readonly Column<QueueMessage>[] {
  const { t } = useTranslation()
  return [
    { header: t('queues.messageId'), cell: ({ Msgid }) => <span className="code">{Msgid}</span> },
    {
      header: t('queues.log'),
      importance: -1,
      cell: ({ Mplid }) =>
        Mplid && (
          <PageLink to={`/monitor/messages/${encodeURIComponent(Mplid)}`}>
            <span className="code">{Mplid}</span>
          </PageLink>
        ),
    },
    { header: t('queues.created'), width: '13rem', cell: ({ CreatedAt }) => <Moment date={dateOf(CreatedAt)} /> },
    { header: t('queues.retries'), width: '5rem', align: 'End', cell: ({ RetryCount }) => RetryCount },
    {
      header: t('queues.nextRetry'),
      width: '13rem',
      importance: -2,
      cell: ({ NextRetry }) => <Moment date={dateOf(NextRetry)} />,
    },
    {
      header: t('common.actions'),
      width: '12rem',
      importance: 1,
      cell: message => <MessageActions message={message} />,
    },
  ]
}

function MessageActions({ message: { Msgid, Name, Failed } }: { readonly message: QueueMessage }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const path = entityPath('JmsMessages', { Msgid, Name, Failed })
  const onDone = () => void queries.invalidateQueries()
  return (
    <>
      <ConfirmButton
        text={t('queues.retry')}
        icon="redo"
        of={Msgid}
        question={t('queues.retryQuestion', { id: Msgid })}
        action={() => callFunction('RetryJmsMessages', { Queue: Name, Msgid })}
        onDone={onDone}
        isHarmless
      />
      <MoveButton queue={Name} message={Msgid} />
      <DownloadButton path={`${path}/$value`} of={Msgid} />
      <ConfirmButton
        text={t('common.delete')}
        icon="delete"
        of={Msgid}
        question={t('queues.deleteMessageQuestion', { id: Msgid, name: Name })}
        action={() => change('DELETE', path)}
        onDone={onDone}
      />
    </>
  )
}
