import { useMutation } from '@tanstack/react-query'
import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, FormField } from './form-field.tsx'
import { useCancelling } from './use-cancelling.ts'
import { useFocusReturn } from './use-focus-return.ts'
import { useRefusal } from './use-refusal.tsx'

/** What a form holds, by the names of its fields. A checkbox is `true` or `false`. */
export type FormValues = Readonly<Record<string, string>>

export interface FormDialogProps {
  readonly title: string
  /** On the button that sends the form. */
  readonly submit: string
  readonly fields: readonly Field[]
  readonly initial: FormValues
  /** The field that a refusal of the server is about, by its code, where its text names none. */
  readonly problemFields?: Readonly<Record<string, string>>
  /** What to know before it is sent. */
  readonly note?: string | undefined
  /** The dialog closes when it resolves, unless with `false`; what it throws is shown, and what was typed stays. */
  readonly onSubmit: (values: FormValues) => Promise<unknown>
  readonly onClose: () => void
}

/** Asks for the values of a few fields. Mounted while it is open. */
export function FormDialog(props: FormDialogProps) {
  const { title, submit, fields, initial, problemFields, note, onSubmit, onClose } = props
  const { t } = useTranslation()
  useFocusReturn()
  const [values, setValues] = useState(initial)
  const [isTried, setTried] = useState(false)
  const { cancel, done } = useCancelling(onClose)
  const sending = useMutation({
    mutationFn: () => onSubmit(values),
    onSuccess: outcome => {
      if (outcome !== false) done()
    },
  })
  const shown = fields.filter(({ when }) => when?.(values) ?? true)
  const labels = Object.fromEntries(shown.map(({ name, label }) => [name, label]))
  const refused = useRefusal(sending.error, labels, problemFields)
  const problem = refused.general
  const problemOf = ({ name, required, check }: Field) =>
    required === true && (values[name] ?? '').trim() === '' ? t('common.required') : check?.(values)
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (shown.every(field => problemOf(field) === undefined) && !sending.isPending) sending.mutate()
  }
  return (
    <Dialog
      open
      headerText={title}
      onClose={cancel}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <Button design="Emphasized" loading={sending.isPending} onClick={() => send()}>
                {submit}
              </Button>
              <Button design="Transparent" onClick={cancel}>
                {t('common.cancel')}
              </Button>
            </>
          }
        />
      }
    >
      <form className="form" onSubmit={send} noValidate>
        {problem && (
          <MessageStrip design="Negative" hideCloseButton role="alert">
            {problem}
          </MessageStrip>
        )}
        {note !== undefined && !problem && (
          <MessageStrip hideCloseButton role="alert">
            {note}
          </MessageStrip>
        )}
        {shown.map(field => (
          <FormField
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            problem={(isTried ? problemOf(field) : undefined) ?? refused.fields[field.name]}
            onChange={value => setValues(current => ({ ...current, [field.name]: value }))}
          />
        ))}
      </form>
    </Dialog>
  )
}
