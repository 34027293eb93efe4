import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { change, createEntity, entityPath } from '../api/odata.ts'
import { FormDialog, type FormValues } from '../components/form-dialog.tsx'
import type { Field } from '../components/form-field.tsx'
import type { Material, MaterialField, MaterialKind } from './material-kinds.ts'

export interface MaterialDialogProps {
  readonly kind: MaterialKind
  readonly material: Material | 'another'
  readonly onClose: () => void
}

/** Creates or changes a piece of security material. A secret that is left empty stays as it is. */
export function MaterialDialog({ kind, material, onClose }: MaterialDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const isAnother = material === 'another'
  const field = ({ property, label, options, ...rest }: MaterialField): Field => ({
    name: property,
    label: t(label),
    ...rest,
    ...(options && { kind: 'select', options: options.map(([value, text]) => [value, t(text)] as const) }),
  })
  const fields: Field[] = [
    { name: 'Name', label: t('security.name'), required: true, isFixed: !isAnother },
    { name: 'Description', label: t('security.description') },
    ...kind.fields.map(field),
    {
      name: kind.secret,
      label: t(kind.secretLabel),
      kind: 'password',
      required: isAnother,
      ...(!isAnother && { hint: t('security.secretHint') }),
    },
  ]
  return (
    <FormDialog
      title={
        isAnother ? t('security.createTitle', { kind: t(kind.title) }) : t('security.edit', { name: material.Name })
      }
      submit={isAnother ? t('common.create') : t('common.save')}
      fields={fields}
      initial={initialValues(kind, isAnother ? undefined : material)}
      onSubmit={async values => {
        const { [kind.secret]: secret = '', ...others } = values
        const body = secret === '' ? others : values
        if (isAnother) await createEntity(kind.set, body)
        else await change('PUT', entityPath(kind.set, material.Name), body)
        await queries.invalidateQueries()
      }}
      onClose={onClose}
    />
  )
}

function initialValues({ fields, secret }: MaterialKind, material: Material | undefined): FormValues {
  const values: Record<string, string> = {
    Name: material?.Name ?? '',
    Description: material?.Description ?? '',
    [secret]: '',
  }
  for (const { property, options } of fields) values[property] = material?.[property] ?? options?.[0]?.[0] ?? ''
  return values
}
