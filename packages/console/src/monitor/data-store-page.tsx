import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { change, dateOf, entityPath, literal } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { usePaged } from '../components/use-paged.ts'

interface Entry {
  readonly Id: string
  readonly DataStoreName: string
  readonly IntegrationFlow: string
  readonly Type: string
  readonly Status: string
  readonly MessageId: string | null
  readonly DueAt: string | null
  readonly CreatedAt: string | null
  readonly RetainUntil: string | null
}

/** The entries of one data store; which one is in the address. */
export function DataStorePage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const name = params.get('store') ?? ''
  const flow = params.get('flow') ?? ''
  const rows = usePaged<Entry>('DataStoreEntries', {
    filter: `DataStoreName eq ${literal(name)} and IntegrationFlow eq ${literal(flow)}`,
    orderBy: 'CreatedAt desc',
  })
  return (
    <Page
      title={t('dataStores.entriesOf', { name })}
      actions={
        <Button icon="refresh" onClick={rows.refetch}>
          {t('common.refresh')}
        </Button>
      }
    >
      <EntityTable
        label={t('dataStores.entriesOf', { name })}
        columns={useColumns()}
        keyOf={({ Id }) => Id}
        rows={rows}
        empty={t('dataStores.noEntries')}
      />
    </Page>
  )
}

function useColumns(): readonly Column<Entry>[] {
  const { t } = useTranslation()
  return [
    { header: t('dataStores.entryId'), cell: ({ Id }) => <span className="code">{Id}</span> },
    {
      header: t('messages.status'),
      width: '8rem',
      cell: ({ Status }) => <Tag design={Status === 'Overdue' ? 'Critical' : 'Information'}>{Status}</Tag>,
    },
    {
      header: t('message.guid'),
      importance: -1,
      cell: ({ MessageId }) =>
        MessageId && (
          <PageLink to={`/monitor/messages/${encodeURIComponent(MessageId)}`}>
            <span className="code">{MessageId}</span>
          </PageLink>
        ),
    },
    { header: t('dataStores.created'), width: '13rem', cell: ({ CreatedAt }) => <Moment date={dateOf(CreatedAt)} /> },
    {
      header: t('dataStores.due'),
      width: '13rem',
      importance: -2,
      cell: ({ DueAt }) => <Moment date={dateOf(DueAt)} />,
    },
    {
      header: t('dataStores.retainUntil'),
      width: '13rem',
      importance: -3,
      cell: ({ RetainUntil }) => <Moment date={dateOf(RetainUntil)} />,
    },
    { header: t('common.actions'), width: '8rem', importance: 1, cell: entry => <EntryActions entry={entry} /> },
  ]
}

function EntryActions({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { Id, DataStoreName, IntegrationFlow, Type } = entry
  const path = entityPath('DataStoreEntries', { Id, DataStoreName, IntegrationFlow, Type })
  return (
    <>
      <DownloadButton path={`${path}/$value`} of={Id} />
      <ConfirmButton
        text={t('common.delete')}
        icon="delete"
        of={Id}
        question={t('dataStores.deleteEntryQuestion', { id: Id, name: DataStoreName })}
        action={() => change('DELETE', path)}
        onDone={() => void queries.invalidateQueries()}
      />
    </>
  )
}
