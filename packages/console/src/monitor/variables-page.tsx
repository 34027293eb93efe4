import { useQueryClient } from '@tanstack/react-query'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { change, dateOf, entityPath } from '../api/odata.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { DownloadButton } from '../components/download-button.tsx'
import { EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'

interface Variable {
  readonly VariableName: string
  /** Empty for those that all flows share. */
  readonly IntegrationFlow: string
  readonly Visibility: string
  readonly UpdatedAt: string | null
  readonly RetainUntil: string | null
}

/** Variables that flows have written. */
export function VariablesPage() {
  const { t } = useTranslation()
  const rows = usePaged<Variable>('Variables', { orderBy: 'VariableName' })
  return (
    <Page
      title={t('variables.title')}
      actions={
        <Button icon="refresh" onClick={rows.refetch}>
          {t('common.refresh')}
        </Button>
      }
    >
      <EntityTable
        label={t('variables.title')}
        columns={[
          { header: t('variables.name'), cell: ({ VariableName }) => <span className="code">{VariableName}</span> },
          { header: t('dataStores.visibility'), width: '10rem', cell: ({ Visibility }) => Visibility },
          { header: t('messages.flow'), cell: ({ IntegrationFlow }) => IntegrationFlow || t('common.none') },
          {
            header: t('variables.updated'),
            width: '13rem',
            cell: ({ UpdatedAt }) => <Moment date={dateOf(UpdatedAt)} />,
          },
          {
            header: t('dataStores.retainUntil'),
            width: '13rem',
            importance: -1,
            cell: ({ RetainUntil }) => <Moment date={dateOf(RetainUntil)} />,
          },
          {
            header: t('common.actions'),
            width: '8rem',
            importance: 1,
            cell: variable => <VariableActions variable={variable} />,
          },
        ]}
        keyOf={({ VariableName, IntegrationFlow }) => JSON.stringify([VariableName, IntegrationFlow])}
        rows={rows}
        empty={t('variables.empty')}
      />
    </Page>
  )
}

function VariableActions({ variable: { VariableName, IntegrationFlow } }: { readonly variable: Variable }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const path = entityPath('Variables', { VariableName, IntegrationFlow })
  return (
    <>
      <DownloadButton path={`${path}/$value`} of={VariableName} />
      <ConfirmButton
        text={t('common.delete')}
        icon="delete"
        of={VariableName}
        question={t('variables.deleteQuestion', { name: VariableName })}
        action={() => change('DELETE', path)}
        onDone={() => void queries.invalidateQueries()}
      />
    </>
  )
}
