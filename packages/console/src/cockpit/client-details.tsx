import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Client, Lifetime } from '../api/oauth.ts'
import { Copyable, CopyableLines } from '../components/copyable.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { Section } from '../components/section.tsx'
import { languageName, translated } from '../components/translations.ts'
import { clientsKey } from './client-paths.ts'
import { bindingOf, certificateNames } from './client-proofs.ts'
import { ClientScopes } from './client-scopes.tsx'
import { ClientSecrets } from './client-secrets.tsx'
import { ClientUser } from './client-user.tsx'
import { CurlPanel } from './curl-panel.tsx'
import { DeleteClient } from './delete-client.tsx'

export interface ClientDetailsProps {
  readonly client: Client
  /** Known only after it was saved. */
  readonly secret: string | undefined
  readonly onEdit: () => void
}

/** All about an application client: what it is, its user and role, and how to call with it. */
export function ClientDetails({ client, secret, onEdit }: ClientDetailsProps) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const deleted = async () => {
    await queries.invalidateQueries({ queryKey: clientsKey })
    await navigate('/cockpit/oauth/clients')
  }
  return (
    <Page
      title={t('cockpit.client.title', { name: translated(client.translations, i18n.language, 'name', client.name) })}
      actions={
        <>
          <Button onClick={onEdit}>{t('common.edit')}</Button>
          <DeleteClient client={client} onDone={deleted} />
        </>
      }
    >
      {secret !== undefined && (
        <Section title={t('cockpit.client.secret')}>
          <MessageStrip design="Critical" hideCloseButton role="status">
            {t('cockpit.client.secretOnce')}
          </MessageStrip>
          <div className="field-line">
            <Copyable text={secret} of={t('cockpit.client.secret')} />
          </div>
        </Section>
      )}
      <ClientFacts client={client} />
      {client.tokenEndpointAuthMethod === 'client_secret_basic' && <ClientSecrets client={client} />}
      <ClientProofTexts client={client} />
      <ClientUser client={client} />
      {client.grant === 'client_credentials' && <CurlPanel client={client} secret={secret} />}
    </Page>
  )
}

/** The keys or certificates that the client is known by. */
function ClientProofTexts({ client: { jwks, certificate } }: { readonly client: Client }) {
  const { t } = useTranslation()
  const shown = [
    [t('cockpit.client.proofs.keys'), jwks && JSON.stringify(jwks, null, 2)],
    [t('cockpit.client.proofs.certificate'), certificate],
  ] as const
  return shown.map(
    ([name, text]) =>
      text !== undefined && (
        <div key={name} className="section">
          <CopyableLines text={text} of={name} />
        </div>
      ),
  )
}

function ClientFacts({ client }: { readonly client: Client }) {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const lifetimeText = ({ value, unit }: Lifetime) => `${value} ${t(`cockpit.client.units.${unit}`)}`
  const languages = Object.keys(client.translations)
    .map(tag => languageName(tag, language))
    .join(', ')
  const binding = bindingOf(client)
  const yesOrNo = (is: boolean) => t(is ? 'cockpit.client.yes' : 'cockpit.client.no')
  const codeFacts = [
    [t('cockpit.client.redirectUri'), client.redirectUri],
    [t('cockpit.client.skipConsent'), yesOrNo(client.skipConsent)],
    [t('cockpit.client.proofs.requirePushed'), yesOrNo(client.requirePushedAuthorizationRequests ?? false)],
    [t('cockpit.client.refreshLifetime'), client.refreshTokenLifetime && lifetimeText(client.refreshTokenLifetime)],
    [t('cockpit.client.scopes'), <ClientScopes key="scopes" application={client.subscription} />],
  ] as const
  return (
    <section className="section">
      <Facts
        facts={[
          [t('cockpit.clients.id'), <Copyable key="id" text={client.id} of={t('cockpit.clients.id')} />],
          [
            t('cockpit.clients.description'),
            translated(client.translations, language, 'description', client.description),
          ],
          ...(languages === '' ? [] : [[t('common.translations.button'), languages] as const]),
          [t('cockpit.clients.subscription'), client.subscription],
          [t('cockpit.clients.grant'), t(`cockpit.client.grants.${client.grant}`)],
          [t('cockpit.client.confidential'), yesOrNo(client.confidential)],
          [t('cockpit.client.proofs.method'), t(`cockpit.client.proofs.methods.${client.tokenEndpointAuthMethod}`)],
          ...certificateNames.flatMap(kind => {
            return client[kind] === undefined
              ? []
              : [[t(`cockpit.client.proofs.nameKinds.${kind}`), client[kind]] as const]
          }),
          ...(binding === 'none'
            ? []
            : [[t('cockpit.client.proofs.binding'), t(`cockpit.client.proofs.bindings.${binding}`)] as const]),
          [t('cockpit.client.lifetime'), lifetimeText(client.tokenLifetime)],
          ...(client.grant === 'authorization_code' ? codeFacts : []),
          [t('cockpit.client.created'), <Moment key="created" date={new Date(client.createdAt)} />],
        ]}
      />
    </section>
  )
}
