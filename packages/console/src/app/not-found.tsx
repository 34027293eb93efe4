import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Page } from '../components/page.tsx'

/** For addresses that are none of the console's. */
export function NotFound() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <Page title={t('errors.notFound')}>
      <p>{t('errors.notFoundText', { path: pathname })}</p>
    </Page>
  )
}
