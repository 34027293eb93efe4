import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Page } from '../components/page.tsx'
import { authorizationsKey, groupPath, userPath } from './authorization-paths.ts'
import { NamesSection } from './names-section.tsx'
import { useAuthorizations } from './use-authorizations.tsx'

/** Who has a role: users and groups. */
export function RolePage() {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const [params] = useSearchParams()
  const [application, role] = [params.get('application') ?? '', params.get('role') ?? '']
  const groups = useQuery({ queryKey: [...authorizationsKey, 'groups'], queryFn: api.groups })
  const unassign = {
    text: t('cockpit.assignments.unassign'),
    question: (subject: string) => t('cockpit.assignments.unassignText', { subject, role, application }),
  }
  return (
    <Page title={t('cockpit.roles.titleOf', { role, application })}>
      <NamesSection
        title={t('cockpit.users.title')}
        of={t('cockpit.users.user')}
        empty={t('cockpit.roles.noUser')}
        queryKey={['assignees', 'users', application, role]}
        load={() => api.assigneesOfRole('users', application, role)}
        linkTo={userPath}
        add={{
          button: t('cockpit.assignments.assign'),
          action: user => api.assignRole(user, application, role),
        }}
        remove={{ ...unassign, action: user => api.unassignRole(user, application, role) }}
      />
      <NamesSection
        title={t('cockpit.groups.title')}
        of={t('cockpit.groups.group')}
        empty={t('cockpit.roles.noGroup')}
        queryKey={['assignees', 'groups', application, role]}
        load={() => api.assigneesOfRole('groups', application, role)}
        linkTo={groupPath}
        add={{
          button: t('cockpit.assignments.assign'),
          action: group => api.assignRoleToGroup(group, application, role),
          choices: groups.data ?? [],
        }}
        remove={{ ...unassign, action: group => api.unassignRoleFromGroup(group, application, role) }}
      />
    </Page>
  )
}
