import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Title } from '@ui5/webcomponents-react/Title'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/http.ts'
import { type Session, signIn } from '../api/session.ts'
import { useErrorText } from '../components/error-state.tsx'
import { NewPasswordForm } from './new-password-form.tsx'
import { ProviderButtons } from './provider-buttons.tsx'

export interface SignInFormProps {
  readonly title: string
  /** Who was signed in before. */
  readonly user?: string
  /** Whether the page behind it must stay as it is. */
  readonly isOverPage?: boolean
  readonly onSignedIn: (session: Session) => void
}

/** Asks for user name and password of the local identity provider, or to choose another one. */
export function SignInForm({ title, user: before = '', isOverPage = false, onSignedIn }: SignInFormProps) {
  const { t } = useTranslation()
  const [user, setUser] = useState(before)
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const attempt = useMutation({ mutationFn: () => signIn(user, password), onSuccess: onSignedIn })
  const errorText = useErrorText(attempt.error)
  const problem = isMissing ? t('signIn.required') : errorText
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isComplete = user.trim() !== '' && password !== ''
    setMissing(!isComplete)
    if (isComplete) attempt.mutate()
  }
  const { error } = attempt
  if (error instanceof ApiError && error.code === 'password-change-required') {
    return <NewPasswordForm user={user} password={password} onSignedIn={onSignedIn} />
  }
  return (
    <form className="form" onSubmit={submit} noValidate>
      <Title level="H1">{title}</Title>
      {problem && (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {problem}
        </MessageStrip>
      )}
      <div>
        <Label for="user" required>
          {t('signIn.user')}
        </Label>
        <Input id="user" name="user" value={user} onInput={({ target }) => setUser(target.value)} required />
      </div>
      <div>
        <Label for="password" required>
          {t('signIn.password')}
        </Label>
        <Input
          id="password"
          name="password"
          type="Password"
          value={password}
          onInput={({ target }) => setPassword(target.value)}
          required
        />
      </div>
      <Button type="Submit" design="Emphasized" loading={attempt.isPending}>
        {t('signIn.submit')}
      </Button>
      <ProviderButtons inNewTab={isOverPage} />
    </form>
  )
}
