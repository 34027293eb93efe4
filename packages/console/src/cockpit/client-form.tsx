import '@ui5/webcomponents-icons/dist/synchronize.js'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Client, createClient, updateClient } from '../api/oauth.ts'
import type { Problems } from '../components/field-problems.ts'
import { FormPage } from '../components/form-page.tsx'
import { useSaving } from '../components/use-saving.tsx'
import { type ClientDraft, creationOf, draftOf, emptyDraft, updateOf, wrongFields } from './client-draft.ts'
import { GrantFields, IdentityFields, LifetimeFields, SecretField } from './client-fields.tsx'
import { type ClientField, useClientLabels } from './client-labels.ts'
import { BindingFields } from './client-proof-fields.tsx'
import { randomUuid } from './generate.ts'

/** What is wrong with fields of a client. */
export type ClientProblems = Problems<ClientField>

export interface ClientFormProps {
  /** The client that is edited; undefined to register one. */
  readonly client?: Client
  /** `typed`: the secret that was typed, or empty. */
  readonly onSaved: (client: Client, typed: string) => unknown
  readonly onCancel: () => void
}

/** Registers or edits an application client. What was typed stays until it is saved. */
export function ClientForm({ client, onSaved, onCancel }: ClientFormProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<ClientDraft>(() => (client ? draftOf(client) : emptyDraft(randomUuid())))
  const { problems, ...saving } = useSaving({
    fields: useClientLabels(),
    codes: { 'client-exists': 'id' },
    check: () => Object.fromEntries(wrongFields(draft).map(field => [field, t(`cockpit.client.problems.${field}`)])),
    send: () => (client ? updateClient(client.id, updateOf(draft)) : createClient(creationOf(draft))),
    onSaved: saved => onSaved(saved, draft.secret),
  })
  const fields = {
    draft,
    problems,
    isNew: client === undefined,
    onChange: (changes: Partial<ClientDraft>) => setDraft(current => ({ ...current, ...changes })),
  }
  const title = client ? t('cockpit.client.editTitle', { id: client.id }) : t('cockpit.client.registerTitle')
  return (
    <FormPage title={title} saving={saving} onCancel={onCancel}>
      <IdentityFields {...fields} />
      <GrantFields {...fields} />
      <SecretField {...fields} />
      <LifetimeFields {...fields} />
      <BindingFields {...fields} />
    </FormPage>
  )
}
