import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { type ReactNode, useId } from 'react'
import { problemState } from './problem-state.tsx'

export interface TextFieldProps {
  readonly label: string
  readonly name?: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly required?: boolean
  readonly disabled?: boolean
  readonly readonly?: boolean
  readonly type?: 'Text' | 'Password' | 'Number'
  readonly placeholder?: string
  /** What is wrong with the value. */
  readonly problem?: string | undefined
  /** What a person should know to fill it in. */
  readonly hint?: string | undefined
  /** Buttons beside the field. */
  readonly children?: ReactNode
}

/** A line of text with its label, and what is wrong with it below. */
export function TextField({ label, value, onChange, problem, hint, children, ...input }: TextFieldProps) {
  const id = useId()
  return (
    <div>
      <Label for={id} required={input.required ?? false}>
        {label}
      </Label>
      <div className="field-line">
        <Input
          {...input}
          id={id}
          value={value}
          onInput={({ target }) => onChange(target.value)}
          {...problemState(problem)}
        />
        {children}
      </div>
      <FieldNote problem={problem} hint={hint} />
    </div>
  )
}

/** Below a field: what is wrong with it or, where nothing is, what to know. */
export function FieldNote({
  problem,
  hint,
}: {
  readonly problem?: string | undefined
  readonly hint?: string | undefined
}) {
  if (problem !== undefined) {
    return (
      <span className="field-problem" role="alert">
        {problem}
      </span>
    )
  }
  return hint === undefined ? null : <span className="field-hint">{hint}</span>
}
