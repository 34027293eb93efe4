import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type MessageSearch, type Period, periods, statuses } from './message-filter.ts'

interface FieldsProps {
  readonly search: MessageSearch
  readonly onSearch: (search: MessageSearch) => void
}

const texts = ['flow', 'id', 'header', 'value'] as const

/** What a person looks for among messages. Texts are looked for when Enter is pressed or the field is left. */
export function MessageSearchFields({ search, onSearch }: FieldsProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(search)
  return (
    <search className="fields">
      <PeriodFields search={search} onSearch={onSearch} />
      <div>
        <Label for="status">{t('messages.status')}</Label>
        <Select
          id="status"
          value={search.status}
          onChange={({ target }) => onSearch({ ...search, status: target.value ?? '' })}
        >
          <Option value="">{t('messages.anyStatus')}</Option>
          {statuses.map(status => (
            <Option key={status} value={status}>
              {status}
            </Option>
          ))}
        </Select>
      </div>
      {texts.map(name => (
        <div key={name}>
          <Label for={name}>{t(`messages.${name}`)}</Label>
          <Input
            id={name}
            value={typed[name]}
            onInput={({ target }) => setTyped({ ...typed, [name]: target.value })}
            onChange={() => {
              const { flow, id, header, value } = typed
              onSearch({ ...search, flow, id, header, value })
            }}
          />
        </div>
      ))}
    </search>
  )
}

function PeriodFields({ search, onSearch }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <div>
        <Label for="period">{t('messages.period')}</Label>
        <Select
          id="period"
          value={search.period}
          onChange={({ target }) => onSearch({ ...search, period: target.value as Period })}
        >
          {Object.keys(periods).map(period => (
            <Option key={period} value={period}>
              {t(`messages.periods.${period as Period}`)}
            </Option>
          ))}
        </Select>
      </div>
      {search.period === 'custom' &&
        (['from', 'to'] as const).map(name => (
          <div key={name}>
            <label htmlFor={name}>{t(`messages.${name}`)}</label>
            <input
              id={name}
              className="native-input"
              type="datetime-local"
              value={search[name]}
              onChange={({ target }) => onSearch({ ...search, [name]: target.value })}
            />
          </div>
        ))}
    </>
  )
}
