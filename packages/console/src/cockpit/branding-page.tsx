import { useQuery } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Label } from '@ui5/webcomponents-react/Label'
import { useTranslation } from 'react-i18next'
import { type AuthorizationServer, readAuthorizationServer } from '../api/oauth.ts'
import { Copyable } from '../components/copyable.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Page } from '../components/page.tsx'

/** The URLs of the authorization server. */
export function BrandingPage() {
  const { t } = useTranslation()
  const server = useQuery({ queryKey: ['authorizationServer'], queryFn: readAuthorizationServer })
  return (
    <Page title={t('cockpit.branding.title')}>
      {server.isPending && <BusyIndicator active delay={300} text={t('common.loading')} />}
      {server.error && <ErrorState error={server.error} onRetry={() => void server.refetch()} />}
      {server.data && (
        <section className="section">
          <Urls server={server.data} />
        </section>
      )}
    </Page>
  )
}

function Urls({ server }: { readonly server: AuthorizationServer }) {
  const { t } = useTranslation()
  const { issuer, authorization_endpoint: authorization } = server
  const urls = [
    ...(authorization === undefined ? [] : [[t('cockpit.branding.authorization'), authorization] as const]),
    [t('cockpit.branding.token'), server.token_endpoint],
    [t('cockpit.branding.platformToken'), `${issuer}/oauth2/apitoken/v1`],
    [t('cockpit.branding.keys'), server.jwks_uri],
    [t('cockpit.branding.metadata'), `${issuer}/.well-known/oauth-authorization-server`],
  ] as const
  return (
    <dl className="lines">
      {urls.map(([name, url]) => (
        <div key={name}>
          <dt>
            <Label showColon>{name}</Label>
          </dt>
          <dd className="field-line">
            <Copyable text={url} of={name} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
