import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createLocalUser, type LocalUser, listLocalUsers } from '../api/local-users.ts'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { FormDialog, type FormValues } from '../components/form-dialog.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { SearchField, useSearch } from '../components/search-field.tsx'
import { usePages } from '../components/use-paged.ts'
import { type IssuedPassword, IssuedPasswordDialog } from './issued-password-dialog.tsx'
import { LocalUserStatus } from './local-user-status.tsx'
import { localUserPath, localUsersKey } from './trust-paths.ts'

/** The users who sign in with a password; the search is in the address. */
export function LocalUsersPage() {
  const { t } = useTranslation()
  const [isCreating, setCreating] = useState(false)
  const [issued, setIssued] = useState<IssuedPassword>()
  const search = useSearch()
  const rows = usePages<LocalUser>([...localUsersKey, 'list', search], (page, signal) =>
    listLocalUsers(search.trim(), page, signal),
  )
  return (
    <Page
      title={t('cockpit.localUsers.title')}
      actions={
        <Button design="Emphasized" onClick={() => setCreating(true)}>
          {t('cockpit.localUsers.create')}
        </Button>
      }
    >
      <span>{t('cockpit.localUsers.text')}</span>
      <SearchField label={t('cockpit.localUsers.search')} />
      <EntityTable
        label={t('cockpit.localUsers.table')}
        columns={useColumns()}
        keyOf={({ name }) => name}
        rows={rows}
        empty={search === '' ? t('cockpit.localUsers.empty') : t('cockpit.localUsers.noMatch', { search })}
      />
      {isCreating && <CreateDialog onIssued={setIssued} onClose={() => setCreating(false)} />}
      {issued && <IssuedPasswordDialog {...issued} onClose={() => setIssued(undefined)} />}
    </Page>
  )
}

function useColumns(): readonly Column<LocalUser>[] {
  const { t } = useTranslation()
  const moment = (iso: string | undefined) => <Moment date={iso === undefined ? undefined : new Date(iso)} />
  return [
    {
      header: t('cockpit.localUsers.name'),
      sortBy: ({ name }) => name,
      cell: ({ name }) => <PageLink to={localUserPath(name)}>{name}</PageLink>,
    },
    {
      header: t('cockpit.localUsers.displayName'),
      sortBy: ({ displayName }) => displayName,
      cell: ({ displayName }) => displayName,
    },
    { header: t('cockpit.localUsers.email'), importance: -1, sortBy: ({ email }) => email, cell: ({ email }) => email },
    { header: t('cockpit.localUsers.status'), width: '10rem', cell: user => <LocalUserStatus user={user} /> },
    {
      header: t('cockpit.localUsers.signedIn'),
      importance: -2,
      sortBy: ({ signedInAt = '' }) => signedInAt,
      cell: ({ signedInAt }) => moment(signedInAt),
    },
  ]
}

interface CreateDialogProps {
  readonly onIssued: (issued: IssuedPassword) => void
  readonly onClose: () => void
}

function CreateDialog({ onIssued, onClose }: CreateDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const create = async ({ password, ...values }: FormValues) => {
    const { name = '', email = '', displayName = '' } = values
    const user = { name: name.trim(), email: email.trim(), displayName: displayName.trim() }
    const created = await createLocalUser(password ? { ...user, password } : user)
    await queries.invalidateQueries({ queryKey: localUsersKey })
    if (created.password !== undefined) onIssued({ name: created.name, password: created.password })
  }
  return (
    <FormDialog
      title={t('cockpit.localUsers.create')}
      submit={t('common.create')}
      fields={[
        {
          name: 'name',
          label: t('cockpit.localUsers.name'),
          required: true,
          hint: t('cockpit.localUsers.nameHint'),
        },
        { name: 'displayName', label: t('cockpit.localUsers.displayName') },
        { name: 'email', label: t('cockpit.localUsers.email') },
        {
          name: 'password',
          label: t('cockpit.localUsers.password'),
          kind: 'password',
          hint: t('cockpit.localUsers.passwordHint'),
        },
      ]}
      initial={{}}
      problemFields={{ 'user-exists': 'name' }}
      onSubmit={create}
      onClose={onClose}
    />
  )
}
