import { Label } from '@ui5/webcomponents-react/Label'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** What is known of one thing: names and values. A value that is missing is shown as such. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const { t } = useTranslation()
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Label showColon>{name}</Label>
          </dt>
          <dd>{value === null || value === undefined || value === '' ? t('common.none') : value}</dd>
        </div>
      ))}
    </dl>
  )
}
