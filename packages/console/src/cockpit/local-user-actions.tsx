import { useQuery } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { deleteLocalUser, type LocalUser, resetPassword, unlockLocalUser, updateLocalUser } from '../api/local-users.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { FormDialog } from '../components/form-dialog.tsx'
import { authorizationsKey } from './authorization-paths.ts'
import { type IssuedPassword, IssuedPasswordDialog } from './issued-password-dialog.tsx'
import { localUsersPath } from './trust-paths.ts'
import { useAuthorizations } from './use-authorizations.tsx'

export interface LocalUserActionsProps {
  readonly user: LocalUser
  readonly onChanged: () => void
}

/** Everything that an administrator can do to a user. */
export function LocalUserActions({ user, onChanged }: LocalUserActionsProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'edit' | 'reset'>()
  const [issued, setIssued] = useState<IssuedPassword>()
  const { name, email, displayName, enabled } = user
  const close = () => setOpen(undefined)
  return (
    <>
      <Button onClick={() => setOpen('edit')}>{t('common.edit')}</Button>
      <Button onClick={() => setOpen('reset')}>{t('cockpit.localUsers.reset')}</Button>
      {user.lockedUntil !== undefined && (
        <ConfirmButton
          text={t('cockpit.localUsers.unlock')}
          of={name}
          question={t('cockpit.localUsers.unlockText', { name })}
          action={() => unlockLocalUser(name)}
          onDone={onChanged}
          isHarmless
        />
      )}
      <ConfirmButton
        key={String(enabled)}
        text={t(enabled ? 'cockpit.localUsers.disable' : 'cockpit.localUsers.enable')}
        of={name}
        question={t(enabled ? 'cockpit.localUsers.disableText' : 'cockpit.localUsers.enableText', { name })}
        action={() => updateLocalUser(name, { email, displayName, enabled: !enabled })}
        onDone={onChanged}
        isHarmless={!enabled}
      />
      <DeleteUser name={name} onDone={onChanged} />
      {open === 'edit' && <EditDialog user={user} onChanged={onChanged} onClose={close} />}
      {open === 'reset' && <ResetDialog name={name} onChanged={onChanged} onIssued={setIssued} onClose={close} />}
      {issued && <IssuedPasswordDialog {...issued} onClose={() => setIssued(undefined)} />}
    </>
  )
}

/** Says what the user has, since that goes too. */
function DeleteUser({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const api = useAuthorizations()
  const roles = useQuery({
    queryKey: [...authorizationsKey, 'roles', 'user', name],
    queryFn: () => api.rolesOfUser(name),
  })
  const groups = useQuery({
    queryKey: [...authorizationsKey, 'groupsOfUser', name],
    queryFn: () => api.groupsOfUser(name),
  })
  const counts = { roles: roles.data?.length ?? '?', groups: groups.data?.length ?? '?' }
  return (
    <ConfirmButton
      text={t('common.delete')}
      of={name}
      question={t('cockpit.localUsers.deleteText', { name, ...counts })}
      action={() => deleteLocalUser(name)}
      onDone={() => {
        void navigate(localUsersPath)
        onDone()
      }}
    />
  )
}

interface ChangeProps {
  readonly onChanged: () => void
  readonly onClose: () => void
}

function EditDialog({ user, onChanged, onClose }: ChangeProps & { readonly user: LocalUser }) {
  const { t } = useTranslation()
  const { name, enabled, email, displayName } = user
  return (
    <FormDialog
      title={t('cockpit.localUsers.editTitle', { name })}
      submit={t('common.save')}
      fields={[
        { name: 'displayName', label: t('cockpit.localUsers.displayName') },
        { name: 'email', label: t('cockpit.localUsers.email') },
      ]}
      initial={{ displayName, email }}
      onSubmit={async values => {
        const edited = { displayName: (values.displayName ?? '').trim(), email: (values.email ?? '').trim() }
        await updateLocalUser(name, { ...edited, enabled })
        onChanged()
      }}
      onClose={onClose}
    />
  )
}

interface ResetDialogProps extends ChangeProps {
  readonly name: string
  readonly onIssued: (issued: IssuedPassword) => void
}

function ResetDialog({ name, onChanged, onIssued, onClose }: ResetDialogProps) {
  const { t } = useTranslation()
  return (
    <FormDialog
      title={t('cockpit.localUsers.resetTitle', { name })}
      submit={t('cockpit.localUsers.reset')}
      note={t('cockpit.localUsers.resetText', { name })}
      fields={[
        {
          name: 'password',
          label: t('cockpit.localUsers.password'),
          kind: 'password',
          hint: t('cockpit.localUsers.passwordHint'),
        },
      ]}
      initial={{}}
      onSubmit={async ({ password }) => {
        const answer = await resetPassword(name, password || undefined)
        if (answer.password !== undefined) onIssued({ name, password: answer.password })
        onChanged()
      }}
      onClose={onClose}
    />
  )
}
