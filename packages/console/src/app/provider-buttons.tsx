import { useQuery } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { listSignInProviders, signInPathOf } from '../api/session.ts'

/**
 * Buttons to sign in at identity providers. `inNewTab`: so that what was typed on this page is still there; whoever comes back
 * to it goes on.
 */
export function ProviderButtons({ inNewTab }: { readonly inNewTab: boolean }) {
  const { t } = useTranslation()
  const { data: providers = [] } = useQuery({ queryKey: ['signInProviders'], queryFn: listSignInProviders })
  if (providers.length === 0) return null
  return (
    <>
      {providers.map(provider => (
        <Button
          key={provider.name}
          onClick={() => {
            if (inNewTab) open(provider.path, '_blank', 'noopener')
            else location.assign(signInPathOf(provider, location))
          }}
        >
          {t('signIn.with', { provider: provider.name })}
        </Button>
      ))}
      {inNewTab && <span className="field-hint">{t('signIn.newTab')}</span>}
    </>
  )
}
