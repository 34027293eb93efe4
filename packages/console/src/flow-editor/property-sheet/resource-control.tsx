import '@ui5/webcomponents-icons/dist/edit-outside.js'
import { useTranslation } from 'react-i18next'
import type { Named, NamedFile } from '../../api/components.ts'
import { ChoiceControl, type ControlProps, TextControl } from './controls.tsx'
import { IconButton } from './externalise-buttons.tsx'
import { useSheet } from './sheet.ts'
import { fileProperties, fittingFiles, namedFile } from './sheet-changes.ts'

export interface ResourceControlProps extends ControlProps {
  readonly property: { readonly key: string; readonly resource: NamedFile }
}

/** One of the artifact's files that fit; a path, or an expression, where the file is somewhere else. */
export function ResourceControl({ property, ...props }: ResourceControlProps) {
  const { t } = useTranslation()
  const { files, model, isReadOnly, setProperties, onOpenFile } = useSheet()
  const { key, resource } = property
  const fitting = fittingFiles(resource, files)
  const { value, label } = props
  const file = namedFile(property, value, fitting)
  const choices = [
    ...(value === '' ? [{ value: '', text: t('common.choose') }] : []),
    ...fitting.map(path => ({ value: path, text: path.slice(resource.folder.length + 1) })),
  ]
  // What a collection or another artifact has is not known here.
  const isElsewhere = model.properties.some(({ key, names }) => isArtifact(names) && model.values.get(key))
  if (isElsewhere || fitting.length === 0 || isReadOnly || /\$\{|\{\{/.test(value)) return <TextControl {...props} />
  return (
    <>
      <ChoiceControl
        {...props}
        value={file ?? value}
        choices={choices}
        onCommit={path => setProperties(path === '' ? { [key]: '' } : fileProperties(resource, path))}
      />
      {file !== undefined && onOpenFile && (
        <IconButton icon="edit-outside" text={t('sheet.openFile')} of={label} onClick={() => onOpenFile(file)} />
      )}
    </>
  )
}

function isArtifact(names: Named | undefined): boolean {
  return names === 'scriptCollection' || names === 'messageMapping'
}
