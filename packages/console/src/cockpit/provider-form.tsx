import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createIdentityProvider, type IdentityProvider, updateIdentityProvider } from '../api/identity-providers.ts'
import { useErrorText } from '../components/error-state.tsx'
import { fieldProblems } from '../components/field-problems.ts'
import { Page } from '../components/page.tsx'
import { GroupMappingFields } from './group-mapping-fields.tsx'
import {
  draftOf,
  emptyDraft,
  missingFields,
  type ProviderDraft,
  type ProviderProblems,
  providerFields,
  updateOf,
} from './provider-draft.ts'
import { NameFields, OidcFields, SamlFields } from './provider-fields.tsx'

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
  const { problems, general, isSaving, attempt, save } = useSaving(draft, provider !== undefined, onSaved)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (attempt) form.current?.querySelector<HTMLElement>('[value-state="Negative"]')?.focus()
  }, [attempt])
  const fields = {
    draft,
    problems,
    isNew: provider === undefined,
    onChange: (changes: Partial<ProviderDraft>) => setDraft(current => ({ ...current, ...changes })),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  const newTitle = t(kind === 'saml' ? 'cockpit.providers.addSaml' : 'cockpit.providers.addOidc')
  return (
    <Page title={provider ? t('cockpit.providers.editTitle', { name: provider.name }) : newTitle}>
      <form ref={form} className="form form-page section" onSubmit={submit} noValidate>
        {general && (
          <MessageStrip design="Negative" hideCloseButton role="alert">
            {general}
          </MessageStrip>
        )}
        <NameFields {...fields} />
        {kind === 'saml' ? <SamlFields {...fields} /> : <OidcFields {...fields} />}
        <GroupMappingFields {...fields} />
        <div className="form-actions">
          <Button type="Submit" design="Emphasized" loading={isSaving}>
            {t('common.save')}
          </Button>
          <Button design="Transparent" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </Page>
  )
}

function useSaving(draft: ProviderDraft, isKnown: boolean, onSaved: ProviderFormProps['onSaved']) {
  const { t } = useTranslation()
  const [missing, setMissing] = useState<ProviderProblems>({})
  const saving = useMutation({
    mutationFn: () => {
      const update = updateOf(draft)
      return isKnown
        ? updateIdentityProvider(draft.name, update)
        : createIdentityProvider({ name: draft.name.trim(), ...update })
    },
    onSuccess: onSaved,
  })
  const errorText = useErrorText(saving.error)
  const codes = { 'identity-provider-exists': 'name' } as const
  const refused = fieldProblems(saving.error, providerFields, codes)
  const isAboutFields = Object.keys(refused.fields).length > 0
  return {
    problems: { ...refused.fields, ...missing } satisfies ProviderProblems as ProviderProblems,
    general: isAboutFields ? refused.rest : errorText,
    isSaving: saving.isPending,
    /** Another one after each time that something was wrong. */
    attempt: saving.error ?? (Object.keys(missing).length > 0 ? missing : undefined),
    save: () => {
      saving.reset()
      const empty = missingFields(draft)
      setMissing(Object.fromEntries(empty.map(field => [field, t('common.required')])))
      if (empty.length === 0) saving.mutate()
    },
  }
}
