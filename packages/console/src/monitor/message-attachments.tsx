import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dateOf, entityPath } from '../api/odata.ts'
import { DownloadButton } from '../components/download-button.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { bytesText, Moment } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { TextContent } from '../components/text-content.tsx'
import { loadedRows } from '../components/use-paged.ts'
import type { Attachment } from './message-log.ts'

/** Files that a flow put beside the log of a message, to be read here or downloaded. */
export function MessageAttachments({ attachments }: { readonly attachments: readonly Attachment[] }) {
  const { t, i18n } = useTranslation()
  const [shownId, setShownId] = useState<string>()
  const shown = attachments.find(({ Id }) => Id === shownId)
  const pathOf = ({ Id }: Attachment) => `${entityPath('MessageProcessingLogAttachments', Id)}/$value`
  const nameOf = ({ Id, Name }: Attachment) => Name || Id
  return (
    <Section title={t('message.attachments')}>
      <EntityTable
        label={t('message.attachments')}
        columns={[
          { header: t('message.name'), cell: nameOf },
          { header: t('message.contentType'), cell: ({ ContentType }) => ContentType },
          {
            header: t('message.size'),
            width: '7rem',
            align: 'End',
            cell: ({ PayloadSize }) => bytesText(Number(PayloadSize), i18n.language),
          },
          { header: t('message.time'), width: '14rem', cell: ({ TimeStamp }) => <Moment date={dateOf(TimeStamp)} /> },
          {
            header: t('common.actions'),
            width: '9rem',
            importance: 1,
            cell: attachment => (
              <>
                <Button
                  design="Transparent"
                  accessibleName={`${t('common.show')}: ${nameOf(attachment)}`}
                  onClick={() => setShownId(attachment.Id === shownId ? undefined : attachment.Id)}
                >
                  {attachment.Id === shownId ? t('common.hide') : t('common.show')}
                </Button>
                <DownloadButton path={pathOf(attachment)} of={nameOf(attachment)} />
              </>
            ),
          },
        ]}
        keyOf={({ Id }) => Id}
        rows={loadedRows(attachments)}
        empty={t('message.nothing')}
      />
      {shown && <TextContent path={pathOf(shown)} label={nameOf(shown)} />}
    </Section>
  )
}
