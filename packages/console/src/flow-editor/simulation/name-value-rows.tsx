import '@ui5/webcomponents-icons/dist/add.js'
import '@ui5/webcomponents-icons/dist/decline.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import type { NamedText } from './simulation-input.ts'

export interface NameValueRowsProps {
  /** What they are: headers, or properties. */
  readonly title: string
  /** Of the button that adds one. */
  readonly add: string
  readonly rows: readonly NamedText[]
  readonly onChange: (rows: readonly NamedText[]) => void
}

/** Names and values to be typed, each in a row of its own. */
export function NameValueRows({ title, add, rows, onChange }: NameValueRowsProps) {
  const { t } = useTranslation()
  const change = (index: number, changed: Partial<NamedText>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...changed } : row)))
  return (
    <fieldset className="name-values">
      <legend>{title}</legend>
      {rows.map((row, index) => {
        const number = index + 1
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and do not move.
          <div key={index} className="name-value">
            <input
              className="native-input"
              aria-label={t('simulation.nameOf', { list: title, number })}
              placeholder={t('simulation.name')}
              value={row.name}
              onChange={({ target }) => change(index, { name: target.value })}
            />
            <input
              className="native-input"
              aria-label={t('simulation.valueOf', { list: title, number })}
              placeholder={t('simulation.value')}
              value={row.value}
              onChange={({ target }) => change(index, { value: target.value })}
            />
            <Button
              icon="decline"
              design="Transparent"
              tooltip={t('simulation.remove', { list: title, number })}
              accessibleName={t('simulation.remove', { list: title, number })}
              onClick={() => onChange(rows.filter((_, at) => at !== index))}
            />
          </div>
        )
      })}
      <div>
        <Button icon="add" design="Transparent" onClick={() => onChange([...rows, { name: '', value: '' }])}>
          {add}
        </Button>
      </div>
    </fieldset>
  )
}
