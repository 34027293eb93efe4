import { useTranslation } from 'react-i18next'
import { FormDialog, type FormValues } from '../../components/form-dialog.tsx'
import type { Field } from '../../components/form-field.tsx'
import { nameProblem, parameterValue, proposedName, valueAt } from './externalisation.ts'
import type { Externalisable } from './use-externalisable.ts'

/** The types that the original gives to parameters. */
const types = ['xsd:string', 'xsd:integer', 'xsd:boolean', 'xsd:long']

/** Asks for the parameter that a value goes into: one of those there are, or another. */
export function ExternaliseDialog(props: Externalisable & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { label, value, place, type, state, onChange, onClose } = props
  const known = state.parameters
  const stored = parameterValue(value, place)
  const isNew = ({ parameter }: FormValues) => parameter === ''
  const name = proposedName(label, stored, known)
  const existing = Array.from(
    known.values(),
    parameter => [parameter.name, `${parameter.name} (${valueAt(parameter.value, place)})`] as const,
  )
  const fields: Field[] = [
    {
      name: 'parameter',
      label: t('sheet.parameter'),
      kind: 'select',
      options: [['', t('sheet.newParameter')], ...existing],
    },
    { name: 'name', label: t('sheet.name'), required: true, when: isNew },
    { name: 'value', label: t('sheet.value'), when: isNew },
    { name: 'type', label: t('sheet.type'), kind: 'select', options: types.map(each => [each, each]), when: isNew },
    { name: 'description', label: t('sheet.description'), when: isNew },
  ]
  const submit = async (values: FormValues) => {
    if (!isNew(values)) return onChange(`{{${values.parameter}}}`, undefined)
    const chosen = values.name ?? ''
    const problem = nameProblem(chosen, other => known.has(other))
    if (problem === 'taken') throw new Error(t('sheet.nameTaken', { name: chosen }))
    if (problem) throw new Error(t('sheet.nameCharacters'))
    const { value: text = '', type: chosenType = type, description = '' } = values
    const parameter = { name: chosen, value: parameterValue(text, place), type: chosenType, description }
    onChange(`{{${chosen}}}`, parameter)
  }
  return (
    <FormDialog
      title={t('sheet.externaliseTitle', { label })}
      submit={t('sheet.externalise')}
      fields={fields}
      initial={{ parameter: known.get(name) ? name : '', name, value, type, description: '' }}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
