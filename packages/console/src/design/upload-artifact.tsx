import '@ui5/webcomponents-icons/dist/upload.js'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { base64Of, type PackagedArtifact, uploadArtifact } from './design-artifact.ts'
import { DropZone } from './drop-zone.tsx'
import { FormDialog } from './form-dialog.tsx'
import { UploadProgress } from './upload-progress.tsx'

/** Replaces what is current by a zip. */
export function UploadArtifact({ artifact }: { readonly artifact: PackagedArtifact }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [file, setFile] = useState<File>()
  const [share, setShare] = useState(0)
  const uploading = useMutation({
    mutationFn: async (zip: File) => uploadArtifact(artifact, await base64Of(zip), setShare),
    onMutate: () => setShare(0),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['IntegrationPackages'] })
      setOpen(false)
    },
  })
  return (
    <>
      <Button icon="upload" onClick={() => setOpen(true)}>
        {t('design.upload')}
      </Button>
      {isOpen && (
        <FormDialog
          title={t('design.uploadArtifact', { name: artifact.Name })}
          action={t('design.upload')}
          isBusy={uploading.isPending}
          error={uploading.error}
          onSubmit={() => file && uploading.mutate(file)}
          onClose={() => setOpen(false)}
        >
          <span>{t('design.uploadHint')}</span>
          <DropZone text={t('design.dropArtifactContent')} file={file} onFile={setFile} />
          {uploading.isPending && <UploadProgress share={share} name={file?.name ?? ''} />}
        </FormDialog>
      )}
    </>
  )
}
