import '@ui5/webcomponents-icons/dist/copy.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Browsers have the asynchronous clipboard only where the page came over HTTPS or from the same machine. */
async function putOnClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const listener = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', listener)
  document.execCommand('copy')
  document.removeEventListener('copy', listener)
}

/** Puts a text on the clipboard and says so. `of` names what is copied, for people who do not see it. */
export function CopyButton({ text, of }: { readonly text: string; readonly of: string }) {
  const { t } = useTranslation()
  const [isDone, setDone] = useState(false)
  const copy = () => void putOnClipboard(text).then(() => setDone(true))
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
