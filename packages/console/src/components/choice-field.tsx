import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { type ReactNode, useId } from 'react'
import { problemState } from './problem-state.tsx'
import { FieldNote } from './text-field.tsx'

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
  const { label, options, value, onChange, required = false, problem, hint, children } = props
  const id = useId()
  return (
    <div>
      <Label for={id} required={required}>
        {label}
      </Label>
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
      <FieldNote problem={problem} hint={hint} />
    </div>
  )
}
