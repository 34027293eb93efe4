import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { ChoiceField } from './choice-field.tsx'
import { FieldFrame } from './field-frame.tsx'
import { TextField } from './text-field.tsx'

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
  const { name, label, kind, options = [], required = false, isFixed = false, hint } = field
  if (kind === 'check') {
    return (
      <CheckBox text={label} checked={value === 'true'} onChange={({ target }) => onChange(String(target.checked))} />
    )
  }
  if (kind === 'file') return <FileField field={field} problem={problem} onChange={onChange} />
  const common = { label, value, onChange, required, problem, hint }
  if (kind === 'select') return <ChoiceField {...common} options={options} />
  return <TextField {...common} name={name} type={kind === undefined ? 'Text' : types[kind]} readonly={isFixed} />
}

const types = { password: 'Password', number: 'Number' } as const

function FileField({ field, problem, onChange }: Omit<FormFieldProps, 'value'>) {
  const { label, required, hint } = field
  return (
    <FieldFrame label={label} required={required} problem={problem} hint={hint}>
      {id => (
        <input
          id={id}
          type="file"
          aria-label={label}
          required={required}
          onChange={({ target }) => void target.files?.[0]?.arrayBuffer().then(bytes => onChange(textOf(bytes)))}
        />
      )}
    </FieldFrame>
  )
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return btoa(Array.from(new Uint8Array(bytes), byte => String.fromCharCode(byte)).join(''))
  }
}
