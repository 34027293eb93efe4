import { useMutation, useQueryClient } from '@tanstack/react-query'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/http.ts'
import { base64Of } from './design-artifact.ts'
import { DropZone } from './drop-zone.tsx'
import { FormDialog } from './form-dialog.tsx'
import { type IntegrationPackage, importPackage } from './integration-package.ts'
import { UploadProgress } from './upload-progress.tsx'

export interface ImportPackageDialogProps {
  /** Dropped on the page. */
  readonly dropped?: File | undefined
  readonly onImported: (imported: IntegrationPackage) => void
  readonly onClose: () => void
}

/** Imports an exported package, dropped or chosen. One that is there already is overwritten only when the person says so. */
export function ImportPackageDialog({ dropped, onImported, onClose }: ImportPackageDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [file, setFile] = useState(dropped)
  const [share, setShare] = useState(0)
  const [isMissing, setMissing] = useState(false)
  const importing = useMutation({
    mutationFn: async ({ zip, overwrite }: { zip: File; overwrite: boolean }) =>
      importPackage(await base64Of(zip), overwrite, setShare),
    onMutate: () => setShare(0),
    onSuccess: () => queries.invalidateQueries(),
  })
  const conflict =
    importing.error instanceof ApiError &&
    importing.error.status === 409 &&
    /Overwrite=true/.test(importing.error.message)
      ? importing.error.message
      : undefined
  const submit = () => {
    setMissing(file === undefined)
    if (file) importing.mutate({ zip: file, overwrite: conflict !== undefined }, { onSuccess: onImported })
  }
  const choose = (chosen: File) => {
    importing.reset()
    setFile(chosen)
  }
  return (
    <FormDialog
      title={t('design.importPackage')}
      action={t(conflict === undefined ? 'design.import' : 'design.overwrite')}
      isBusy={importing.isPending}
      error={conflict === undefined ? importing.error : undefined}
      onSubmit={submit}
      onClose={onClose}
    >
      {conflict !== undefined && (
        <MessageStrip design="Critical" hideCloseButton role="alert">
          {t('design.overwriteQuestion', { detail: conflict })}
        </MessageStrip>
      )}
      {isMissing && !file && (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {t('design.noFile')}
        </MessageStrip>
      )}
      <DropZone text={t('design.dropPackage')} file={file} onFile={choose} />
      {importing.isPending && <UploadProgress share={share} name={file?.name ?? ''} />}
    </FormDialog>
  )
}
