import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { artifactFrom } from '../api/flow-templates.ts'
import { TextField } from '../components/text-field.tsx'
import { base64Of, createArtifact, type Kind, kinds, kindTexts } from './design-artifact.ts'
import { DropZone } from './drop-zone.tsx'
import { FormDialog } from './form-dialog.tsx'
import { idFor } from './integration-package.ts'
import { plainTemplate, TemplateSelect } from './template-select.tsx'
import { UploadProgress } from './upload-progress.tsx'

export interface NewArtifactDialogProps {
  readonly packageId: string
  readonly onClose: () => void
}

/** Creates an artifact from a template, or from a zip, which then says ID and name unless they are typed. */
export function NewArtifactDialog({ packageId, onClose }: NewArtifactDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [kind, setKind] = useState<Kind>('IntegrationFlow')
  const [template, setTemplate] = useState(plainTemplate)
  const [name, setName] = useState('')
  const [ownId, setOwnId] = useState<string>()
  const [file, setFile] = useState<File>()
  const [share, setShare] = useState(0)
  const [isTried, setTried] = useState(false)
  const id = ownId ?? idFor(name)
  const hasTemplate = kind === 'IntegrationFlow' && template !== plainTemplate
  const creating = useMutation({
    mutationFn: async () => {
      const content = file ?? (hasTemplate ? await artifactFrom(template, id, name) : undefined)
      return createArtifact({ kind, packageId, id, name, zip: content && (await base64Of(content)) }, setShare)
    },
    onMutate: () => setShare(0),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['IntegrationPackages', packageId] }),
  })
  const isNeeded = file === undefined
  const missing = (value: string) => (isTried && isNeeded && value.trim() === '' ? t('common.required') : undefined)
  const submit = () => {
    setTried(true)
    if (!isNeeded || (name.trim() !== '' && id.trim() !== '')) creating.mutate(undefined, { onSuccess: onClose })
  }
  return (
    <FormDialog
      title={t('design.newArtifact')}
      action={t('common.create')}
      isBusy={creating.isPending}
      error={creating.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div>
        <Label for="kind">{t('design.kind')}</Label>
        <Select id="kind" value={kind} onChange={({ target }) => setKind(target.value as Kind)}>
          {kinds.map(value => (
            <Option key={value} value={value}>
              {t(kindTexts[value])}
            </Option>
          ))}
        </Select>
      </div>
      {kind === 'IntegrationFlow' && isNeeded && <TemplateSelect value={template} onChange={setTemplate} />}
      <TextField label={t('design.name')} value={name} onChange={setName} required={isNeeded} problem={missing(name)} />
      <TextField label={t('design.id')} value={id} onChange={setOwnId} required={isNeeded} problem={missing(id)} />
      <DropZone text={t('design.dropArtifact')} file={file} onFile={setFile} />
      {creating.isPending && file && <UploadProgress share={share} name={file.name} />}
    </FormDialog>
  )
}
