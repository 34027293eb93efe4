import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { Table } from '@ui5/webcomponents-react/Table'
import { TableCell } from '@ui5/webcomponents-react/TableCell'
import { TableHeaderCell } from '@ui5/webcomponents-react/TableHeaderCell'
import { TableHeaderRow } from '@ui5/webcomponents-react/TableHeaderRow'
import { TableRow } from '@ui5/webcomponents-react/TableRow'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './error-state.tsx'
import type { PagedRows } from './use-paged.ts'

/** One column of a list. */
export interface Column<Row> {
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** CSS width; what is left is shared. Columns that would become too narrow go below the others. */
  readonly width?: string
  /** Columns of the least importance leave first where there is little room. */
  readonly importance?: number
  readonly align?: 'End'
}

export interface EntityTableProps<Row> {
  /** What the list is of, for people who do not see it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  readonly rows: PagedRows<Row>
  /** What is said where there is nothing to list, and what to do about it. */
  readonly empty: string
  readonly onOpen?: (row: Row) => void
}

/** A list of entities with its states: loading, failed, empty, and more to load. */
export function EntityTable<Row>({ label, columns, keyOf, rows, empty, onOpen }: EntityTableProps<Row>) {
  const { t } = useTranslation()
  if (rows.error && rows.rows.length === 0) return <ErrorState error={rows.error} onRetry={rows.refetch} />
  if (rows.isLoading) return <BusyIndicator active delay={300} text={t('common.loading')} />
  return (
    <>
      <Table
        accessibleName={label}
        overflowMode="Popin"
        noDataText={empty}
        headerRow={
          <TableHeaderRow sticky>
            {columns.map(({ header, width, importance, align }) => (
              <TableHeaderCell
                key={header}
                {...(width ? { width } : { minWidth: '8rem' })}
                {...(importance !== undefined && { importance })}
                {...(align && { horizontalAlign: align })}
              >
                {header}
              </TableHeaderCell>
            ))}
          </TableHeaderRow>
        }
        onRowClick={({ detail: { row } }) => {
          const opened = rows.rows.find(candidate => keyOf(candidate) === row.rowKey)
          if (opened !== undefined) onOpen?.(opened)
        }}
      >
        {rows.rows.map(row => (
          <TableRow key={keyOf(row)} rowKey={keyOf(row)} interactive={onOpen !== undefined}>
            {columns.map(({ header, cell }) => (
              <TableCell key={header}>{cell(row)}</TableCell>
            ))}
          </TableRow>
        ))}
      </Table>
      {!rows.isWhole && rows.count !== 0 && (
        <div className="page-header">
          <span aria-live="polite">
            {rows.count === undefined
              ? t('common.shown', { shown: rows.rows.length })
              : t('common.count', { shown: rows.rows.length, count: rows.count })}
          </span>
          {rows.hasMore && (
            <Button onClick={rows.loadMore} loading={rows.isLoadingMore}>
              {t('common.more')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
