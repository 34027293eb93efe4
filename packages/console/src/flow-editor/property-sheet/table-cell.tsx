import { useId } from 'react'
import type { ColumnComponent } from '../../api/components.ts'
import type { CellRule } from './cell-rules.ts'
import { completions } from './completions.ts'
import { parametersIn } from './field-value.ts'
import { useSheet } from './sheet.ts'
import { useDraft } from './use-draft.ts'
import { useValueHint } from './use-value-hint.ts'

export interface TableCellProps {
  /** Of the column, with the number of the row. */
  readonly label: string
  readonly column: ColumnComponent
  readonly rule: CellRule
  readonly text: string
  readonly isReadOnly: boolean
  readonly onFocus: () => void
  readonly onCommit: (text: string) => void
}

/** A cell: a choice, or text with what fits offered. Plain inputs, for there are hundreds of them in long tables. */
export function TableCell(props: TableCellProps) {
  const { column, text, rule } = props
  const hint = useValueHint(text, 'cell')
  const isChoice = column.choices !== undefined && column.choices.length > 0 && parametersIn(text).length === 0
  return (
    <td title={hint ?? (text.length > 20 ? text : undefined)} className={rule.isUsed ? undefined : 'sheet-cell-unused'}>
      {isChoice ? <ChoiceCell {...props} /> : <TextCell {...props} />}
    </td>
  )
}

function ChoiceCell({ label, column, rule, text, isReadOnly, onFocus, onCommit }: TableCellProps) {
  const choices = column.choices ?? []
  const isKnown = choices.some(({ value }) => value === text)
  return (
    <select
      aria-label={label}
      className="native-input"
      value={text}
      disabled={isReadOnly || (!rule.isUsed && text === '')}
      onFocus={onFocus}
      onChange={({ target }) => onCommit(target.value)}
    >
      {!isKnown && <option value={text}>{text}</option>}
      {choices.map(({ value, label: shown, doc }) => (
        <option key={value} value={value} title={doc}>
          {shown}
        </option>
      ))}
    </select>
  )
}

function TextCell({ label, rule, text, isReadOnly, onFocus, onCommit }: TableCellProps) {
  const { components } = useSheet()
  const id = useId()
  const draft = useDraft(text, onCommit)
  const common = {
    'aria-label': label,
    className: 'native-input',
    value: draft.text,
    readOnly: isReadOnly,
    disabled: !rule.isUsed && text === '',
    onFocus,
  }
  // A line would lose the line ends of what it shows.
  if (/[\r\n]/.test(text)) {
    return (
      <textarea
        {...common}
        rows={2}
        onChange={({ target }) => draft.type(target.value)}
        onBlur={({ target }) => draft.leave(target.value)}
      />
    )
  }
  const help = components.expressions.find(({ language }) => language === rule.language)
  const hasList = help !== undefined || rule.usual.length > 0
  const offered = [...rule.usual, ...completions(draft.text, help).map(completion => completion.text)]
  return (
    <>
      <input
        {...common}
        list={hasList ? id : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => draft.type(target.value)}
        onBlur={({ target }) => draft.leave(target.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && draft.leave(currentTarget.value)}
      />
      {hasList && (
        <datalist id={id}>
          {offered.map(each => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  )
}
