import { Label } from '@ui5/webcomponents-react/Label'
import { TextArea } from '@ui5/webcomponents-react/TextArea'
import { type ReactNode, useId } from 'react'
import { problemState } from './problem-state.tsx'
import { FieldNote } from './text-field.tsx'

export interface TextAreaFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows: number
  readonly required?: boolean
  /** Whether it is for machines: certificates, keys, XML. */
  readonly isCode?: boolean
  /** What is wrong with the value. */
  readonly problem?: string | undefined
  /** What a person should know to fill it in. */
  readonly hint?: string
  /** Buttons below the field. */
  readonly children?: ReactNode
}

/** Lines of text with their label, and what is wrong with them below. */
export function TextAreaField(props: TextAreaFieldProps) {
  const { label, value, onChange, rows, required = false, isCode = false, problem, hint, children } = props
  const id = useId()
  return (
    <div>
      <Label for={id} required={required}>
        {label}
      </Label>
      <TextArea
        id={id}
        rows={rows}
        value={value}
        {...(isCode && { className: 'code' })}
        {...problemState(problem)}
        onInput={({ target }) => onChange(target.value)}
      />
      {children && <div className="field-line">{children}</div>}
      <FieldNote problem={problem} hint={hint} />
    </div>
  )
}
