import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useTranslation } from 'react-i18next'
import { ApiError, UnreachableError } from '../api/http.ts'

/** What went wrong as a person reads it: the server's own sentence where it gave one. */
export function useErrorText(error: unknown): string | undefined {
  const { t } = useTranslation()
  if (error === null || error === undefined) return undefined
  if (error instanceof UnreachableError) return t('errors.unreachable')
  if (error instanceof ApiError && error.status === 403) return `${t('errors.forbidden')}: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}

/** In place of what could not be loaded. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className="page">
      <MessageStrip design="Negative" hideCloseButton>
        {useErrorText(error)}
      </MessageStrip>
      {onRetry && (
        <div>
          <Button onClick={onRetry}>{t('common.retry')}</Button>
        </div>
      )}
    </div>
  )
}
