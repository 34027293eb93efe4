import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useTranslation } from 'react-i18next'
import { brandingKey, readBranding } from '../api/branding.ts'
import { readAuthorizationServer } from '../api/oauth.ts'
import { ErrorState } from '../components/error-state.tsx'
import { Page } from '../components/page.tsx'
import { BrandingForm } from './branding-form.tsx'
import { OAuthUrls } from './oauth-urls.tsx'

/** How end-user pages look, and the URLs of the authorization server. */
export function BrandingPage() {
  const { t } = useTranslation()
  const branding = useQuery({ queryKey: brandingKey, queryFn: readBranding })
  const server = useQuery({ queryKey: ['authorizationServer'], queryFn: readAuthorizationServer })
  const failed = [branding, server].find(({ error }) => error)
  return (
    <Page title={t('cockpit.branding.title')}>
      {(branding.isPending || server.isPending) && <BusyIndicator active delay={300} text={t('common.loading')} />}
      {failed?.error && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {branding.data && <BrandingForm branding={branding.data} />}
      {server.data && <OAuthUrls server={server.data} />}
    </Page>
  )
}
