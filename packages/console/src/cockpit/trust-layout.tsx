import { useTranslation } from 'react-i18next'
import { TabsLayout } from '../components/tabs-layout.tsx'
import { externalUsersPath, identityProvidersPath, localUsersPath } from './trust-paths.ts'

/** The pages of Cockpit → Trust. */
export function TrustLayout() {
  const { t } = useTranslation()
  const tabs = [
    { path: localUsersPath, text: t('cockpit.localUsers.title') },
    { path: identityProvidersPath, text: t('cockpit.providers.title') },
    { path: externalUsersPath, text: t('cockpit.externalUsers.title') },
  ]
  return <TabsLayout tabs={tabs} />
}
