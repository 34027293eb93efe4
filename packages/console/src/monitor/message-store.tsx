import { useTranslation } from 'react-i18next'
import { dateOf, entityPath } from '../api/odata.ts'
import { DownloadButton } from '../components/download-button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Facts } from '../components/facts.tsx'
import type { NamedValue } from '../components/message-changes.ts'
import { Moment } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { TextContent } from '../components/text-content.tsx'
import { usePaged } from '../components/use-paged.ts'
import { NameValueTable } from './names-and-values.tsx'
import { ResendButton } from './resend-button.tsx'

interface StoredMessage {
  readonly Id: string
  readonly MessageStoreId: string | null
  readonly TimeStamp: string
  readonly HasAttachments: boolean
}

interface StoredAttachment {
  readonly Id: string
  readonly Name: string | null
  readonly ContentType: string | null
}

/** Messages that Persist steps have kept; nothing where there are none. */
export function MessageStore({ guid }: { readonly guid: string }) {
  const { t } = useTranslation()
  const { rows, error, refetch } = usePaged<StoredMessage>(
    `${entityPath('MessageProcessingLogs', guid)}/MessageStoreEntries`,
    {},
  )
  if (rows.length === 0 && !error) return null
  return (
    <Section title={t('message.store')}>
      {error && <ErrorState error={error} onRetry={refetch} />}
      {rows.map(entry => (
        <StoreEntry key={entry.Id} guid={guid} entry={entry} />
      ))}
    </Section>
  )
}

function StoreEntry({ guid, entry }: { readonly guid: string; readonly entry: StoredMessage }) {
  const { t } = useTranslation()
  const path = entityPath('MessageStoreEntries', entry.Id)
  const headers = usePaged<NamedValue>(`${path}/Properties`, {})
  const name = entry.MessageStoreId ?? entry.Id
  return (
    <>
      <div className="page-header">
        <Facts
          facts={[
            [t('message.storeId'), name],
            [t('message.time'), <Moment key="time" date={dateOf(entry.TimeStamp)} />],
          ]}
        />
        <div className="page-actions">
          <ResendButton message={{ messageGuid: guid, storeEntry: entry.Id }} of={name} />
          <DownloadButton path={`${path}/$value`} of={name} />
        </div>
      </div>
      <TextContent path={`${path}/$value`} label={t('message.payloadOf', { name })} />
      {headers.error ? (
        <ErrorState error={headers.error} onRetry={headers.refetch} />
      ) : (
        <NameValueTable
          label={t('message.headersOf', { name })}
          rows={headers.rows.map(({ Name, Value }) => ({ name: Name, value: Value ?? '' }))}
        />
      )}
      {entry.HasAttachments && <StoreAttachments path={path} />}
    </>
  )
}

function StoreAttachments({ path }: { readonly path: string }) {
  const { t } = useTranslation()
  const { rows, error, refetch } = usePaged<StoredAttachment>(`${path}/Attachments`, {})
  if (error) return <ErrorState error={error} onRetry={refetch} />
  return (
    <ul aria-label={t('message.attachments')}>
      {rows.map(({ Id, Name, ContentType }) => (
        <li key={Id}>
          {Name} ({ContentType})
          <DownloadButton path={`${entityPath('MessageStoreEntryAttachments', Id)}/$value`} of={Name ?? Id} />
        </li>
      ))}
    </ul>
  )
}
