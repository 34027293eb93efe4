import '@ui5/webcomponents-icons/dist/edit-outside.js'
import { useTranslation } from 'react-i18next'
import type { NamedFile, PropertyComponent } from '../../api/components.ts'
import { ChoiceControl, type ControlProps, TextControl } from './controls.tsx'
import { IconButton } from './externalise-buttons.tsx'
import { useSheet } from './sheet.ts'
import { resourceOf, resourceProperties } from './sheet-changes.ts'

export interface ResourceControlProps extends ControlProps {
  readonly property: PropertyComponent
  readonly resource: NamedFile
}

/** One of the artifact's files that fit; a path, or an expression, where the file is somewhere else. */
export function ResourceControl({ property, resource, ...props }: ResourceControlProps) {
  const { t } = useTranslation()
  const { files, isReadOnly, setProperties, onOpenFile } = useSheet()
  const { endings, folder } = resource
  const fitting = files.filter(
    path => path.startsWith(`${folder}/`) && endings.some(ending => path.toLowerCase().endsWith(`.${ending}`)),
  )
  const { value, label } = props
  const file = resourceOf(property.key, value, resource, fitting)
  const choices = [
    ...(value === '' ? [{ value: '', text: t('common.choose') }] : []),
    ...fitting.map(path => ({ value: path, text: path.replace(/^[^/]*\//, '') })),
  ]
  if (fitting.length === 0 || isReadOnly || value.includes('${')) return <TextControl {...props} />
  return (
    <>
      <ChoiceControl
        {...props}
        value={file ?? value}
        choices={choices}
        onCommit={path => setProperties(path === '' ? { [property.key]: '' } : resourceProperties(resource, path))}
      />
      {file !== undefined && onOpenFile && (
        <IconButton icon="edit-outside" text={t('sheet.openFile')} of={label} onClick={() => onOpenFile(file)} />
      )}
    </>
  )
}
