import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { dateOf, literal } from '../api/odata.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'
import type { DeployedArtifact } from './deployed-artifact.ts'
import { MessageStatus } from './message-status.tsx'

const refreshMs = 5_000
const statuses = ['STARTED', 'STARTING', 'ERROR'] as const

/** What is deployed. The status that is looked for is in the address. */
export function ArtifactsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const status = params.get('status') ?? ''
  const rows = usePaged<DeployedArtifact>(
    'IntegrationRuntimeArtifacts',
    { orderBy: 'Name', filter: status && `Status eq ${literal(status)}` },
    refreshMs,
  )
  return (
    <Page
      title={t('artifacts.title')}
      actions={
        <Button icon="refresh" onClick={rows.refetch}>
          {t('common.refresh')}
        </Button>
      }
    >
      <search className="fields">
        <div>
          <Label for="status">{t('messages.status')}</Label>
          <Select
            id="status"
            value={status}
            onChange={({ target }) => setParams(target.value ? { status: target.value } : {}, { replace: true })}
          >
            <Option value="">{t('messages.anyStatus')}</Option>
            {statuses.map(value => (
              <Option key={value} value={value}>
                {value}
              </Option>
            ))}
          </Select>
        </div>
      </search>
      <EntityTable
        label={t('artifacts.title')}
        columns={useColumns()}
        keyOf={({ Id }) => Id}
        rows={rows}
        empty={status ? t('artifacts.noneOfStatus') : t('artifacts.empty')}
        onOpen={({ Id }) => void navigate(`/monitor/artifacts/${encodeURIComponent(Id)}`)}
      />
    </Page>
  )
}

function useColumns(): readonly Column<DeployedArtifact>[] {
  const { t } = useTranslation()
  return [
    { header: t('artifacts.name'), cell: ({ Name }) => Name },
    { header: t('artifacts.type'), width: '12rem', cell: ({ Type }) => <ArtifactType type={Type} /> },
    { header: t('artifacts.version'), width: '6rem', importance: -1, cell: ({ Version }) => Version },
    { header: t('messages.status'), width: '8rem', cell: ({ Status }) => <MessageStatus status={Status} /> },
    { header: t('artifacts.deployedBy'), width: '10rem', importance: -2, cell: ({ DeployedBy }) => DeployedBy },
    {
      header: t('artifacts.deployedOn'),
      width: '14rem',
      importance: -1,
      cell: ({ DeployedOn }) => <Moment date={dateOf(DeployedOn)} />,
    },
  ]
}

/** The type of an artifact in words. */
export function ArtifactType({ type }: { readonly type: string }) {
  const { t } = useTranslation()
  const isKnown = (known: string): known is keyof typeof types => known in types
  return isKnown(type) ? t(types[type]) : type
}

const types = {
  INTEGRATION_FLOW: 'artifacts.flow',
  MESSAGE_MAPPING: 'artifacts.messageMapping',
  SCRIPT_COLLECTION: 'artifacts.scriptCollection',
  VALUE_MAPPING: 'artifacts.valueMapping',
} as const
