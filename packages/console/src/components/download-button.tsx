import '@ui5/webcomponents-icons/dist/download.js'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useTranslation } from 'react-i18next'
import { download } from '../api/download.ts'
import { useErrorText } from './error-state.tsx'

/** Saves what is at a path of the OData API as a file. `of` names it, for people who do not see it. */
export function DownloadButton({ path, of }: { readonly path: string; readonly of: string }) {
  const { t } = useTranslation()
  const saving = useMutation({ mutationFn: () => download(path, of) })
  const problem = useErrorText(saving.error)
  return (
    <>
      <Button
        icon="download"
        design="Transparent"
        accessibleName={`${t('common.download')}: ${of}`}
        tooltip={t('common.download')}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
      />
      <Toast open={problem !== undefined} onClose={saving.reset}>
        {problem}
      </Toast>
    </>
  )
}
