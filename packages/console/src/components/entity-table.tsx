import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { Table } from '@ui5/webcomponents-react/Table'
import { TableCell } from '@ui5/webcomponents-react/TableCell'
import { TableHeaderCell } from '@ui5/webcomponents-react/TableHeaderCell'
import { TableHeaderRow } from '@ui5/webcomponents-react/TableHeaderRow'
import { TableRow } from '@ui5/webcomponents-react/TableRow'
import { memo, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './error-state.tsx'
import { nextSorting, type Sorting, sorted } from './sorted.ts'
import type { PagedRows } from './use-paged.ts'

/** One column of a list. */
export interface Column<Row> {
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** CSS width; what is left is shared. Columns that would become too narrow go below the others. */
  readonly width?: string
  /** CSS width below which a column without `width` is too narrow; 8rem unless told otherwise. */
  readonly minWidth?: string
  /** Columns of the least importance leave first where there is little room. */
  readonly importance?: number
  readonly align?: 'End'
  /** What rows are sorted by when the header is pressed. */
  readonly sortBy?: (row: Row) => string | number
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
  const { shown, sorting, press } = useSorted(columns, rows)
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
            {columns.map(column => headerCell(column, sorting, column.sortBy && press))}
          </TableHeaderRow>
        }
        onRowClick={({ detail: { row } }) => {
          const opened = rows.rows.find(candidate => keyOf(candidate) === row.rowKey)
          if (opened !== undefined) onOpen?.(opened)
        }}
      >
        {shown.map(row => (
          <EntityRow
            key={keyOf(row)}
            rowKey={keyOf(row)}
            row={row}
            columns={columns as readonly Column<unknown>[]}
            isInteractive={onOpen !== undefined}
          />
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

interface EntityRowProps {
  readonly rowKey: string
  readonly row: unknown
  readonly columns: readonly Column<unknown>[]
  readonly isInteractive: boolean
}

/** Drawn anew only when the row or the columns are others: a long list stays fast where its page keeps its columns. */
const EntityRow = memo(function EntityRow({ rowKey, row, columns, isInteractive }: EntityRowProps) {
  return (
    <TableRow rowKey={rowKey} interactive={isInteractive}>
      {columns.map(({ header, cell }) => (
        <TableCell key={header}>{cell(row)}</TableCell>
      ))}
    </TableRow>
  )
})

/** The rows in the order that was chosen, as long as all of them are here. */
function useSorted<Row>(columns: readonly Column<Row>[], { rows, hasMore }: PagedRows<Row>) {
  const { i18n } = useTranslation()
  const [chosen, setChosen] = useState<Sorting>()
  const sorting = hasMore ? undefined : chosen
  const by = columns.find(({ header }) => header === sorting?.header)?.sortBy
  return {
    sorting,
    shown: sorting && by ? sorted(rows, by, sorting.isDescending, i18n.language) : rows,
    press: hasMore ? undefined : (header: string) => setChosen(nextSorting(chosen, header)),
  }
}

/** Not a component: a table looks for cells among its children. */
function headerCell<Row>(
  { header, width, minWidth = '8rem', importance, align }: Column<Row>,
  sorting: Sorting | undefined,
  press: ((header: string) => void) | undefined,
): ReactNode {
  const direction = sorting?.isDescending ? 'Descending' : 'Ascending'
  return (
    <TableHeaderCell
      key={header}
      popinText={header}
      sortIndicator={sorting?.header === header ? direction : 'None'}
      {...(width ? { width } : { minWidth })}
      {...(importance !== undefined && { importance })}
      {...(align && { horizontalAlign: align })}
    >
      {press ? <SortButton header={header} onPress={press} /> : header}
    </TableHeaderCell>
  )
}

function SortButton({ header, onPress }: { readonly header: string; readonly onPress: (header: string) => void }) {
  const { t } = useTranslation()
  return (
    <Button
      className="sort-button"
      design="Transparent"
      accessibleName={t('common.sortBy', { column: header })}
      onClick={() => onPress(header)}
    >
      {header}
    </Button>
  )
}
