import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type AccessLine, type AccessLogSearch, readAccessLog } from '../api/monitoring.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { durationText, Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { Section } from '../components/section.tsx'
import { type PagedRows, useOlderPages } from '../components/use-paged.ts'
import { AccessLogFields } from './access-log-fields.tsx'
import { LogFiles } from './log-files.tsx'

/** The HTTP access log: its newest lines, searched, and its files. The search is in the address. */
export function AccessLogPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const search = {
    status: params.get('status') ?? '',
    method: params.get('method') ?? '',
    user: params.get('user') ?? '',
    path: params.get('path') ?? '',
  }
  const rows = useAccessLog(search)
  return (
    <Page
      title={t('accessLog.title')}
      actions={
        <Button icon="refresh" onClick={rows.refetch}>
          {t('common.refresh')}
        </Button>
      }
    >
      <AccessLogFields
        search={search}
        onSearch={changed =>
          setParams(Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== '')), { replace: true })
        }
      />
      <Section title={t('accessLog.requests')}>
        <EntityTable
          label={t('accessLog.requests')}
          columns={useColumns()}
          keyOf={({ key }) => key}
          rows={rows}
          empty={t('accessLog.empty')}
        />
      </Section>
      <LogFiles />
    </Page>
  )
}

/** Lines have no name: two may be the same in everything. */
interface KeyedLine extends AccessLine {
  readonly key: string
}

function useAccessLog(search: AccessLogSearch): PagedRows<KeyedLine> {
  const found = useOlderPages(['access-log', search], async (before, signal) => {
    const { lines, older } = await readAccessLog(search, before, signal)
    return { rows: lines, older }
  })
  return { ...found, rows: found.rows.map((line, index) => ({ ...line, key: String(index) })) }
}

function useColumns(): readonly Column<KeyedLine>[] {
  const { t, i18n } = useTranslation()
  return [
    { header: t('accessLog.time'), width: '12rem', cell: ({ time }) => <Moment date={new Date(time)} /> },
    {
      header: t('accessLog.status'),
      width: '5rem',
      cell: ({ status }) => <Tag design={designOf(status)}>{String(status)}</Tag>,
    },
    { header: t('accessLog.method'), width: '6rem', cell: ({ method }) => method },
    {
      header: t('accessLog.path'),
      cell: ({ path, reason }) => (
        <span>
          <span className="code">{path}</span>
          {reason !== undefined && <span className="field-hint"> {reason}</span>}
        </span>
      ),
    },
    { header: t('accessLog.user'), width: '8rem', importance: -1, cell: ({ user }) => user },
    { header: t('accessLog.address'), width: '8rem', importance: -2, cell: ({ address }) => address },
    {
      header: t('messages.duration'),
      width: '6rem',
      align: 'End',
      importance: -1,
      cell: ({ durationMs }) => durationText(durationMs, i18n.language),
    },
  ]
}

function designOf(status: number): 'Positive' | 'Negative' | 'Critical' | 'Information' {
  if (status >= 500) return 'Negative'
  if (status >= 400) return 'Critical'
  return status >= 300 ? 'Information' : 'Positive'
}
