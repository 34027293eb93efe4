import { useTranslation } from 'react-i18next'
import { dateOf, entityPath } from '../api/odata.ts'
import { DownloadButton } from '../components/download-button.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { bytesText, Moment } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { usePaged } from '../components/use-paged.ts'

interface LogFile {
  readonly Name: string
  readonly Application: string
  readonly LastModified: string | null
  /** Bytes. */
  readonly Size: string
}

const archive = entityPath('LogFileArchives', { Scope: 'all', LogFileType: 'http', NodeScope: 'worker' })

/** The log files that the server has, to be downloaded one by one or all in one archive. */
export function LogFiles() {
  const { t, i18n } = useTranslation()
  const rows = usePaged<LogFile>('LogFiles', { orderBy: 'Name desc' })
  return (
    <Section
      title={t('accessLog.files')}
      actions={<DownloadButton path={`${archive}/$value`} of={t('accessLog.archive')} />}
    >
      <EntityTable
        label={t('accessLog.files')}
        columns={[
          { header: t('accessLog.file'), cell: ({ Name }) => <span className="code">{Name}</span> },
          {
            header: t('message.size'),
            width: '8rem',
            align: 'End',
            cell: ({ Size }) => bytesText(Number(Size), i18n.language),
          },
          {
            header: t('accessLog.lastLine'),
            width: '14rem',
            cell: ({ LastModified }) => <Moment date={dateOf(LastModified)} />,
          },
          {
            header: t('common.actions'),
            width: '6rem',
            importance: 1,
            cell: ({ Name, Application }) => (
              <DownloadButton path={`${entityPath('LogFiles', { Name, Application })}/$value`} of={Name} />
            ),
          },
        ]}
        keyOf={({ Name }) => Name}
        rows={rows}
        empty={t('accessLog.noFiles')}
      />
    </Section>
  )
}
