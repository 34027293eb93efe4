import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useTranslation } from 'react-i18next'
import { TextField } from '../components/text-field.tsx'
import { lifetimeUnits } from './client-draft.ts'
import type { ClientFieldsProps } from './client-fields.tsx'

/** How long opaque tokens of the client are valid. */
export function LifetimeField({ draft, problems, onChange }: ClientFieldsProps) {
  const { t } = useTranslation()
  return (
    <TextField
      label={t('cockpit.client.lifetime')}
      type="Number"
      value={draft.lifetime}
      onChange={lifetime => onChange({ lifetime })}
      problem={problems.tokenLifetime}
      hint={t('cockpit.client.lifetimeHint')}
      required
    >
      <Select
        accessibleName={t('cockpit.client.lifetimeUnit')}
        value={draft.unit}
        onChange={({ target }) => onChange({ unit: lifetimeUnits.find(unit => unit === target.value) ?? draft.unit })}
      >
        {lifetimeUnits.map(unit => (
          <Option key={unit} value={unit}>
            {t(`cockpit.client.units.${unit}`)}
          </Option>
        ))}
      </Select>
    </TextField>
  )
}
