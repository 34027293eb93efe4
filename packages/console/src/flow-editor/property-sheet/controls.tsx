import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { Input } from '@ui5/webcomponents-react/Input'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { TextArea } from '@ui5/webcomponents-react/TextArea'
import { problemState } from '../../components/problem-state.tsx'
import { useDraft } from './use-draft.ts'

/** What every control of a field gets. */
export interface ControlProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly isReadOnly: boolean
  /** What is wrong with the value. */
  readonly problem?: string | undefined
  /** Shown where there is no value: what is meant then. */
  readonly placeholder?: string | undefined
  /** A whole change, after which the value is another. */
  readonly onCommit: (value: string) => void
}

/** A line of text. */
export function TextControl({ id, value, isReadOnly, problem, placeholder, onCommit }: ControlProps) {
  const draft = useDraft(value, onCommit)
  return (
    <Input
      id={id}
      value={draft.text}
      readonly={isReadOnly}
      placeholder={placeholder ?? ''}
      {...problemState(problem)}
      onInput={({ target }) => draft.type(target.value)}
      onChange={({ target }) => draft.leave(target.value)}
    />
  )
}

/** Lines of text. */
export function LinesControl({ id, value, isReadOnly, problem, placeholder, onCommit }: ControlProps) {
  const draft = useDraft(value, onCommit)
  return (
    <TextArea
      id={id}
      value={draft.text}
      readonly={isReadOnly}
      growing
      rows={2}
      growingMaxRows={16}
      placeholder={placeholder ?? ''}
      {...problemState(problem)}
      onInput={({ target }) => draft.type(target.value)}
      onChange={({ target }) => draft.leave(target.value)}
    />
  )
}

export interface ChoiceControlProps extends ControlProps {
  readonly choices: readonly { readonly value: string; readonly text: string; readonly doc?: string }[]
}

/** One of some values. What else the file has is one of them, too. */
export function ChoiceControl({ id, label, value, isReadOnly, problem, choices, onCommit }: ChoiceControlProps) {
  const isKnown = choices.some(choice => choice.value === value)
  const all = isKnown ? choices : [{ value, text: value }, ...choices]
  if (isReadOnly) {
    return <Input id={id} readonly value={all.find(choice => choice.value === value)?.text ?? value} />
  }
  return (
    <Select
      id={id}
      accessibleName={label}
      value={value}
      {...problemState(problem)}
      onChange={({ target }) => onCommit(target.value ?? '')}
    >
      {all.map(choice => (
        <Option key={choice.value} value={choice.value} tooltip={choice.doc ?? ''}>
          {choice.text}
        </Option>
      ))}
    </Select>
  )
}

/** On or off, in the spelling that the file has. */
export function FlagControl({ id, label, value, isReadOnly, onCommit }: ControlProps) {
  const isNumeric = /^[01]$/.test(value.trim())
  const [on, off] = isNumeric ? ['1', '0'] : ['true', 'false']
  return (
    <CheckBox
      id={id}
      accessibleName={label}
      checked={/^(?:1|true)$/i.test(value.trim())}
      readonly={isReadOnly}
      onChange={({ target }) => onCommit(target.checked ? on : off)}
    />
  )
}
