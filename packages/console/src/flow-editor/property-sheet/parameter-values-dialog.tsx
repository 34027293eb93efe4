import { useTranslation } from 'react-i18next'
import { FormDialog, type FormValues } from '../../components/form-dialog.tsx'
import type { Field } from '../../components/form-field.tsx'
import type { FlowParameter } from '../flow-parameters.ts'
import { parameterValue, valueAt } from './externalisation.ts'
import type { Externalisable } from './use-externalisable.ts'

export interface ParameterValuesDialogProps extends Externalisable {
  /** The parameters of the value. */
  readonly names: readonly string[]
  readonly onClose: () => void
}

/** Asks for the values of the parameters in a field, also of those that are not there yet. */
export function ParameterValuesDialog(props: ParameterValuesDialogProps) {
  const { t } = useTranslation()
  const { label, names, place, type, state, onChangeParameters, onClose } = props
  const known = state.parameters
  const fields = names.map((name): Field => ({ name, label: name, hint: known.get(name)?.description ?? '' }))
  const initial = Object.fromEntries(names.map(name => [name, valueAt(known.get(name)?.value ?? '', place)]))
  const submit = async (values: FormValues) => {
    const changed = names.flatMap((name): FlowParameter[] => {
      const before = known.get(name)
      const text = values[name] ?? ''
      if (before && text === initial[name]) return []
      return [{ ...(before ?? { name, type, description: '' }), value: parameterValue(text, place) }]
    })
    if (changed.length > 0) onChangeParameters(changed)
  }
  return (
    <FormDialog
      title={t('sheet.parametersOf', { label })}
      submit={t('common.save')}
      fields={fields}
      initial={initial}
      note={t('sheet.parametersNote')}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
