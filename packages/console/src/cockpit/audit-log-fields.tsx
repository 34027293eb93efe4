import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditSearch } from '../api/audit-log.ts'

export interface AuditLogFieldsProps {
  readonly search: AuditSearch
  readonly onSearch: (search: AuditSearch) => void
}

const categories = ['security-events', 'configuration', 'data-modification'] as const
const outcomes = ['success', 'failure'] as const
const periods = ['1', '24', '168', '720'] as const
const texts = ['user', 'clientId', 'text'] as const

/** What a person looks for in the audit log. Texts are looked for when Enter is pressed or the field is left. */
export function AuditLogFields({ search, onSearch }: AuditLogFieldsProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(search)
  const choices = [
    { name: 'hours', options: periods.map(hours => [hours, t(`audit.periods.${hours}`)] as const) },
    { name: 'category', options: categories.map(name => [`audit.${name}`, t(`audit.categories.${name}`)] as const) },
    { name: 'outcome', options: outcomes.map(outcome => [outcome, t(`audit.outcomes.${outcome}`)] as const) },
  ] as const
  return (
    <search className="fields">
      {choices.map(({ name, options }) => (
        <div key={name}>
          <Label for={name}>{t(`audit.${name}`)}</Label>
          <Select
            id={name}
            value={search[name]}
            onChange={({ target }) => onSearch({ ...search, [name]: target.value ?? '' })}
          >
            <Option value="">{t('messages.anyStatus')}</Option>
            {options.map(([value, text]) => (
              <Option key={value} value={value}>
                {text}
              </Option>
            ))}
          </Select>
        </div>
      ))}
      {texts.map(name => (
        <div key={name}>
          <Label for={name}>{t(`audit.${name}`)}</Label>
          <Input
            id={name}
            value={typed[name]}
            onInput={({ target }) => setTyped({ ...typed, [name]: target.value })}
            onChange={() =>
              onSearch({
                ...search,
                user: typed.user.trim(),
                clientId: typed.clientId.trim(),
                text: typed.text.trim(),
              })
            }
          />
        </div>
      ))}
    </search>
  )
}
