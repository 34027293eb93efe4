import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import type { ReactNode } from 'react'
import { FieldFrame } from './field-frame.tsx'
import { problemState } from './problem-state.tsx'

export interface ChoiceFieldProps<Value extends string> {
  readonly label: string
  readonly options: readonly (readonly [value: Value, text: string])[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly required?: boolean
  /** What is wrong with the value. */
  readonly problem?: string | undefined
  /** What a person should know to choose. */
  readonly hint?: string | undefined
  /** Buttons beside the field. */
  readonly children?: ReactNode
}

/** A choice of one of some values with its label, and what is wrong with it below. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { label, options, value, onChange, required, problem, hint, children } = props
  return (
    <FieldFrame label={label} required={required} problem={problem} hint={hint}>
      {id => (
        <div className="field-line">
          <Select
            id={id}
            value={value}
            {...problemState(problem)}
            onChange={({ target }) => onChange(options.find(([known]) => known === target.value)?.[0] ?? value)}
          >
            {options.map(([known, text]) => (
              <Option key={known} value={known}>
                {text}
              </Option>
            ))}
          </Select>
          {children}
        </div>
      )}
    </FieldFrame>
  )
}
