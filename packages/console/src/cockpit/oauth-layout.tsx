import { useTranslation } from 'react-i18next'
import { TabsLayout } from '../components/tabs-layout.tsx'

/** The pages of Security → OAuth. */
export function OAuthLayout() {
  const { t } = useTranslation()
  const tabs = [{ path: '/cockpit/oauth/clients', text: t('cockpit.clients.tab') }]
  return <TabsLayout tabs={tabs} />
}
