import { TextArea } from '@ui5/webcomponents-react/TextArea'
import type { ReactNode } from 'react'
import { FieldFrame } from './field-frame.tsx'
import { problemState } from './problem-state.tsx'

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
  const { label, value, onChange, rows, required, isCode = false, problem, hint, children } = props
  return (
    <FieldFrame label={label} required={required} problem={problem} hint={hint}>
      {id => (
        <>
          <TextArea
            id={id}
            rows={rows}
            value={value}
            {...(isCode && { className: 'code' })}
            {...problemState(problem)}
            onInput={({ target }) => onChange(target.value)}
          />
          {children && <div className="field-line">{children}</div>}
        </>
      )}
    </FieldFrame>
  )
}
