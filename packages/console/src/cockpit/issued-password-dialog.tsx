import { useTranslation } from 'react-i18next'
import { RevealDialog } from './reveal-dialog.tsx'

/** A password that the server generated, and for whom. */
export interface IssuedPassword {
  readonly name: string
  readonly password: string
}

/** Shows a generated password once. */
export function IssuedPasswordDialog({ name, password, onClose }: IssuedPassword & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <RevealDialog
      title={t('cockpit.localUsers.issued', { name })}
      note={t('cockpit.localUsers.once')}
      name={t('cockpit.localUsers.password')}
      text={password}
      onClose={onClose}
    />
  )
}
