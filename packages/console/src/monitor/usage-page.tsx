import '@ui5/webcomponents-icons/dist/refresh.js'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { useTranslation } from 'react-i18next'
import { Page } from '../components/page.tsx'
import { MessageUsageSections } from './message-usage.tsx'
import { StorageUsageSection } from './storage-usage.tsx'
import { TokenUsageSection } from './token-usage.tsx'

/** Figures of the tenant: messages over time, what is stored, tokens. */
export function UsagePage() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return (
    <Page
      title={t('usage.title')}
      actions={
        <Button icon="refresh" onClick={() => void queries.invalidateQueries({ queryKey: ['usage'] })}>
          {t('common.refresh')}
        </Button>
      }
    >
      <MessageUsageSections />
      <StorageUsageSection />
      <TokenUsageSection />
    </Page>
  )
}
