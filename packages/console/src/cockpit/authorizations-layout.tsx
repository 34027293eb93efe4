import { useTranslation } from 'react-i18next'
import { TabsLayout } from '../components/tabs-layout.tsx'
import { authorizationPaths } from './authorization-paths.ts'

/** The pages of Cockpit → Authorizations. */
export function AuthorizationsLayout() {
  const { t } = useTranslation()
  const tabs = [
    { path: authorizationPaths.users, text: t('cockpit.users.tab') },
    { path: authorizationPaths.groups, text: t('cockpit.groups.tab') },
    { path: authorizationPaths.roles, text: t('cockpit.roles.tab') },
    { path: authorizationPaths.tokens, text: t('cockpit.tokens.tab') },
  ]
  return <TabsLayout tabs={tabs} />
}
