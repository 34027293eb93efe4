import '@ui5/webcomponents-icons/dist/download.js'
import '@ui5/webcomponents-icons/dist/refresh.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { type AuditRecord, type AuditSearch, auditExportPath, readAuditLog } from '../api/audit-log.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { Section } from '../components/section.tsx'
import { type PagedRows, useOlderPages } from '../components/use-paged.ts'
import { AuditLogFields } from './audit-log-fields.tsx'

/** The audit log: who did what, and how it went. The search is in the address. */
export function AuditLogPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const search = {
    category: params.get('category') ?? '',
    outcome: params.get('outcome') ?? '',
    hours: params.get('hours') ?? '',
    user: params.get('user') ?? '',
    clientId: params.get('clientId') ?? '',
    text: params.get('text') ?? '',
  }
  const rows = useAuditLog(search)
  return (
    <Page
      title={t('audit.title')}
      actions={
        <>
          <Button icon="download" onClick={() => window.location.assign(auditExportPath(search))}>
            {t('audit.export')}
          </Button>
          <Button icon="refresh" onClick={rows.refetch}>
            {t('common.refresh')}
          </Button>
        </>
      }
    >
      <AuditLogFields
        search={search}
        onSearch={changed =>
          setParams(Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== '')), { replace: true })
        }
      />
      <Section title={t('audit.events')}>
        <EntityTable
          label={t('audit.events')}
          columns={useColumns()}
          keyOf={({ id }) => String(id)}
          rows={rows}
          empty={t('audit.empty')}
        />
      </Section>
    </Page>
  )
}

function useAuditLog(search: AuditSearch): PagedRows<AuditRecord> {
  return useOlderPages(['audit-log', search], async (before, signal) => {
    const { records, older } = await readAuditLog(search, before, signal)
    return { rows: records, older }
  })
}

function useColumns(): readonly Column<AuditRecord>[] {
  const { t } = useTranslation()
  return [
    { header: t('audit.time'), width: '12rem', cell: ({ time }) => <Moment date={new Date(time)} /> },
    { header: t('audit.event'), minWidth: '15rem', cell: record => <EventText record={record} /> },
    {
      header: t('audit.outcome'),
      width: '6.5rem',
      cell: ({ outcome }) => (
        <Tag design={outcome === 'success' ? 'Positive' : 'Negative'}>{t(`audit.outcomes.${outcome}`)}</Tag>
      ),
    },
    { header: t('audit.user'), width: '7.5rem', cell: ({ user = '' }) => user },
    { header: t('audit.clientId'), width: '7.5rem', importance: -1, cell: ({ clientId = '' }) => clientId },
    { header: t('audit.address'), width: '7.5rem', importance: -2, cell: ({ address = '' }) => address },
  ]
}

/** What was done with what, which fields changed, why it failed. */
function EventText({ record }: { readonly record: AuditRecord }) {
  const { t } = useTranslation()
  const { object, action, ids = [], changes = [], method, reason, count } = record
  const hints = [
    ...(method === undefined ? [] : [method]),
    ...(changes.length === 0 ? [] : [changes.join(', ')]),
    ...(reason === undefined ? [] : [reason]),
    ...(count === undefined ? [] : [t('audit.count', { count })]),
  ]
  return (
    <span>
      {`${object}: ${action}`} {ids.length > 0 && <span className="code">{ids.slice(0, 5).join(' ')}</span>}
      {ids.length > 5 && ' …'}
      {hints.length > 0 && <span className="field-hint"> {hints.join(' · ')}</span>}
    </span>
  )
}
