import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { readIdentityProvider } from '../api/identity-providers.ts'
import { ErrorState } from '../components/error-state.tsx'
import { Page } from '../components/page.tsx'
import { ProviderDetails } from './provider-details.tsx'
import { ProviderForm } from './provider-form.tsx'
import { identityProviderPath, identityProvidersKey, identityProvidersPath } from './trust-paths.ts'

/** An identity provider: registered where the address names a kind, otherwise shown and edited. */
export function IdentityProviderPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [params] = useSearchParams()
  const [edited, setEdited] = useState<string>()
  const name = params.get('name') ?? ''
  const kind = params.get('kind')
  const isNew = kind === 'saml' || kind === 'oidc'
  const found = useQuery({
    queryKey: [...identityProvidersKey, 'provider', name],
    queryFn: () => readIdentityProvider(name),
    enabled: !isNew,
  })
  const changed = () => queries.invalidateQueries({ queryKey: identityProvidersKey })
  if (isNew) {
    return (
      <ProviderForm
        kind={kind}
        onSaved={async created => {
          await changed()
          await navigate(identityProviderPath(created.name), { replace: true })
        }}
        onCancel={() => void navigate(identityProvidersPath)}
      />
    )
  }
  const title = t('cockpit.providers.titleOf', { name })
  if (found.error) {
    return (
      <Page title={title}>
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    )
  }
  if (found.isPending) return <BusyIndicator active delay={300} text={t('common.loading')} />
  if (edited !== name) {
    return <ProviderDetails provider={found.data} onEdit={() => setEdited(name)} onChanged={changed} />
  }
  const saved = async () => {
    await changed()
    setEdited(undefined)
  }
  return (
    <ProviderForm kind={found.data.kind} provider={found.data} onSaved={saved} onCancel={() => setEdited(undefined)} />
  )
}
