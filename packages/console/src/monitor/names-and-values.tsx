import { useTranslation } from 'react-i18next'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'

/** A name and a value of a message; `of` says whose they are. */
export interface NamedValue {
  readonly name: string
  readonly value: string
  readonly of?: string
}

/** A section with names and values. */
export function NamesAndValues({ title, rows }: { readonly title: string; readonly rows: readonly NamedValue[] }) {
  return (
    <Section title={title}>
      <NameValueTable label={title} rows={rows} />
    </Section>
  )
}

/** A list of names and values. */
export function NameValueTable({ label, rows }: { readonly label: string; readonly rows: readonly NamedValue[] }) {
  const { t } = useTranslation()
  const columns: Column<NamedValue>[] = [
    { header: t('message.name'), width: 'min(18rem, 50vw)', cell: ({ name }) => <span className="code">{name}</span> },
    { header: t('message.value'), cell: ({ value }) => <span className="code">{value}</span> },
  ]
  if (rows.some(({ of }) => of))
    columns.unshift({ header: t('message.adapter'), width: 'min(14rem, 50vw)', cell: ({ of }) => of })
  return (
    <EntityTable
      label={label}
      columns={columns}
      keyOf={row => String(rows.indexOf(row))}
      rows={loadedRows(rows)}
      empty={t('message.nothing')}
    />
  )
}
