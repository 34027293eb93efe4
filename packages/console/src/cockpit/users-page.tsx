import { useQuery } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Page } from '../components/page.tsx'
import { TextField } from '../components/text-field.tsx'
import { authorizationsKey, groupPath } from './authorization-paths.ts'
import { ExternalUser } from './external-user.tsx'
import { NamesSection } from './names-section.tsx'
import { RoleAssignments } from './role-assignments.tsx'
import { useAuthorizations } from './use-authorizations.tsx'

/** The roles and groups of a user whose name is typed; anybody may be named, known here or not. */
export function UsersPage() {
  const { t } = useTranslation()
  const user = useSearchParams()[0].get('user') ?? ''
  return (
    <Page title={user === '' ? t('cockpit.users.title') : t('cockpit.users.titleOf', { user })}>
      <UserForm key={`form ${user}`} user={user} />
      {user !== '' && (
        <div className="page" key={user}>
          <RoleAssignments kind="user" name={user} />
          <GroupsOfUser user={user} />
          <ExternalUser user={user} />
        </div>
      )}
    </Page>
  )
}

function UserForm({ user }: { readonly user: string }) {
  const { t } = useTranslation()
  const setParams = useSearchParams()[1]
  const [typed, setTyped] = useState(user)
  const [isMissing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(typed.trim() === '')
    if (typed.trim() !== '') setParams({ user: typed.trim() })
  }
  return (
    <form className="add-form" onSubmit={submit} noValidate>
      <TextField
        label={t('cockpit.users.user')}
        value={typed}
        onChange={setTyped}
        hint={t('cockpit.users.hint')}
        {...(isMissing && typed.trim() === '' && { problem: t('common.required') })}
      >
        <Button type="Submit" design="Emphasized">
          {t('cockpit.users.show')}
        </Button>
      </TextField>
    </form>
  )
}

function GroupsOfUser({ user }: { readonly user: string }) {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const groups = useQuery({ queryKey: [...authorizationsKey, 'groups'], queryFn: api.groups })
  return (
    <NamesSection
      title={t('cockpit.groups.title')}
      of={t('cockpit.groups.group')}
      empty={t('cockpit.users.noGroup', { user })}
      queryKey={['groupsOfUser', user]}
      load={() => api.groupsOfUser(user)}
      linkTo={groupPath}
      add={{
        button: t('cockpit.users.addToGroup'),
        action: group => api.addToGroup(group, user),
        choices: groups.data ?? [],
      }}
      remove={{
        text: t('cockpit.groups.remove'),
        question: group => t('cockpit.groups.removeText', { user, group }),
        action: group => api.removeFromGroup(group, user),
      }}
    />
  )
}
