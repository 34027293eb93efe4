import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { ObjectStatus } from '@ui5/webcomponents-react/ObjectStatus'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { dateOf } from '../api/odata.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { durationText, Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { usePaged } from '../components/use-paged.ts'
import { type MessageSearch, messageFilter, type Period, periods, statuses } from './message-filter.ts'

interface MessageLog {
  readonly MessageGuid: string
  readonly IntegrationFlowName: string
  readonly Status: string
  readonly CustomStatus: string | null
  readonly LogStart: string
  readonly LogEnd: string | null
  readonly ApplicationMessageId: string | null
  readonly IntegrationArtifact: { readonly Name: string; readonly PackageName: string | null }
}

const refreshMs = 5_000
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
  const [search, setSearch] = useMessageSearch()
  // Rounded, so that the same search is the same query for a while.
  const minute = Math.floor(Date.now() / 60_000) * 60_000
  const filter = messageFilter(search, new Date(minute))
  const query = { filter, orderBy: 'LogEnd desc', select: selected }
  const rows = usePaged<MessageLog>('MessageProcessingLogs', query, refreshMs)
  return (
    <Page
      title={t('messages.title')}
      actions={
        <Button icon="refresh" onClick={rows.refetch}>
          {t('common.refresh')}
        </Button>
      }
    >
      <SearchFields search={search} onSearch={setSearch} />
      <EntityTable
        label={t('messages.title')}
        columns={useColumns()}
        keyOf={row => row.MessageGuid}
        rows={rows}
        empty={t('messages.empty')}
      />
    </Page>
  )
}

function useMessageSearch(): readonly [search: MessageSearch, set: (search: MessageSearch) => void] {
  const [params, setParams] = useSearchParams()
  const period = params.get('period') ?? 'day'
  const search: MessageSearch = {
    period: period in periods ? (period as Period) : 'day',
    status: params.get('status') ?? '',
    flow: params.get('flow') ?? '',
    id: params.get('id') ?? '',
  }
  const set = (changed: MessageSearch) =>
    setParams(Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== '')), { replace: true })
  return [search, set]
}

function SearchFields({
  search,
  onSearch,
}: {
  readonly search: MessageSearch
  readonly onSearch: (search: MessageSearch) => void
}) {
  const { t } = useTranslation()
  const [flow, setFlow] = useState(search.flow)
  const [id, setId] = useState(search.id)
  return (
    <search className="fields">
      <div>
        <Label for="period">{t('messages.period')}</Label>
        <Select
          id="period"
          value={search.period}
          onChange={({ target }) => onSearch({ ...search, period: target.value as Period })}
        >
          {Object.keys(periods).map(period => (
            <Option key={period} value={period}>
              {t(`messages.periods.${period as Period}`)}
            </Option>
          ))}
        </Select>
      </div>
      <div>
        <Label for="status">{t('messages.status')}</Label>
        <Select
          id="status"
          value={search.status}
          onChange={({ target }) => onSearch({ ...search, status: target.value ?? '' })}
        >
          <Option value="">{t('messages.anyStatus')}</Option>
          {statuses.map(status => (
            <Option key={status} value={status}>
              {status}
            </Option>
          ))}
        </Select>
      </div>
      <div>
        <Label for="flow">{t('messages.flow')}</Label>
        <Input
          id="flow"
          value={flow}
          onInput={({ target }) => setFlow(target.value)}
          onChange={() => onSearch({ ...search, flow, id })}
        />
      </div>
      <div>
        <Label for="id">{t('messages.id')}</Label>
        <Input
          id="id"
          value={id}
          onInput={({ target }) => setId(target.value)}
          onChange={() => onSearch({ ...search, flow, id })}
        />
      </div>
    </search>
  )
}

function useColumns(): readonly Column<MessageLog>[] {
  const { t, i18n } = useTranslation()
  return [
    {
      header: t('messages.status'),
      width: '9rem',
      cell: ({ Status, CustomStatus }) => (
        <ObjectStatus state={stateOf(Status)} showDefaultIcon>
          {CustomStatus ?? Status}
        </ObjectStatus>
      ),
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
        return start && end ? durationText(end.getTime() - start.getTime(), i18n.language) : t('common.none')
      },
    },
    {
      header: t('messages.id'),
      importance: -2,
      cell: ({ MessageGuid }) => (
        <>
          <span className="code">{MessageGuid}</span>
          <CopyButton text={MessageGuid} of={MessageGuid} />
        </>
      ),
    },
  ]
}

function stateOf(status: string): 'Positive' | 'Negative' | 'Critical' | 'Information' {
  if (status === 'COMPLETED') return 'Positive'
  if (status === 'FAILED') return 'Negative'
  return status === 'PROCESSING' || status === 'RETRY' ? 'Information' : 'Critical'
}
