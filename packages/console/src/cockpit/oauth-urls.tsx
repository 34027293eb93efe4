import { Label } from '@ui5/webcomponents-react/Label'
import { useTranslation } from 'react-i18next'
import type { AuthorizationServer } from '../api/oauth.ts'
import { Copyable } from '../components/copyable.tsx'
import { Section } from '../components/section.tsx'

/** The URLs of the authorization server, to copy. */
export function OAuthUrls({ server }: { readonly server: AuthorizationServer }) {
  const { t } = useTranslation()
  const { issuer, authorization_endpoint: authorization } = server
  const urls = [
    ...(authorization === undefined ? [] : [[t('cockpit.branding.authorization'), authorization] as const]),
    [t('cockpit.branding.token'), server.token_endpoint],
    [t('cockpit.branding.endUser'), `${issuer}/oauth2`],
    [t('cockpit.branding.platformToken'), `${issuer}/oauth2/apitoken/v1`],
    [t('cockpit.branding.keys'), server.jwks_uri],
    [t('cockpit.branding.metadata'), `${issuer}/.well-known/oauth-authorization-server`],
  ] as const
  return (
    <Section title={t('cockpit.branding.urls')}>
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
    </Section>
  )
}
