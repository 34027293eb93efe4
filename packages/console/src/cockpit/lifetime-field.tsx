import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useTranslation } from 'react-i18next'
import { TextField } from '../components/text-field.tsx'
import { type LifetimeDraft, lifetimeUnits } from './client-draft.ts'

export interface LifetimeFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: LifetimeDraft
  readonly problem: string | undefined
  readonly onChange: (value: LifetimeDraft) => void
}

/** How long something is valid: a number and its unit. */
export function LifetimeField({ label, hint, value: { value, unit }, problem, onChange }: LifetimeFieldProps) {
  const { t } = useTranslation()
  return (
    <TextField
      label={label}
      type="Number"
      value={value}
      onChange={typed => onChange({ value: typed, unit })}
      problem={problem}
      hint={hint}
      required
    >
      <Select
        accessibleName={t('cockpit.client.unitOf', { label })}
        value={unit}
        onChange={({ target }) =>
          onChange({ value, unit: lifetimeUnits.find(known => known === target.value) ?? unit })
        }
      >
        {lifetimeUnits.map(known => (
          <Option key={known} value={known}>
            {t(`cockpit.client.units.${known}`)}
          </Option>
        ))}
      </Select>
    </TextField>
  )
}
