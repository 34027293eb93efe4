import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Title } from '@ui5/webcomponents-react/Title'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePassword, type Session } from '../api/session.ts'
import { TextField } from '../components/text-field.tsx'
import { useRefusal } from '../components/use-refusal.tsx'

export interface NewPasswordFormProps {
  readonly user: string
  /** The one to be changed. */
  readonly password: string
  readonly onSignedIn: (session: Session) => void
}

/** Asks somebody whose password was chosen by another for one of their own, in place of the sign-in form. */
export function NewPasswordForm({ user, password, onSignedIn }: NewPasswordFormProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState('')
  const [repeated, setRepeated] = useState('')
  const [isTried, setTried] = useState(false)
  const changing = useMutation({ mutationFn: () => changePassword(user, password, chosen), onSuccess: onSignedIn })
  const refused = useRefusal(changing.error, { newPassword: t('signIn.newPassword') })
  const isMissing = isTried && chosen === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    changing.reset()
    if (chosen !== '' && chosen === repeated) changing.mutate()
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      <Title level="H1">{t('signIn.changeTitle')}</Title>
      {refused.general ? (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {refused.general}
        </MessageStrip>
      ) : (
        <MessageStrip design="Information" hideCloseButton role="status">
          {t('signIn.mustChange')}
        </MessageStrip>
      )}
      <TextField
        label={t('signIn.newPassword')}
        type="Password"
        value={chosen}
        onChange={setChosen}
        problem={isMissing ? t('common.required') : refused.fields.newPassword}
        hint={t('signIn.passwordHint')}
        required
      />
      <TextField
        label={t('signIn.repeat')}
        type="Password"
        value={repeated}
        onChange={setRepeated}
        problem={isTried && chosen !== repeated ? t('signIn.different') : undefined}
        required
      />
      <Button type="Submit" design="Emphasized" loading={changing.isPending}>
        {t('signIn.change')}
      </Button>
    </form>
  )
}
