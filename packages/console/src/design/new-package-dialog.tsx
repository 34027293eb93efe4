import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../components/text-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { createPackage, type IntegrationPackage, idFor } from './integration-package.ts'

export interface NewPackageDialogProps {
  readonly onCreated: (created: IntegrationPackage) => void
  readonly onClose: () => void
}

/** Creates an empty package. The ID follows the name until it is typed. */
export function NewPackageDialog({ onCreated, onClose }: NewPackageDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [ownId, setOwnId] = useState<string>()
  const [shortText, setShortText] = useState('')
  const [isTried, setTried] = useState(false)
  const id = ownId ?? idFor(name)
  const creating = useMutation({
    mutationFn: () => createPackage(id, name, shortText || name),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['IntegrationPackages'] }),
  })
  const missing = (value: string) => (isTried && value.trim() === '' ? t('common.required') : undefined)
  const submit = () => {
    setTried(true)
    if (name.trim() !== '' && id.trim() !== '') creating.mutate(undefined, { onSuccess: onCreated })
  }
  return (
    <FormDialog
      title={t('design.newPackage')}
      action={t('common.create')}
      isBusy={creating.isPending}
      error={creating.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField label={t('design.name')} value={name} onChange={setName} required problem={missing(name)} />
      <TextField label={t('design.id')} value={id} onChange={setOwnId} required problem={missing(id)} />
      <TextField label={t('design.shortText')} value={shortText} onChange={setShortText} />
    </FormDialog>
  )
}
