import { Tag } from '@ui5/webcomponents-react/Tag'
import { useTranslation } from 'react-i18next'
import { EntityTable } from './entity-table.tsx'
import { type NamedValue, type ValueChange, valueChanges } from './message-changes.ts'
import { loadedRows, type PagedRows } from './use-paged.ts'

export interface ValueChangesProps {
  /** What they are: headers, or properties. */
  readonly title: string
  readonly before: readonly NamedValue[]
  readonly after: readonly NamedValue[]
  /** While they are being loaded, and where they could not be. */
  readonly state?: Partial<PagedRows<unknown>>
}

/** Headers or properties before and after a step; what changed is said and comes first. */
export function ValueChanges({ title, before, after, state }: ValueChangesProps) {
  const { t } = useTranslation()
  const rows = { ...loadedRows(valueChanges(before, after)), ...state } as PagedRows<ValueChange>
  return (
    <EntityTable
      label={title}
      columns={[
        {
          header: title,
          width: '16rem',
          cell: ({ name, change }) => (
            <>
              <span className="code">{name}</span>{' '}
              {change !== 'kept' && (
                <Tag colorScheme={colours[change]} hideStateIcon>
                  {t(`message.changes.${change}`)}
                </Tag>
              )}
            </>
          ),
        },
        { header: t('message.before'), cell: row => <ValueText value={row.before} /> },
        { header: t('message.after'), cell: row => <ValueText value={row.after} /> },
      ]}
      keyOf={({ name }: ValueChange) => name}
      rows={rows}
      empty={t('message.nothing')}
    />
  )
}

const colours = { added: '8', changed: '6', removed: '3' } as const

function ValueText({ value }: { readonly value: string | undefined }) {
  const { t } = useTranslation()
  return value === undefined ? t('common.none') : <span className="code">{value}</span>
}
