import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { change, entityPath } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'

interface DataStore {
  readonly DataStoreName: string
  /** Empty for those that all flows share. */
  readonly IntegrationFlow: string
  readonly Type: string
  readonly Visibility: string
  readonly NumberOfMessages: string
  readonly NumberOfOverdueMessages: string
}

/** Data stores that have entries. */
export function DataStoresPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const rows = usePaged<DataStore>('DataStores', { orderBy: 'DataStoreName' })
  const open = ({ DataStoreName: store, IntegrationFlow: flow }: DataStore) =>
    void navigate(`/monitor/data-stores/entries?${new URLSearchParams({ store, flow })}`)
  return (
    <Page
      title={t('dataStores.title')}
      actions={
        <Button icon="refresh" onClick={rows.refetch}>
          {t('common.refresh')}
        </Button>
      }
    >
      <EntityTable
        label={t('dataStores.title')}
        columns={[
          { header: t('dataStores.name'), cell: ({ DataStoreName }) => DataStoreName },
          { header: t('dataStores.visibility'), width: '10rem', cell: ({ Visibility }) => Visibility },
          { header: t('messages.flow'), cell: ({ IntegrationFlow }) => IntegrationFlow || t('common.none') },
          { header: t('dataStores.entries'), width: '8rem', align: 'End', cell: store => store.NumberOfMessages },
          {
            header: t('dataStores.overdue'),
            width: '8rem',
            align: 'End',
            importance: -1,
            cell: ({ NumberOfOverdueMessages }) => NumberOfOverdueMessages,
          },
          { header: t('common.actions'), width: '6rem', importance: 1, cell: store => <DeleteButton store={store} /> },
        ]}
        keyOf={({ DataStoreName, IntegrationFlow }) => JSON.stringify([DataStoreName, IntegrationFlow])}
        rows={rows}
        empty={t('dataStores.empty')}
        onOpen={open}
      />
    </Page>
  )
}

function DeleteButton({ store }: { readonly store: DataStore }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { DataStoreName, IntegrationFlow, Type, NumberOfMessages } = store
  return (
    <ConfirmButton
      text={t('common.delete')}
      icon="delete"
      of={DataStoreName}
      question={t('dataStores.deleteQuestion', { name: DataStoreName, entries: NumberOfMessages })}
      action={() => change('DELETE', entityPath('DataStores', { DataStoreName, IntegrationFlow, Type }))}
      onDone={() => void queries.invalidateQueries()}
    />
  )
}
