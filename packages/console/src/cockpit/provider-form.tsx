import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createIdentityProvider, type IdentityProvider, updateIdentityProvider } from '../api/identity-providers.ts'
import { FormPage } from '../components/form-page.tsx'
import { useSaving } from '../components/use-saving.tsx'
import { GroupMappingFields } from './group-mapping-fields.tsx'
import { draftOf, emptyDraft, missingFields, type ProviderDraft, updateOf } from './provider-draft.ts'
import { NameFields, OidcFields, SamlFields } from './provider-fields.tsx'
import { useProviderLabels } from './provider-labels.ts'

export interface ProviderFormProps {
  readonly kind: IdentityProvider['kind']
  /** The provider that is edited; undefined to register one. */
  readonly provider?: IdentityProvider
  readonly onSaved: (provider: IdentityProvider) => Promise<unknown>
  readonly onCancel: () => void
}

/** Registers or edits an identity provider. What was typed stays until it is saved. */
export function ProviderForm({ kind, provider, onSaved, onCancel }: ProviderFormProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<ProviderDraft>(() => (provider ? draftOf(provider) : emptyDraft(kind)))
  const { problems, ...saving } = useSaving({
    fields: useProviderLabels(),
    codes: { 'identity-provider-exists': 'name' },
    check: () => Object.fromEntries(missingFields(draft).map(field => [field, t('common.required')])),
    send: () =>
      provider
        ? updateIdentityProvider(provider.name, updateOf(draft))
        : createIdentityProvider({ name: draft.name.trim(), ...updateOf(draft) }),
    onSaved,
  })
  const fields = {
    draft,
    problems,
    isNew: provider === undefined,
    onChange: (changes: Partial<ProviderDraft>) => setDraft(current => ({ ...current, ...changes })),
  }
  const newTitle = t(kind === 'saml' ? 'cockpit.providers.addSaml' : 'cockpit.providers.addOidc')
  const title = provider ? t('cockpit.providers.editTitle', { name: provider.name }) : newTitle
  return (
    <FormPage title={title} saving={saving} onCancel={onCancel}>
      {provider && <MessageStrip hideCloseButton>{t('cockpit.providers.editNote')}</MessageStrip>}
      <NameFields {...fields} />
      {kind === 'saml' ? <SamlFields {...fields} /> : <OidcFields {...fields} />}
      <GroupMappingFields {...fields} />
    </FormPage>
  )
}
