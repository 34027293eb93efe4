import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceField } from './choice-field.tsx'
import { useErrorText } from './error-state.tsx'
import { TextField } from './text-field.tsx'

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
  const adding = useMutation({
    mutationFn: onAdd,
    // What was typed meanwhile is the next name.
    onSuccess: (_, added) => setName(current => (current.trim() === added ? '' : current)),
  })
  const errorText = useErrorText(adding.error)
  const problem = isMissing ? t('common.required') : errorText
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (adding.isPending && adding.variables === wanted) return
    adding.reset()
    setMissing(wanted === '')
    if (wanted !== '') adding.mutate(wanted)
  }
  const add = (
    <Button type="Submit" loading={adding.isPending}>
      {button}
    </Button>
  )
  return (
    <form onSubmit={submit} noValidate className="add-form">
      {choices ? (
        <NameChoice label={label} choices={choices} value={name} onChange={setName} problem={problem}>
          {add}
        </NameChoice>
      ) : (
        <TextField label={label} value={name} onChange={setName} problem={problem}>
          {add}
        </TextField>
      )}
    </form>
  )
}

export interface NameChoiceProps {
  readonly label: string
  readonly choices: readonly string[]
  /** Empty: none. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly problem?: string | undefined
  readonly children?: ReactNode
}

/** A choice of one of some names, none at first. */
export function NameChoice({ choices, ...field }: NameChoiceProps) {
  const { t } = useTranslation()
  const options = choices.map(choice => [choice, choice] as const)
  return <ChoiceField {...field} options={[['', t('common.choose')], ...options]} />
}
