import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listScopes } from '../api/scopes.ts'
import { useErrorText } from '../components/error-state.tsx'
import { PageLink } from '../components/page-link.tsx'
import { scopesKey } from './client-paths.ts'
import { descriptionIn } from './scope-text.ts'

/** The scopes that a client of an application may ask users for. */
export function ClientScopes({ application }: { readonly application: string }) {
  const { t, i18n } = useTranslation()
  const found = useQuery({
    queryKey: [...scopesKey, application],
    queryFn: () => listScopes(application),
    enabled: application !== '',
  })
  const problem = useErrorText(found.error)
  return (
    <div>
      <span className="field-hint">{t('cockpit.client.scopesHint')}</span>
      {problem && <span className="field-problem">{problem}</span>}
      {found.data && found.data.length > 0 && (
        <ul className="scopes">
          {found.data.map(scope => (
            <li key={scope.id}>
              <span className="code">{scope.id}</span> – {descriptionIn(scope, i18n.language)}
            </li>
          ))}
        </ul>
      )}
      <PageLink to={`/cockpit/oauth/scopes?${new URLSearchParams({ application })}`}>
        {t('cockpit.client.scopesLink')}
      </PageLink>
    </div>
  )
}
