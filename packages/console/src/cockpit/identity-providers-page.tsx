import { useQuery } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type IdentityProvider, type IdentityProviders, listIdentityProviders } from '../api/identity-providers.ts'
import { Copyable } from '../components/copyable.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Facts } from '../components/facts.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { wholeList } from '../components/use-list.ts'
import { ProviderStatus } from './provider-status.tsx'
import { identityProviderPath, identityProvidersKey, newIdentityProviderPath } from './trust-paths.ts'

/** The identity providers whose word about users is taken, and what they have to know of this server. */
export function IdentityProvidersPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const found = useQuery({ queryKey: [...identityProvidersKey, 'all'], queryFn: listIdentityProviders })
  return (
    <Page
      title={t('cockpit.providers.title')}
      actions={
        <>
          <Button design="Emphasized" onClick={() => void navigate(newIdentityProviderPath('saml'))}>
            {t('cockpit.providers.addSaml')}
          </Button>
          <Button onClick={() => void navigate(newIdentityProviderPath('oidc'))}>
            {t('cockpit.providers.addOidc')}
          </Button>
        </>
      }
    >
      <span>{t('cockpit.providers.text')}</span>
      <EntityTable
        label={t('cockpit.providers.title')}
        columns={useColumns()}
        keyOf={({ name }) => name}
        rows={wholeList(found, found.data?.identityProviders)}
        empty={t('cockpit.providers.empty')}
      />
      {found.data && <LocalProvider provider={found.data.localProvider} />}
    </Page>
  )
}

function useColumns(): readonly Column<IdentityProvider>[] {
  const { t } = useTranslation()
  const issuerOf = ({ saml, oidc }: IdentityProvider) => saml?.issuer ?? oidc?.issuer ?? ''
  return [
    {
      header: t('cockpit.providers.name'),
      sortBy: ({ name }) => name,
      cell: ({ name }) => <PageLink to={identityProviderPath(name)}>{name}</PageLink>,
    },
    {
      header: t('cockpit.providers.kind'),
      width: '10rem',
      sortBy: ({ kind }) => kind,
      cell: ({ kind }) => t(`cockpit.providers.kinds.${kind}`),
    },
    {
      header: t('cockpit.providers.issuer'),
      importance: -1,
      sortBy: issuerOf,
      cell: provider => <span className="code">{issuerOf(provider)}</span>,
    },
    {
      header: t('cockpit.providers.status'),
      width: '14rem',
      cell: provider => <ProviderStatus provider={provider} />,
    },
  ]
}

function LocalProvider({ provider }: { readonly provider: IdentityProviders['localProvider'] }) {
  const { t } = useTranslation()
  const facts = [
    [t('cockpit.providers.audience'), provider.name],
    [t('cockpit.providers.recipient'), provider.tokenEndpoint],
  ] as const
  return (
    <Section title={t('cockpit.providers.local')}>
      <span>{t('cockpit.providers.localText')}</span>
      <Facts facts={facts.map(([name, text]) => [name, <Copyable key={name} text={text} of={name} />])} />
    </Section>
  )
}
