import '@ui5/webcomponents-icons/dist/add.js'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/navigation-down-arrow.js'
import '@ui5/webcomponents-icons/dist/navigation-up-arrow.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import type { PropertyComponent } from '../../api/components.ts'
import { freshCells } from './cell-rules.ts'
import { ExternaliseButtons, IconButton } from './externalise-buttons.tsx'
import { useSheet } from './sheet.ts'
import { cellOf, type TableRow, withCell, withMovedRow, withNewRow, writeRows } from './table-rows.ts'
import { parameterChange, parametersChange } from './use-externalisable.ts'

/** Where a person is in a table: rows and cells are what its buttons are about. */
export interface Position {
  readonly row: number
  readonly column: number
}

export interface TableButtonsProps {
  readonly property: PropertyComponent
  readonly rows: readonly TableRow[]
  readonly current: Position | undefined
  readonly onChange: (rows: readonly TableRow[]) => void
  readonly onMove: (position: Position) => void
}

/** Rows are added at the end; all else is about the row, or the cell, that a person was in last. */
export function TableButtons({ property, rows, current, onChange, onMove }: TableButtonsProps) {
  const { t } = useTranslation()
  const { label, columns = [] } = property
  const row = current?.row ?? -1
  const of = current ? `${label} ${row + 1}` : label
  const move = (by: number) => {
    onChange(withMovedRow(rows, row, row + by))
    if (current) onMove({ ...current, row: row + by })
  }
  const add = () => {
    onChange(withNewRow(rows, columns, freshCells(columns)))
    onMove({ row: rows.length, column: 0 })
  }
  return (
    <div role="toolbar" aria-label={label} className="sheet-table-buttons">
      <Button icon="add" design="Transparent" accessibleName={`${t('sheet.add')}: ${label}`} onClick={add}>
        {t('sheet.add')}
      </Button>
      <IconButton
        icon="delete"
        text={t('common.delete')}
        of={of}
        disabled={!current}
        onClick={() => onChange(rows.toSpliced(row, 1))}
      />
      <IconButton icon="navigation-up-arrow" text={t('sheet.up')} of={of} disabled={row < 1} onClick={() => move(-1)} />
      <IconButton
        icon="navigation-down-arrow"
        text={t('sheet.down')}
        of={of}
        disabled={!current || row === rows.length - 1}
        onClick={() => move(1)}
      />
      {current && <CellButtons property={property} rows={rows} current={current} />}
    </div>
  )
}

interface CellButtonsProps {
  readonly property: PropertyComponent
  readonly rows: readonly TableRow[]
  readonly current: Position
}

/** Externalises a cell. */
function CellButtons({ property, rows, current }: CellButtonsProps) {
  const sheet = useSheet()
  const column = property.columns?.[current.column]
  const row = rows[current.row]
  if (!column || !row) return null
  const name = cellOf(row, 'Name', -1)
  return (
    <ExternaliseButtons
      label={column.id === 'Value' && name !== '' ? name : `${column.label} ${current.row + 1}`}
      value={cellOf(row, column.id, current.column)}
      place="cell"
      type="xsd:string"
      state={sheet.state}
      onChange={(text, parameter) =>
        sheet.setProperties(
          { [property.key]: writeRows(rows.with(current.row, withCell(row, column.id, current.column, text))) },
          parameterChange(sheet, text, parameter, property),
        )
      }
      onChangeParameters={parameters => sheet.change(parametersChange(sheet, parameters))}
    />
  )
}
