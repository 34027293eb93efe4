import { useTranslation } from 'react-i18next'
import { dateOf, literal } from '../api/odata.ts'
import { EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { usePaged } from '../components/use-paged.ts'
import type { MessageLog } from './message-log.ts'
import { MessageStatus } from './message-status.tsx'

/** The custom header in which the log of a message that was sent again names the one that it was. */
export const resentFrom = 'ResentFrom'

/** Messages that were sent in place of one; nothing where there are none. */
export function ResentMessages({ guid }: { readonly guid: string }) {
  const { t } = useTranslation()
  const rows = usePaged<MessageLog>('MessageProcessingLogs', {
    select: ['MessageGuid', 'Status', 'LogEnd'],
    orderBy: 'LogEnd desc',
    custom: { filterCustomHeaderProperties: `${literal(resentFrom)} eq ${literal(guid)}` },
  })
  if (rows.rows.length === 0) return null
  return (
    <Section title={t('resend.resent')}>
      <EntityTable
        label={t('resend.resent')}
        columns={[
          {
            header: t('message.guid'),
            cell: ({ MessageGuid }) => (
              <PageLink to={`/monitor/messages/${encodeURIComponent(MessageGuid)}`}>
                <span className="code">{MessageGuid}</span>
              </PageLink>
            ),
          },
          { header: t('messages.status'), width: '9rem', cell: ({ Status }) => <MessageStatus status={Status} /> },
          { header: t('messages.end'), width: '14rem', cell: ({ LogEnd }) => <Moment date={dateOf(LogEnd)} /> },
        ]}
        keyOf={({ MessageGuid }) => MessageGuid}
        rows={rows}
        empty={t('message.nothing')}
      />
    </Section>
  )
}
