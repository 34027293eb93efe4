import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../components/text-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { copyPackage } from './integration-package.ts'

export interface CopyPackageDialogProps {
  readonly id: string
  readonly onCopied: (id: string) => void
  readonly onClose: () => void
}

/** Copies a package with its artifacts under names with a suffix. */
export function CopyPackageDialog({ id, onCopied, onClose }: CopyPackageDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [suffix, setSuffix] = useState('copy')
  const copying = useMutation({
    mutationFn: () => copyPackage(id, suffix.trim()),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['IntegrationPackages'] }),
  })
  return (
    <FormDialog
      title={t('design.copyPackage', { id })}
      action={t('design.copy')}
      isBusy={copying.isPending}
      error={copying.error}
      onSubmit={() => copying.mutate(undefined, { onSuccess: () => onCopied(`${id}.${suffix.trim()}`) })}
      onClose={onClose}
    >
      <TextField
        label={t('design.suffix')}
        value={suffix}
        onChange={setSuffix}
        required
        hint={t('design.suffixHint', { id: `${id}.${suffix}` })}
      />
    </FormDialog>
  )
}
