import { useMutation } from '@tanstack/react-query'
import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createScope, type Scope, updateScope } from '../api/scopes.ts'
import { TextField } from '../components/text-field.tsx'
import type { Translated } from '../components/translations.ts'
import { TranslationsField } from '../components/translations-field.tsx'
import { useRefusal } from '../components/use-refusal.tsx'

export interface ScopeDialogProps {
  readonly application: string
  /** The scope that is edited; undefined to declare one. */
  readonly scope: Scope | undefined
  readonly onSaved: () => void
  readonly onClose: () => void
}

const nothing: Scope = { id: '', description: '', translations: {} }

/** Declares or edits a scope. What was typed stays until it is saved. */
export function ScopeDialog({ application, scope, onSaved, onClose }: ScopeDialogProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(scope ?? nothing)
  const [isTried, setTried] = useState(false)
  const saving = useMutation({
    mutationFn: () => (scope ? updateScope : createScope)(application, trimmed(draft)),
    onSuccess: onSaved,
  })
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (draft.id.trim() !== '' && draft.description.trim() !== '' && !saving.isPending)
      saving.mutate(undefined, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      headerText={t(scope ? 'cockpit.scopes.editTitle' : 'cockpit.scopes.create', { id: draft.id })}
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <Button design="Emphasized" loading={saving.isPending} onClick={() => save()}>
                {t(scope ? 'common.save' : 'common.create')}
              </Button>
              <Button design="Transparent" onClick={onClose}>
                {t('common.cancel')}
              </Button>
            </>
          }
        />
      }
    >
      <form className="form" onSubmit={save} noValidate>
        <Fields draft={draft} isNew={scope === undefined} isTried={isTried} error={saving.error} onChange={setDraft} />
      </form>
    </Dialog>
  )
}

interface FieldsProps {
  readonly draft: Scope
  readonly isNew: boolean
  readonly isTried: boolean
  readonly error: Error | null
  readonly onChange: (draft: Scope) => void
}

function Fields({ draft, isNew, isTried, error, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const labels = {
    id: t('cockpit.scopes.id'),
    description: t('cockpit.scopes.description'),
    translations: t('common.translations.button'),
  }
  const { fields, general } = useRefusal(error, labels, { 'scope-exists': 'id' })
  const missing = (text: string) => (isTried && text.trim() === '' ? t('common.required') : undefined)
  return (
    <>
      {general && (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {general}
        </MessageStrip>
      )}
      <TextField
        label={t('cockpit.scopes.id')}
        value={draft.id}
        onChange={id => onChange({ ...draft, id })}
        problem={missing(draft.id) ?? fields.id}
        readonly={!isNew}
        required={isNew}
        {...(isNew && { hint: t('cockpit.scopes.idHint') })}
      />
      <TextField
        label={t('cockpit.scopes.description')}
        value={draft.description}
        onChange={description => onChange({ ...draft, description })}
        problem={missing(draft.description) ?? fields.description}
        hint={t('cockpit.scopes.descriptionHint')}
        required
      />
      <TranslationsField
        of={draft.id}
        fields={[{ name: 'description', label: t('cockpit.scopes.description') }]}
        value={described(draft.translations)}
        onChange={texts => onChange({ ...draft, translations: undescribed(texts) })}
        problem={fields.translations}
      />
    </>
  )
}

function trimmed({ id, description, translations }: Scope): Scope {
  return { id: id.trim(), description: description.trim(), translations }
}

function described(translations: Scope['translations']): Translated<'description'> {
  return Object.fromEntries(Object.entries(translations).map(([tag, description]) => [tag, { description }]))
}

function undescribed(texts: Translated<'description'>): Scope['translations'] {
  return Object.fromEntries(Object.entries(texts).map(([tag, { description = '' }]) => [tag, description]))
}
