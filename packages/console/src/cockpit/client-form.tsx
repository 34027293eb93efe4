import '@ui5/webcomponents-icons/dist/synchronize.js'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Client, createClient, updateClient } from '../api/oauth.ts'
import { useErrorText } from '../components/error-state.tsx'
import { fieldProblems } from '../components/field-problems.ts'
import { Page } from '../components/page.tsx'
import {
  type ClientDraft,
  clientFields,
  creationOf,
  draftOf,
  emptyDraft,
  updateOf,
  wrongFields,
} from './client-draft.ts'
import { GrantFields, IdentityFields, LifetimeFields, SecretField } from './client-fields.tsx'
import { BindingFields } from './client-proof-fields.tsx'
import { randomUuid } from './generate.ts'

/** What is wrong with fields of a client. */
export type ClientProblems = Readonly<Partial<Record<(typeof clientFields)[number], string>>>

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
  const { problems, general, isSaving, attempt, save } = useSaving(draft, client, onSaved)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (attempt) form.current?.querySelector<HTMLElement>('[value-state="Negative"]')?.focus()
  }, [attempt])
  const fields = {
    draft,
    problems,
    isNew: client === undefined,
    onChange: (changes: Partial<ClientDraft>) => setDraft({ ...draft, ...changes }),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  return (
    <Page title={client ? t('cockpit.client.editTitle', { id: client.id }) : t('cockpit.client.registerTitle')}>
      <form ref={form} className="form form-page section" onSubmit={submit} noValidate>
        {general && (
          <MessageStrip design="Negative" hideCloseButton role="alert">
            {general}
          </MessageStrip>
        )}
        <IdentityFields {...fields} />
        <GrantFields {...fields} />
        <SecretField {...fields} />
        <LifetimeFields {...fields} />
        <BindingFields {...fields} />
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

function useSaving(draft: ClientDraft, client: Client | undefined, onSaved: ClientFormProps['onSaved']) {
  const { t } = useTranslation()
  const [missing, setMissing] = useState<ClientProblems>({})
  const saving = useMutation({
    mutationFn: () => (client ? updateClient(client.id, updateOf(draft)) : createClient(creationOf(draft))),
    onSuccess: saved => onSaved(saved, draft.secret),
  })
  const errorText = useErrorText(saving.error)
  const refused = fieldProblems(saving.error, clientFields, { 'client-exists': 'id' })
  const isAboutFields = Object.keys(refused.fields).length > 0
  return {
    problems: { ...refused.fields, ...missing } satisfies ClientProblems as ClientProblems,
    general: isAboutFields ? refused.rest : errorText,
    isSaving: saving.isPending,
    /** Another one after each time that something was wrong. */
    attempt: saving.error ?? (Object.keys(missing).length > 0 ? missing : undefined),
    save: () => {
      saving.reset()
      const wrong = wrongFields(draft)
      setMissing(Object.fromEntries(wrong.map(field => [field, t(`cockpit.client.problems.${field}`)])))
      if (wrong.length === 0) saving.mutate()
    },
  }
}
