import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from './error-state.tsx'
import { FieldNote, TextField } from './text-field.tsx'

export interface AddFormProps {
  readonly label: string
  readonly button: string
  readonly onAdd: (name: string) => Promise<unknown>
  /** The names to choose from; typed where there is none of these. */
  readonly choices?: readonly string[]
}

/** One field and a button: adds what is typed or chosen, and says at the field why it could not. */
export function AddForm({ label, button, onAdd, choices }: AddFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const adding = useMutation({ mutationFn: onAdd, onSuccess: () => setName('') })
  const errorText = useErrorText(adding.error)
  const problem = isMissing ? t('common.required') : errorText
  const submit = (event: FormEvent) => {
    event.preventDefault()
    adding.reset()
    setMissing(name.trim() === '')
    if (name.trim() !== '') adding.mutate(name.trim())
  }
  const add = (
    <Button type="Submit" loading={adding.isPending}>
      {button}
    </Button>
  )
  return (
    <form onSubmit={submit} noValidate className="add-form">
      {choices ? (
        <Choice label={label} choices={choices} value={name} onChange={setName} problem={problem}>
          {add}
        </Choice>
      ) : (
        <TextField label={label} value={name} onChange={setName} problem={problem}>
          {add}
        </TextField>
      )}
    </form>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly choices: readonly string[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem?: string | undefined
  readonly children?: ReactNode
}

/** A choice of one of some names, none at first. */
export function Choice({ label, choices, value, onChange, problem, children }: ChoiceProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div>
      <Label for={id}>{label}</Label>
      <div className="field-line">
        <Select
          id={id}
          value={value}
          valueState={problem === undefined ? 'None' : 'Negative'}
          valueStateMessage={<span>{problem}</span>}
          onChange={({ target }) => onChange(target.value ?? '')}
        >
          <Option value="">{t('common.choose')}</Option>
          {choices.map(choice => (
            <Option key={choice} value={choice}>
              {choice}
            </Option>
          ))}
        </Select>
        {children}
      </div>
      <FieldNote problem={problem} />
    </div>
  )
}
