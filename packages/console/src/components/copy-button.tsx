import '@ui5/webcomponents-icons/dist/copy.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Puts a text on the clipboard and says so. `of` names what is copied, for people who do not see it. */
export function CopyButton({ text, of }: { readonly text: string; readonly of: string }) {
  const { t } = useTranslation()
  const [isDone, setDone] = useState(false)
  const copy = () => void navigator.clipboard.writeText(text).then(() => setDone(true))
  return (
    <>
      <Button
        icon="copy"
        design="Transparent"
        accessibleName={`${t('common.copy')}: ${of}`}
        tooltip={t('common.copy')}
        onClick={copy}
      />
      <Toast open={isDone} onClose={() => setDone(false)}>
        {t('common.copied')}
      </Toast>
    </>
  )
}
