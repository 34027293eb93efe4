import { Title } from '@ui5/webcomponents-react/Title'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'

/** For addresses that are none of the console's. */
export function NotFound() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <div className="page">
      <Title level="H1">{t('errors.notFound')}</Title>
      <p>{t('errors.notFoundText', { path: pathname })}</p>
    </div>
  )
}
