import { useTranslation } from 'react-i18next'
import { type ExternalUser, forgetExternalUser } from '../api/external-users.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { useChanged } from './use-authorizations.tsx'

export interface ForgetUserProps {
  readonly user: ExternalUser
  /** Shown instead of a text, where there are many such buttons. */
  readonly icon?: string
}

/** Takes from a user of identity providers all that it has here, after saying so. */
export function ForgetUser({ user: { name, provider }, icon }: ForgetUserProps) {
  const { t } = useTranslation()
  return (
    <ConfirmButton
      text={t('cockpit.externalUser.forget')}
      {...(icon !== undefined && { icon })}
      of={name}
      question={t('cockpit.externalUser.forgetText', { user: name, provider })}
      action={() => forgetExternalUser(name)}
      onDone={useChanged()}
    />
  )
}
