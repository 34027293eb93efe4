import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { changePassword } from '../api/session.ts'
import { FormDialog } from '../components/form-dialog.tsx'
import { sessionKey, useSession } from './session-gate.tsx'

/** Asks for the password of whoever is signed in, and for another one. */
export function ChangePasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { user } = useSession()
  const queries = useQueryClient()
  const field = (name: string, label: string) => ({ name, label, kind: 'password', required: true }) as const
  return (
    <FormDialog
      title={t('signIn.changeTitle')}
      submit={t('signIn.change')}
      note={t('signIn.changeNote')}
      fields={[
        field('password', t('signIn.currentPassword')),
        { ...field('newPassword', t('signIn.newPassword')), hint: t('signIn.passwordHint') },
        {
          ...field('repeat', t('signIn.repeat')),
          check: ({ newPassword, repeat }) => (newPassword === repeat ? undefined : t('signIn.different')),
        },
      ]}
      initial={{}}
      problemFields={{ 'wrong-credentials': 'password' }}
      onSubmit={async ({ password = '', newPassword = '' }) => {
        queries.setQueryData(sessionKey, await changePassword(user, password, newPassword))
      }}
      onClose={onClose}
    />
  )
}
