import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../components/text-field.tsx'
import { base64Of, type PackagedArtifact } from '../design/design-artifact.ts'
import { DropZone } from '../design/drop-zone.tsx'
import { FormDialog } from '../design/form-dialog.tsx'
import { createResource } from './resource.ts'
import {
  type ResourceType,
  resourceTypeNames,
  resourceTypes,
  templateOf,
  typeOfFile,
  withEnding,
} from './resource-types.ts'

export interface AddResourceDialogProps {
  readonly artifact: PackagedArtifact
  readonly onClose: () => void
}

const endings = resourceTypeNames.flatMap(type => resourceTypes[type].endings.map(ending => `.${ending}`)).join(',')

/** Adds a resource: a file, or what its type begins with. */
export function AddResourceDialog({ artifact, onClose }: AddResourceDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const typeId = useId()
  const [type, setType] = useState<ResourceType>('groovy')
  const [name, setName] = useState('')
  const [file, setFile] = useState<File>()
  const [isTried, setTried] = useState(false)
  const template = templateOf(type)
  const needsFile = template === undefined && file === undefined
  const adding = useMutation({
    mutationFn: async () => {
      const content = await base64Of(file ?? new Blob([template ?? '']))
      const key = { Name: withEnding(name.trim(), type), ResourceType: type, ReferencedResourceType: '' }
      await createResource(artifact, key, content)
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['IntegrationPackages'] }),
  })
  const take = (taken: File) => {
    setFile(taken)
    setName(taken.name)
    setType(typeOfFile(taken.name) ?? type)
  }
  const submit = () => {
    setTried(true)
    if (name.trim() !== '' && !needsFile) adding.mutate(undefined, { onSuccess: onClose })
  }
  return (
    <FormDialog
      title={t('resources.add')}
      action={t('resources.addNow')}
      isBusy={adding.isPending}
      error={adding.error ?? (isTried && needsFile ? new Error(t('resources.needsFile')) : undefined)}
      onSubmit={submit}
      onClose={onClose}
    >
      <div>
        <Label for={typeId}>{t('resources.type')}</Label>
        <Select id={typeId} value={type} onChange={({ target }) => setType(target.value as ResourceType)}>
          {resourceTypeNames.map(value => (
            <Option key={value} value={value}>
              {t(resourceTypes[value].text)}
            </Option>
          ))}
        </Select>
      </div>
      <TextField
        label={t('resources.name')}
        value={name}
        onChange={setName}
        required
        problem={isTried && name.trim() === '' ? t('common.required') : undefined}
        hint={t('resources.nameHint', { ending: `.${resourceTypes[type].endings[0]}` })}
      />
      <DropZone
        text={t(template === undefined ? 'resources.dropNeeded' : 'resources.drop')}
        accept={endings}
        file={file}
        onFile={take}
      />
    </FormDialog>
  )
}
