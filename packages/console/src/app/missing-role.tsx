import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { applicationName } from '../api/session.ts'
import { Page } from '../components/page.tsx'
import type { Needed } from './places.ts'
import { sessionKey, useSession } from './session-gate.tsx'

/** In place of a page that the person may not see: says which role is missing. */
export function MissingRole({ needed: [application, role] }: { readonly needed: Needed }) {
  const { t } = useTranslation()
  const session = useSession()
  const queries = useQueryClient()
  return (
    <Page title={t('missingRole.title')}>
      <MessageStrip design="Critical" hideCloseButton role="alert">
        {t('missingRole.text', { user: session.user, role, application: applicationName(session, application) })}
      </MessageStrip>
      <div>
        <Button onClick={() => void queries.invalidateQueries({ queryKey: sessionKey })}>{t('common.retry')}</Button>
      </div>
    </Page>
  )
}
