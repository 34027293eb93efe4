import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useId } from 'react'

/** A field of a form. */
export interface Field {
  readonly name: string
  readonly label: string
  /** A line of text unless said otherwise. A file's value is its content: as text, or in base64 where it is none. */
  readonly kind?: 'password' | 'number' | 'select' | 'check' | 'file'
  /** What can be chosen: values and what is shown for them. */
  readonly options?: readonly (readonly [value: string, text: string])[]
  readonly required?: boolean
  /** Shown, but not to be changed. */
  readonly isFixed?: boolean
  readonly hint?: string
  /** Whether the field is there, with these values. */
  readonly when?: (values: Readonly<Record<string, string>>) => boolean
  /** What is wrong with the value, found before the form is sent. */
  readonly check?: (values: Readonly<Record<string, string>>) => string | undefined
}

export interface FormFieldProps {
  readonly field: Field
  readonly value: string
  /** What is wrong with the value. */
  readonly problem: string | undefined
  readonly onChange: (value: string) => void
}

/** A field with its label, and what is wrong with it or what to know below. */
export function FormField({ field, value, problem, onChange }: FormFieldProps) {
  const id = useId()
  if (field.kind === 'check') {
    return (
      <CheckBox
        text={field.label}
        checked={value === 'true'}
        onChange={({ target }) => onChange(String(target.checked))}
      />
    )
  }
  return (
    <div>
      <Label for={id} required={field.required ?? false}>
        {field.label}
      </Label>
      <Control id={id} field={field} value={value} problem={problem} onChange={onChange} />
      {problem !== undefined && (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      )}
      {problem === undefined && field.hint !== undefined && <span className="field-hint">{field.hint}</span>}
    </div>
  )
}

const types = { password: 'Password', number: 'Number' } as const

function Control({ id, field, value, problem, onChange }: FormFieldProps & { readonly id: string }) {
  const { kind, options = [], required = false, isFixed = false, label } = field
  if (kind === 'select') {
    return (
      <Select id={id} value={value} onChange={({ target }) => onChange(target.value ?? '')}>
        {options.map(([option, text]) => (
          <Option key={option} value={option}>
            {text}
          </Option>
        ))}
      </Select>
    )
  }
  if (kind === 'file') {
    return (
      <input
        id={id}
        type="file"
        aria-label={label}
        required={required}
        onChange={({ target }) => void target.files?.[0]?.arrayBuffer().then(bytes => onChange(textOf(bytes)))}
      />
    )
  }
  return (
    <Input
      id={id}
      name={field.name}
      type={kind === 'password' || kind === 'number' ? types[kind] : 'Text'}
      value={value}
      required={required}
      readonly={isFixed}
      valueState={problem === undefined ? 'None' : 'Negative'}
      valueStateMessage={<span>{problem}</span>}
      onInput={({ target }) => onChange(target.value)}
    />
  )
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join(''))
  }
}
