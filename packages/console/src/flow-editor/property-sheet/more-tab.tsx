import { useTranslation } from 'react-i18next'
import { useSheet } from './sheet.ts'

/** What the file says of the element and the registry does not know: it stays as it is. */
export function MoreTab() {
  const { t } = useTranslation()
  const { others } = useSheet().model
  return (
    <div className="sheet-fields">
      <span className="field-hint">{t('sheet.moreHint')}</span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is long is scrolled with the keyboard. */}
      <section className="sheet-table-scroll" tabIndex={0} aria-label={t('sheet.more')}>
        <table className="sheet-facts-table">
          <thead>
            <tr>
              <th scope="col">{t('sheet.property')}</th>
              <th scope="col">{t('sheet.value')}</th>
            </tr>
          </thead>
          <tbody>
            {others.map(([key, value]) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td>{value === '' ? t('common.none') : value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
