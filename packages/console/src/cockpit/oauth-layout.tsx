import { useTranslation } from 'react-i18next'
import { TabsLayout } from '../components/tabs-layout.tsx'

/** The pages of Cockpit → OAuth. */
export function OAuthLayout() {
  const { t } = useTranslation()
  const tabs = [
    { path: '/cockpit/oauth/branding', text: t('cockpit.branding.tab') },
    { path: '/cockpit/oauth/clients', text: t('cockpit.clients.tab') },
    { path: '/cockpit/oauth/scopes', text: t('cockpit.scopes.tab') },
    { path: '/cockpit/oauth/signing-keys', text: t('cockpit.signingKeys.tab') },
    { path: '/cockpit/oauth/platform-api', text: t('cockpit.platform.tab') },
  ]
  return <TabsLayout tabs={tabs} />
}
