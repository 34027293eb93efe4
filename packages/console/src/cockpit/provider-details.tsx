import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import {
  type AssertionBasedGroup,
  deleteIdentityProvider,
  type IdentityProvider,
  updateIdentityProvider,
} from '../api/identity-providers.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { Copyable } from '../components/copyable.tsx'
import { type Column, EntityTable } from '../components/entity-table.tsx'
import { Facts } from '../components/facts.tsx'
import { Moment } from '../components/moment.tsx'
import { Page } from '../components/page.tsx'
import { PageLink } from '../components/page-link.tsx'
import { Section } from '../components/section.tsx'
import { loadedRows } from '../components/use-paged.ts'
import { groupPath } from './authorization-paths.ts'
import { CertificatesSection } from './certificates-section.tsx'
import { draftOf, updateOf } from './provider-draft.ts'
import { ProviderStatus } from './provider-status.tsx'
import { identityProvidersPath } from './trust-paths.ts'

export interface ProviderDetailsProps {
  readonly provider: IdentityProvider
  readonly onEdit: () => void
  readonly onChanged: () => Promise<unknown>
}

/** All about an identity provider: how it is recognised, and which groups it gives its users. */
export function ProviderDetails({ provider, onEdit, onChanged }: ProviderDetailsProps) {
  const { t } = useTranslation()
  const { name, certificates } = provider
  return (
    <Page
      title={t('cockpit.providers.titleOf', { name })}
      actions={<Actions provider={provider} onEdit={onEdit} onChanged={onChanged} />}
    >
      <ProviderFacts provider={provider} />
      {certificates && <CertificatesSection certificates={certificates} />}
      <GroupsSection provider={provider} />
    </Page>
  )
}

function Actions({ provider, onEdit, onChanged }: ProviderDetailsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { name, enabled } = provider
  return (
    <>
      <Button onClick={onEdit}>{t('common.edit')}</Button>
      <ConfirmButton
        key={String(enabled)}
        text={t(enabled ? 'cockpit.providers.disable' : 'cockpit.providers.enable')}
        of={name}
        question={t(enabled ? 'cockpit.providers.disableText' : 'cockpit.providers.enableText', { name })}
        action={() => updateIdentityProvider(name, { ...updateOf(draftOf(provider)), enabled: !enabled })}
        onDone={() => void onChanged()}
        isHarmless={!enabled}
      />
      <ConfirmButton
        text={t('common.delete')}
        of={name}
        question={t('cockpit.providers.deleteText', { name })}
        action={() => deleteIdentityProvider(name)}
        onDone={() => {
          void navigate(identityProvidersPath)
          void onChanged()
        }}
      />
    </>
  )
}

function ProviderFacts({ provider }: { readonly provider: IdentityProvider }) {
  const { t } = useTranslation()
  const { kind, saml, oidc, redirectUri, userIdPrefix, userIdSuffix } = provider
  const redirectLabel = t('cockpit.providers.redirectUri')
  const issuer = saml?.issuer ?? oidc?.issuer ?? ''
  const label = t('cockpit.providers.issuer')
  const oidcFacts = oidc && [
    [t('cockpit.providers.clientId'), oidc.clientId] as const,
    [t('cockpit.providers.scopes'), oidc.scopes.join(' ')] as const,
    [t('cockpit.providers.userNameClaim'), oidc.userNameClaim] as const,
  ]
  return (
    <section className="section">
      <Facts
        facts={[
          [t('cockpit.providers.kind'), t(`cockpit.providers.kinds.${kind}`)],
          [t('cockpit.providers.status'), <ProviderStatus key="status" provider={provider} />],
          [t('cockpit.providers.description'), provider.description],
          [label, <Copyable key="issuer" text={issuer} of={label} />],
          ...(saml
            ? [
                [
                  t('cockpit.providers.userIdAttribute'),
                  saml.userIdAttribute || t('cockpit.providers.subject'),
                ] as const,
              ]
            : []),
          ...(oidcFacts ?? []),
          ...(redirectUri === undefined
            ? []
            : [[redirectLabel, <Copyable key="redirect" text={redirectUri} of={redirectLabel} />] as const]),
          [t('cockpit.providers.userIdPrefix'), userIdPrefix],
          [t('cockpit.providers.userIdSuffix'), userIdSuffix],
          [t('cockpit.providers.created'), <Moment key="created" date={new Date(provider.createdAt)} />],
          [t('cockpit.providers.modified'), <Moment key="modified" date={new Date(provider.modifiedAt)} />],
        ]}
      />
    </section>
  )
}

function GroupsSection({ provider: { defaultGroups, assertionBasedGroups } }: { readonly provider: IdentityProvider }) {
  const { t } = useTranslation()
  const columns: readonly Column<AssertionBasedGroup>[] = [
    {
      header: t('cockpit.providers.group'),
      width: '16rem',
      cell: ({ group }) => <PageLink to={groupPath(group)}>{group}</PageLink>,
    },
    {
      header: t('cockpit.providers.rules'),
      cell: ({ rules }) => (
        <div>
          {rules.map(({ assertionAttribute, operation, value }) => (
            <div key={`${assertionAttribute} ${operation} ${value}`}>
              <span className="code">{assertionAttribute}</span> {t(`cockpit.providers.operations.${operation}`)}{' '}
              <span className="code">{value}</span>
            </div>
          ))}
        </div>
      ),
    },
  ]
  return (
    <Section title={t('cockpit.providers.mapping')}>
      <Facts facts={[[t('cockpit.providers.defaultGroups'), defaultGroups.join(', ')]]} />
      <EntityTable
        label={t('cockpit.providers.assertionBasedGroups')}
        columns={columns}
        keyOf={entry => JSON.stringify(entry)}
        rows={loadedRows(assertionBasedGroups)}
        empty={t('cockpit.providers.noMapping')}
      />
    </Section>
  )
}
