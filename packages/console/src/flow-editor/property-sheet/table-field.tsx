import '@ui5/webcomponents-icons/dist/add.js'
import '@ui5/webcomponents-icons/dist/delete.js'
import '@ui5/webcomponents-icons/dist/navigation-down-arrow.js'
import '@ui5/webcomponents-icons/dist/navigation-up-arrow.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Title } from '@ui5/webcomponents-react/Title'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ColumnComponent, PropertyComponent } from '../../api/components.ts'
import { FieldNote } from '../../components/text-field.tsx'
import { cellRule, freshCells } from './cell-rules.ts'
import { LinesControl } from './controls.tsx'
import { DocText } from './doc-text.tsx'
import { ExternaliseButtons, IconButton } from './externalise-buttons.tsx'
import { useSheet } from './sheet.ts'
import { TableCell } from './table-cell.tsx'
import { cellOf, readRows, type TableRow, withCell, withMovedRow, withNewRow, writeRows } from './table-rows.ts'
import { parameterChange, parametersChange } from './use-externalisable.ts'
import { useProblemText } from './use-problem-text.ts'

/** Where a person is in a table: rows and cells are what its buttons are about. */
interface Position {
  readonly row: number
  readonly column: number
}

/** A table of rows, each change of which is one step. */
export function TableField({ property }: { readonly property: PropertyComponent }) {
  const { model, isReadOnly, setProperties } = useSheet()
  const id = useId()
  const [position, setPosition] = useState<Position>()
  const { key, label, doc, columns = [] } = property
  const value = model.values.get(key) ?? ''
  const { rows, problem } = readRows(value)
  if (problem !== undefined) return <BrokenTable property={property} problem={problem} />
  const current = position && position.row < rows.length ? position : undefined
  const save = (changed: readonly TableRow[]) => setProperties({ [key]: writeRows(changed) })
  return (
    <section className="sheet-table" aria-labelledby={id}>
      <div className="sheet-table-header">
        <Title id={id} level="H4" size="H6">
          {label}
        </Title>
        {!isReadOnly && (
          <TableButtons property={property} rows={rows} current={current} onChange={save} onMove={setPosition} />
        )}
      </div>
      {doc !== '' && (
        <span className="field-hint">
          <DocText text={doc} />
        </span>
      )}
      {rows.length > 0 && (
        <div className="sheet-table-scroll">
          <Rows columns={columns} label={label} rows={rows} current={current} onChange={save} onMove={setPosition} />
        </div>
      )}
    </section>
  )
}

interface RowsProps {
  readonly columns: readonly ColumnComponent[]
  readonly label: string
  readonly rows: readonly TableRow[]
  readonly current: Position | undefined
  readonly onChange: (rows: readonly TableRow[]) => void
  readonly onMove: (position: Position) => void
}

function Rows({ columns, label, rows, current, onChange, onMove }: RowsProps) {
  const { isReadOnly } = useSheet()
  return (
    <table aria-label={label}>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column.key} scope="col" title={column.doc}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.key} className={index === current?.row ? 'sheet-row-current' : undefined}>
            {columns.map((column, at) => (
              <TableCell
                key={column.key}
                label={`${column.label} ${index + 1}`}
                column={column}
                rule={cellRule(row, column, columns)}
                text={cellOf(row, column.id, at)}
                isReadOnly={isReadOnly}
                onFocus={() => onMove({ row: index, column: at })}
                onCommit={text => onChange(rows.with(index, withCell(row, column.id, at, text)))}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface TableButtonsProps extends Omit<RowsProps, 'columns' | 'label'> {
  readonly property: PropertyComponent
}

/** Rows are added at the end; all else is about the row, or the cell, that a person was in last. */
function TableButtons({ property, rows, current, onChange, onMove }: TableButtonsProps) {
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

/** What cannot be read as rows is shown as it stands. */
function BrokenTable({ property, problem }: { readonly property: PropertyComponent; readonly problem: string }) {
  const { model, isReadOnly, setProperties } = useSheet()
  const problemText = useProblemText()
  const id = useId()
  const { key, label } = property
  return (
    <section className="sheet-table" aria-label={label}>
      <Title level="H4" size="H6">
        {label}
      </Title>
      <LinesControl
        id={id}
        label={label}
        value={model.values.get(key) ?? ''}
        isReadOnly={isReadOnly}
        isWrong
        onCommit={text => setProperties({ [key]: text })}
      />
      <FieldNote problem={problemText({ code: 'table', text: problem })} />
    </section>
  )
}
