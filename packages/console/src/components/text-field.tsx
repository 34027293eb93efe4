import { Input } from '@ui5/webcomponents-react/Input'
import type { ReactNode } from 'react'
import { FieldFrame } from './field-frame.tsx'
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
  return (
    <FieldFrame label={label} required={input.required} problem={problem} hint={hint}>
      {id => (
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
      )}
    </FieldFrame>
  )
}
