import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccessLogSearch } from '../api/monitoring.ts'

export interface AccessLogFieldsProps {
  readonly search: AccessLogSearch
  readonly onSearch: (search: AccessLogSearch) => void
}

const statuses = ['2xx', '3xx', '4xx', '401', '403', '404', '5xx'] as const
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const
const texts = ['path', 'user'] as const

/** What a person looks for in the access log. Texts are looked for when Enter is pressed or the field is left. */
export function AccessLogFields({ search, onSearch }: AccessLogFieldsProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(search)
  const choices = [
    ['status', statuses],
    ['method', methods],
  ] as const
  return (
    <search className="fields">
      {choices.map(([name, values]) => (
        <div key={name}>
          <Label for={name}>{t(`accessLog.${name}`)}</Label>
          <Select
            id={name}
            value={search[name]}
            onChange={({ target }) => onSearch({ ...search, [name]: target.value ?? '' })}
          >
            <Option value="">{t('messages.anyStatus')}</Option>
            {values.map(value => (
              <Option key={value} value={value}>
                {value}
              </Option>
            ))}
          </Select>
        </div>
      ))}
      {texts.map(name => (
        <div key={name}>
          <Label for={name}>{t(`accessLog.${name}`)}</Label>
          <Input
            id={name}
            value={typed[name]}
            onInput={({ target }) => setTyped({ ...typed, [name]: target.value })}
            onChange={() => onSearch({ ...search, path: typed.path.trim(), user: typed.user.trim() })}
          />
        </div>
      ))}
    </search>
  )
}
