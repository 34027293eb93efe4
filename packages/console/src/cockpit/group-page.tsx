import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Page } from '../components/page.tsx'
import { userPath } from './authorization-paths.ts'
import { NamesSection } from './names-section.tsx'
import { RoleAssignments } from './role-assignments.tsx'
import { useAuthorizations } from './use-authorizations.tsx'

/** The members and the roles of a group. */
export function GroupPage() {
  const { t } = useTranslation()
  const api = useAuthorizations()
  const group = useSearchParams()[0].get('group') ?? ''
  return (
    <Page title={t('cockpit.groups.titleOf', { group })}>
      <NamesSection
        title={t('cockpit.groups.members')}
        of={t('cockpit.users.user')}
        empty={t('cockpit.groups.noMember', { group })}
        queryKey={['usersOfGroup', group]}
        load={() => api.usersOfGroup(group)}
        linkTo={userPath}
        add={{ button: t('cockpit.groups.add'), action: user => api.addToGroup(group, user) }}
        remove={{
          text: t('cockpit.groups.remove'),
          question: user => t('cockpit.groups.removeText', { user, group }),
          action: user => api.removeFromGroup(group, user),
        }}
      />
      <RoleAssignments kind="group" name={group} />
    </Page>
  )
}
