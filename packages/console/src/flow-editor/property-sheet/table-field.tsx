import { Title } from '@ui5/webcomponents-react/Title'
import { useId, useState } from 'react'
import type { ChoiceComponent, ColumnComponent, PropertyComponent } from '../../api/components.ts'
import { FieldNote } from '../../components/field-note.tsx'
import type { ModdleElement } from '../ifl-properties.ts'
import { cellRule } from './cell-rules.ts'
import { LinesControl } from './controls.tsx'
import { DocText } from './doc-text.tsx'
import { useSheet } from './sheet.ts'
import { type Position, TableButtons } from './table-buttons.tsx'
import { TableCell } from './table-cell.tsx'
import { cellOf, readRows, type TableRow, withCell, writeRows } from './table-rows.ts'
import { useProblemText } from './use-problem-text.ts'
import { useRegistryTerm } from './use-registry-term.ts'

/** A table of rows, each change of which is one step. */
export function TableField({ property }: { readonly property: PropertyComponent }) {
  const { model, element, isReadOnly, problems, setProperties } = useSheet()
  const id = useId()
  const [position, setPosition] = useState<Position>()
  const { key, label, doc } = property
  const term = useRegistryTerm()
  const columns = (property.columns ?? []).map(column => ({
    ...column,
    label: term(column.label),
    ...(column.names === 'route' && { choices: routesOf(element.businessObject) }),
  }))
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
      <FieldNote problem={problems.get(key)} />
      {rows.length > 0 && (
        <div className="sheet-table-scroll">
          <Rows columns={columns} label={label} rows={rows} current={current} onChange={save} onMove={setPosition} />
        </div>
      )}
    </section>
  )
}

/** What a cell that names a way out of the step can be; by its name, or by where it leads. */
function routesOf(step: ModdleElement): readonly ChoiceComponent[] {
  const flows = (step.get('outgoing') ?? []) as readonly ModdleElement[]
  return flows.map(flow => {
    const { id = '', name } = flow
    const target = flow.get('targetRef') as ModdleElement | undefined
    return { value: id, label: name || target?.name || id, doc: id }
  })
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

/** What cannot be read as rows is shown as it stands. */
function BrokenTable({ property, problem: text }: { readonly property: PropertyComponent; readonly problem: string }) {
  const { model, isReadOnly, setProperties } = useSheet()
  const problem = useProblemText()({ code: 'table', text })
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
        problem={problem}
        onCommit={text => setProperties({ [key]: text })}
      />
      <FieldNote problem={problem} />
    </section>
  )
}
